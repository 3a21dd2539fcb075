-- Grain: one refused row of a delivery read by this run.
with refus as (
    select
        * exclude (cle),
        {{ cle_montrable('cle', 'ligne') }} as cle
    from {{ source('meta', 'quarantaine') }}
)

select
    {{ published_columns() }}
from refus

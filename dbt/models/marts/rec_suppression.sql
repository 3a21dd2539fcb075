-- Grain: one removed delivery.
with suppression as (
    select
        *,
        recue_le as date_reception,
        supprimee_le as date_suppression
    from {{ source('meta', 'suppression') }}
)

select
    {{ published_columns() }}
from suppression

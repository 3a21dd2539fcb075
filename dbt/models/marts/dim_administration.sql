-- Grain: one managing office.
with administration as (
    select
        *,
        type_administration as type
    from {{ ref('int_administration') }}
)

select
    {{ published_columns() }}
from administration

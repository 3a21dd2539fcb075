-- Grain: one Ecoloweb agreement × financing × amendment number, as the official import sees it.
with reprise as (
    select *
    from {{ ref('int_reprise_apilos') }}
)

select
    {{ published_columns() }}
from reprise

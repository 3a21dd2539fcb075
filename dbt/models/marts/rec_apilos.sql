-- Grain: one Ecoloweb agreement × financing × amendment number, as the official import sees it.
with reprise as (
    select
        * exclude (convention_id),
        {{ ecoloweb_id('convention_id') }} as convention_id
    from {{ ref('int_reprise_apilos') }}
)

select
    {{ published_columns() }}
from reprise

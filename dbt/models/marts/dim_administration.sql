-- Grain: one managing office.
with administration as (
    select
        * exclude (administration_id),
        'ecoloweb' as source,
        type_administration as type,
        {{ ecoloweb_id('administration_id') }} as administration_id
    from {{ ref('int_administration') }}
)

select
    {{ published_columns() }}
from administration

-- Grain: one département or overseas collectivity.
with departement as (
    select
        departement.*,
        region.nom_region
    from {{ source('referentiel', 'departement') }} as departement
    left join {{ source('referentiel', 'region') }} as region on departement.code_region = region.code_region
)

select
    {{ published_columns() }}
from departement

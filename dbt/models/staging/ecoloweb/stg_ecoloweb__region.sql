-- Grain: one region of Ecoloweb.
select
    id as region_id,
    nullif(trim(codeinsee), '') as code_insee,
    nullif(trim(libelle), '') as libelle,
    estactive as est_active,
    version as no_verrou,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('ecoloweb', 'ecolo_region') }}

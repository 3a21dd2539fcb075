-- Grain: one family benefit office.
select
    id as bureau_caf_id,
    nullif(trim(code), '') as code,
    nullif(trim(libelle), '') as libelle,
    version as no_verrou,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('ecoloweb', 'ecolo_bureaucaf') }}

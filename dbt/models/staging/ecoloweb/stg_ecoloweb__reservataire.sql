-- Grain: one reservation holder.
select
    id as reservataire_id,
    nullif(trim(code), '') as code,
    nullif(trim(libelle), '') as libelle,
    version as no_verrou,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('ecoloweb', 'ecolo_reservataire') }}

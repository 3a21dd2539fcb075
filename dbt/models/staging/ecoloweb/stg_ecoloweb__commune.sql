-- Grain: one commune of Ecoloweb.
select
    id as commune_id,
    nullif(trim(code), '') as code,
    nullif(trim(codesiren), '') as code_siren,
    nullif(trim(libelle), '') as libelle,
    estactive as est_active,
    departement_id,
    version as no_verrou,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('ecoloweb', 'ecolo_commune') }}

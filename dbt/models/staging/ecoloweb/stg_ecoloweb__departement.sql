-- Grain: one département of Ecoloweb.
select
    id as departement_id,
    nullif(trim(codeinsee), '') as code_insee,
    nullif(trim(codesiren), '') as code_siren,
    nullif(trim(libelle), '') as libelle,
    estactif as est_actif,
    region_id,
    version as no_verrou,
    chronobailleur as chrono_bailleur,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('ecoloweb', 'ecolo_departement') }}

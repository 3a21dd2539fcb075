-- Grain: one financing type.
select
    id as type_financement_id,
    nullif(trim(code), '') as code,
    ordre,
    nullif(trim(libelle), '') as libelle,
    debutvalidite as debut_validite,
    finvalidite as fin_validite,
    categoriefinancement_id as categorie_financement_id,
    famillefinancement_id as famille_financement_id,
    version as no_verrou,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('ecoloweb', 'ecolo_typefinancement') }}

-- Grain: one financing category.
select
    id as categorie_financement_id,
    nullif(trim(code), '') as code,
    ordre,
    nullif(trim(libelle), '') as libelle,
    debutvalidite as debut_validite,
    finvalidite as fin_validite,
    version as no_verrou,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('ecoloweb', 'ecolo_categoriefinancement') }}

-- Grain: one kind of owner.
select
    id as nature_bailleur_id,
    nullif(trim(code), '') as code,
    ordre,
    nullif(trim(libelle), '') as libelle,
    debutvalidite as debut_validite,
    finvalidite as fin_validite,
    estenregistrable as est_enregistrable,
    dureeconvention as duree_convention,
    version as no_verrou,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('ecoloweb', 'ecolo_naturebailleur') }}

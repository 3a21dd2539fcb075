-- Grain: one value of one code list.
select
    id as valeur_id,
    nullif(trim(subtype), '') as subtype,
    estgeneresysteme as est_genere_systeme,
    estdelegable as est_delegable,
    dureerenouvellement as duree_renouvellement,
    estactualisablemontants as est_actualisable_montants,
    estconventionmodifiable as est_convention_modifiable,
    nullif(trim(code), '') as code,
    ordre,
    nullif(trim(libelle), '') as libelle,
    debutvalidite as debut_validite,
    finvalidite as fin_validite,
    version as no_verrou,
    estliebailleur as est_lie_bailleur,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('ecoloweb', 'ecolo_valeurparamstatic') }}

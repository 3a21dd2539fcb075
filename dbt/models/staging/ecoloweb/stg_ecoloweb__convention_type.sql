-- Grain: one type of agreement.
select
    id as convention_type_id,
    nullif(trim(libelle), '') as libelle,
    nullif(trim(templateconvention), '') as template_convention,
    nullif(trim(referencearticle), '') as reference_article,
    estactif as est_actif,
    datedebutvalidite as date_debut_validite,
    datefinvalidite as date_fin_validite,
    naturelogement_id as nature_logement_id,
    naturebailleur_id as nature_bailleur_id,
    typeconvention_id as type_convention_id,
    version as no_verrou,
    decret_id,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('ecoloweb', 'ecolo_conventiontype') }}

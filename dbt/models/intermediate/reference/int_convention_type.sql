-- Grain: one type of agreement, with its rule of tacit renewal.
select
    type_convention.convention_type_id,
    type_convention.libelle,
    type_convention.reference_article,
    categorie.code as code_categorie,
    categorie.duree_renouvellement as renouvellement_ans,
    coalesce(regexp_matches(type_convention.libelle, '^(77-1131|80-429|2006-1200)\b'), false) as est_anah
from {{ ref('stg_ecoloweb__convention_type') }} as type_convention
left join {{ ref('stg_ecoloweb__valeur') }} as categorie
    on type_convention.type_convention_id = categorie.valeur_id

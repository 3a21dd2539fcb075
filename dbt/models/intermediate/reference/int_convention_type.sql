-- Grain: one type of agreement, with its rule of tacit renewal, whom it is made for and the day a later type took its place.
with type_convention as (
    select
        source.convention_type_id,
        source.libelle,
        source.reference_article,
        source.date_debut_validite,
        categorie.code as code_categorie,
        categorie.duree_renouvellement as renouvellement_ans,
        coalesce(regexp_matches(source.libelle, '^(77-1131|80-429|2006-1200)\b'), false) as est_anah,
        logement.nature_logement,
        bailleur.nature_bailleur,
        nullif(regexp_extract(source.libelle, ' (II?)$', 1), '') as annexe,
        -- types of one series follow one another; these kinds have their own
        regexp_extract(
            upper(strip_accents(source.libelle)), '(PALULOS|PCL|PAP|ANAH|BADET|RENOVATION URBAINE)', 1
        ) as serie
    from {{ ref('stg_ecoloweb__convention_type') }} as source
    left join {{ ref('stg_ecoloweb__valeur') }} as categorie on source.type_convention_id = categorie.valeur_id
    left join {{ ref('stg_ecoloweb__nature_logement') }} as source_logement
        on source.nature_logement_id = source_logement.nature_logement_id
    left join {{ ref('nature_logement') }} as logement on source_logement.code = logement.code
    left join {{ ref('stg_ecoloweb__nature_bailleur') }} as source_bailleur
        on source.nature_bailleur_id = source_bailleur.nature_bailleur_id
    left join {{ ref('nature_bailleur') }} as bailleur on source_bailleur.code = bailleur.code
)

select
    * exclude (serie),
    -- the end that the source writes was pushed forward by hand: the next decree of the series tells it
    min(date_debut_validite) over (
        partition by nature_logement, nature_bailleur, serie
        order by date_debut_validite
        range between interval 1 day following and unbounded following
    ) as date_remplacement
from type_convention

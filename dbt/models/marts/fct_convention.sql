-- Grain: one agreement, in the state of its current period.
with convention as (
    select
        convention.*,
        bailleur.sous_nature_bailleur,
        score.score_qualite,
        coalesce(score.poids_applicable, 0) as poids_applicable,
        coalesce(score.poids_en_defaut, 0) as poids_en_defaut,
        bailleur.bailleur_id,
        administration.administration_id
    from {{ ref('int_convention') }} as convention
    left join {{ ref('int_bailleur') }} as bailleur on convention.proprietaire_id = bailleur.bailleur_id
    left join {{ ref('int_administration') }} as administration
        on convention.administration_creatrice_id = administration.administration_id
    left join {{ ref('score_convention') }} as score on convention.convention_id = score.convention_id
),

publiee as (
    select
        * exclude (
            source, financements, familles_financement, nb_lots, nb_communes, nb_bailleurs, nb_stationnements
        ),
        numero_normalise as numero_normalise_source,
        case when est_vivante_dans_apilos then 'apilos' else source end as source,
        date_diff('day', date_effet, date_expiration_initiale) / 365.25 as duree_calculee_ans,
        -- an agreement without a programme has no lot, commune, owner nor financing
        coalesce(financements, []) as financements,
        coalesce(familles_financement, []) as familles_financement,
        coalesce(nb_lots, 0) as nb_lots,
        coalesce(nb_communes, 0) as nb_communes,
        coalesce(nb_bailleurs, 0) as nb_bailleurs,
        coalesce(nb_stationnements, 0) as nb_stationnements
    from convention
)

select
    {{ published_columns() }}
from publiee

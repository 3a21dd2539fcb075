-- Grain: one agreement, in the state of its current period.
with convention as (
    select
        convention.*,
        bailleur.sous_nature_bailleur,
        score.score_qualite,
        coalesce(score.poids_applicable, 0) as poids_applicable,
        coalesce(score.poids_en_defaut, 0) as poids_en_defaut,
        {{ ecoloweb_id('convention.convention_id') }} as identifiant,
        {{ ecoloweb_id('bailleur.bailleur_id') }} as bailleur_identifiant,
        {{ ecoloweb_id('administration.administration_id') }} as administration_identifiant
    from {{ ref('int_convention') }} as convention
    left join {{ ref('int_bailleur') }} as bailleur on convention.proprietaire_id = bailleur.bailleur_id
    left join {{ ref('int_administration') }} as administration
        on convention.administration_creatrice_id = administration.administration_id
    left join {{ ref('score_convention') }} as score on {{ ecoloweb_id('convention.convention_id') }} = score.convention_id
),

publiee as (
    select
        * exclude (
            convention_id, financements, familles_financement, nb_lots, nb_communes, nb_bailleurs, nb_stationnements
        ),
        identifiant as convention_id,
        'ecoloweb' as source,
        convention_id as cle_source,
        numero_normalise as numero_normalise_source,
        bailleur_identifiant as bailleur_id,
        administration_identifiant as administration_id,
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

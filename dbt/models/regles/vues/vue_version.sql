-- Grain: one period of an agreement but the first, beside the period before it, as rules may read them.
with lot as (
    select
        periode_id,
        list_sort(list(distinct proprietaire_id) filter (where proprietaire_id is not null)) as proprietaires
    from {{ ref('int_lot') }}
    group by all
),

suite as (
    select
        periode.periode_id,
        periode.source,
        periode.convention_id,
        periode.statut,
        periode.date_debut,
        periode.date_fin,
        periode.est_courante,
        periode.avenant_id,
        periode.date_signature,
        periode.date_expiration,
        periode.nature_logement,
        periode.nature_bailleur,
        periode.est_foyer,
        periode.rang,
        lots.nb_logements,
        lots.familles_financement,
        coalesce(lot.proprietaires, []) as proprietaires,
        lag(lots.familles_financement) over suite as familles_precedentes,
        lag(lots.nb_logements) over suite as nb_logements_precedents,
        lag(periode.date_debut) over suite as date_debut_precedente,
        lag(periode.date_expiration) over suite as date_expiration_precedente,
        lag(coalesce(lot.proprietaires, [])) over suite as proprietaires_precedents,
        lag(periode.periode_id) over suite as periode_precedente_id
    from {{ ref('int_periode') }} as periode
    left join {{ ref('int_lot_periode') }} as lots on periode.periode_id = lots.periode_id
    left join lot on periode.periode_id = lot.periode_id
    window suite as (partition by periode.convention_id order by periode.rang)
),

-- the owners before and after, where a merger known by then leads from one to the other
avant as (
    select
        periode_id,
        date_debut,
        proprietaires,
        unnest(proprietaires_precedents) as bailleur_id
    from suite
    where proprietaires <> proprietaires_precedents
),

siren as (
    select
        bailleur_id,
        siren
    from {{ ref('int_bailleur') }}
    where siren is not null
),

fusion as (
    select
        avant.periode_id,
        list(distinct avant.bailleur_id) as absorbes,
        list(distinct absorbant.bailleur_id) as absorbants
    from avant
    inner join siren as absorbe on avant.bailleur_id = absorbe.bailleur_id
    inner join {{ ref('int_fusion') }} as fusion on absorbe.siren = fusion.siren_absorbe and avant.date_debut >= fusion.date_fusion
    inner join siren as absorbant
        on fusion.siren_absorbant = absorbant.siren and list_contains(avant.proprietaires, absorbant.bailleur_id)
    group by all
),

journal as (
    select count(*) > 0 as est_livre
    from {{ source('meta', 'livraison_table') }}
    where source = 'siap' and table_source = 'fusion'
),

-- the ceiling rent of each financing family, under the regime of the useful area alone: another regime counts by the year
loyer as (
    select
        periode_id,
        famille_financement,
        max(loyer_m2_eur) as loyer_m2_eur,
        max(coalesce(loyer_collectif_actualise_m2_eur, loyer_individuel_actualise_m2_eur)) as loyer_m2_revise_eur
    from {{ ref('int_lot') }}
    where type_surface = 'SU' and loyer_m2_eur is not null and famille_financement is not null
    group by all
),

-- of the families that both periods have, the one whose rent is furthest out of what it was, first or revised
changement as (
    select
        suite.periode_id,
        loyer.famille_financement as famille_loyer,
        loyer.loyer_m2_eur,
        avant.loyer_m2_eur as loyer_m2_precedent_eur,
        avant.loyer_m2_revise_eur as loyer_m2_revise_precedent_eur,
        greatest(
            1 - loyer.loyer_m2_eur / avant.loyer_m2_eur,
            loyer.loyer_m2_eur / greatest(avant.loyer_m2_eur, avant.loyer_m2_revise_eur) - 1
        ) as ecart
    from suite
    inner join loyer on suite.periode_id = loyer.periode_id
    inner join loyer as avant
        on suite.periode_precedente_id = avant.periode_id and loyer.famille_financement = avant.famille_financement
    qualify row_number() over (partition by suite.periode_id order by ecart desc, loyer.famille_financement asc) = 1
),

-- the terms that valid amendments fix
terme as (
    select distinct
        convention_id,
        date_expiration_nouvelle as date_expiration
    from {{ ref('int_avenant') }}
    where not est_annule and date_signature_prefet is not null and date_expiration_nouvelle is not null
),

version_ as (
    select
        suite.* exclude (convention_id),
        suite.periode_id as objet_id,
        convention.convention_id,
        convention.code_departement,
        convention.bailleur_id,
        'ecolo_conventiondonneesgenerales' as table_source,
        convention.date_reference,
        convention.est_anah,
        convention.est_suivie,
        convention.est_reprise,
        convention.date_expiration_initiale,
        -- an amendment without type says it in the description of the period
        coalesce(
            case when len(avenant.types) = 0 then avenant.types_descriptif else avenant.types end, []
        ) as types_avenant,
        coalesce(avenant.est_annule, false) as est_avenant_annule,
        avenant.date_signature_prefet as date_signature_avenant,
        changement.famille_loyer,
        changement.loyer_m2_eur,
        changement.loyer_m2_precedent_eur,
        changement.loyer_m2_revise_precedent_eur,
        convention.renouvellement_ans,
        terme.convention_id is not null
        or coalesce(not avenant.est_annule and avenant.date_expiration_nouvelle is not null, false) as est_terme_d_un_avenant,
        -- every owner that is gone was absorbed by one of today's, and every new one absorbed one of those before
        case
            when journal.est_livre
                then coalesce(
                    list_has_all(
                        fusion.absorbes,
                        list_filter(suite.proprietaires_precedents, lambda avant: not list_contains(suite.proprietaires, avant))
                    )
                    and list_has_all(
                        fusion.absorbants,
                        list_filter(suite.proprietaires, lambda apres: not list_contains(suite.proprietaires_precedents, apres))
                    ),
                    false
                )
        end as est_fusion_connue,
        suite.rang - 1 as rang_precedent
    from suite
    inner join {{ ref('vue_convention') }} as convention on suite.convention_id = convention.convention_id
    left join {{ ref('int_avenant') }} as avenant on suite.avenant_id = avenant.avenant_id
    cross join journal
    left join fusion on suite.periode_id = fusion.periode_id
    left join changement on suite.periode_id = changement.periode_id
    left join terme on suite.convention_id = terme.convention_id and suite.date_expiration = terme.date_expiration
    where suite.rang > 1
)

select
    {{ published_columns() }}
from version_

-- Grain: one current lot of an agreement, as rules may read it.
with repartition as (
    select
        {{ ecoloweb_id('programme_id') }} as programme_id,
        sum(coalesce(nb_logements_individuels, 0) + coalesce(nb_logements_collectifs, 0)) as nb_logements_repartis
    from {{ ref('stg_ecoloweb__infos_type_logement') }}
    group by all
),

parcelle as (
    select
        programme_id,
        count(*) as nb_parcelles
    from {{ ref('int_parcelle') }}
    group by all
),

-- operations are only known, or not, once SIAP or SISAL is delivered
source_d_operations as (
    select coalesce(bool_or(source in ('siap', 'sisal')), false) as est_la
    from {{ source('meta', 'livraison') }}
),

lot as (
    select
        convention.* exclude (
            source, objet_id, table_source, nb_logements, nb_lits, nb_chambres, nb_parcelles, date_mise_en_service, date_livraison
        ),
        lot.* exclude (
            lot_id, cle_source, convention_id, code_departement, code_region, bailleur_id, est_anah, date_resiliation,
            date_demande_denonciation, code_postal_saisi, ville_saisie, codes_postaux_commune
        ),
        lot.lot_id as objet_id,
        case lot.source when 'ecoloweb' then 'ecolo_programmelogement' else 'programmes_lot' end as table_source,
        coalesce(financement.libelle, aide.libelle) as libelle_financement,
        coalesce(financement.est_connu, aide.aide is not null or lot.financement = 'SANS_FINANCEMENT', false)
            as est_financement_connu,
        financement.date_fin_validite as date_fin_financement,
        coalesce(lot.code_postal_saisi, adresse.code_postal) as code_postal_saisi,
        coalesce(lot.ville_saisie, adresse.ville) as ville_saisie,
        coalesce(lot.codes_postaux_commune, string_split(nullif(commune.codes_postaux, ''), ' ')) as codes_postaux_commune,
        coalesce(parcelle.nb_parcelles, 0) as nb_parcelles,
        repartition.nb_logements_repartis,
        coalesce(logement.nb_lignes, 0) as nb_lignes_logement,
        coalesce(logement.nb_lignes_avec_loyer, 0) as nb_lignes_avec_loyer,
        logement.loyer_logement_max_eur,
        logement.somme_surface_utile_m2,
        logement.somme_surface_habitable_m2,
        logement.somme_surface_corrigee_m2,
        logement.somme_surface_ponderee_m2,
        coalesce(logement.nb_designations_doubles, 0) as nb_designations_doubles,
        zone.zone as zone_abc_officielle,
        case when source_d_operations.est_la then operation.lot_id is not null end as est_operation_connue,
        operation.financements_operation,
        count(*) over (partition by lot.convention_id, lot.financement) as nb_programmes_meme_financement,
        case
            when coalesce(lot.nb_logements_individuels, 0) > coalesce(lot.nb_logements_collectifs, 0)
                then coalesce(operation.loyer_individuel_m2_eur, operation.loyer_collectif_m2_eur)
            else coalesce(operation.loyer_collectif_m2_eur, operation.loyer_individuel_m2_eur)
        end as loyer_agrement_m2_eur,
        coalesce(proprietaire.est_gestionnaire, false) as est_proprietaire_gestionnaire,
        operation.nb_logements_operation,
        operation.debut_annee_agrement_psla,
        operation.nb_aides_operation
    from {{ ref('int_lot_publie') }} as lot
    inner join {{ ref('vue_convention') }} as convention on lot.convention_id = convention.convention_id
    left join {{ ref('int_financement') }} as financement on lot.type_financement_id = financement.type_financement_id
    left join {{ ref('aide_siap') }} as aide on lot.source = 'apilos' and lot.financement = aide.aide
    left join {{ ref('int_adresse_programme') }} as adresse on lot.programme_id = adresse.programme_id
    left join {{ ref('int_commune') }} as commune on lot.commune_id = commune.commune_id
    left join {{ ref('int_zone') }} as zone
        on
            lot.code_commune = zone.code_commune
            and zone.type_zonage = 'ABC'
            and convention.date_signature between zone.date_debut and coalesce(zone.date_fin, date '9999-12-31')
    left join parcelle on lot.programme_id = parcelle.programme_id
    left join repartition on lot.programme_id = repartition.programme_id
    left join {{ ref('int_logement_programme') }} as logement on lot.programme_id = logement.programme_id
    left join {{ ref('int_bailleur') }} as proprietaire on lot.proprietaire_id = proprietaire.bailleur_id
    cross join source_d_operations
    left join {{ ref('int_lot_numerote') }} as operation on lot.lot_id = operation.lot_id
    where lot.est_courante
)

select
    {{ published_columns() }}
from lot

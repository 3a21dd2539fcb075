-- Grain: one agreement in the state of its current period, as rules may read it.
with lot as (
    select
        lot.periode_id,
        list_sort(list_distinct(list(lot.code_typefinancement))) as codes_typefinancement,
        list_sort(list_distinct(list(lot.nature_operation))) as natures_operation,
        list_sort(list_distinct(list(lot.code_commune)))[1:5] as codes_commune,
        list_sort(list_distinct(list(departement.code_insee))) as codes_departement_source,
        list_sort(list_distinct(list(region.code_insee))) as codes_region_source,
        count(*) filter (where lot.duree_pret_ans is not null) as nb_lots_avec_pret,
        count(*) filter (where lot.etat_programme in ('RES', 'DEN')) as nb_lots_resilies,
        min(lot.date_mise_service) as date_mise_en_service,
        max(lot.date_livraison_logements) as date_livraison,
        bool_or(contains(upper(lot.description), 'PSLA')) as est_nomme_psla,
        max(lot.date_fin_pret) as date_fin_pret_max,
        case when bool_and(lot.source = 'apilos') then count(distinct lot.loyer_m2_max_eur) end as nb_loyers_m2_affiches,
        list_sort(
            list(distinct lot.reference_dossier)
            filter (where {{ est_numero_operation('lot.reference_dossier') }})
        ) as numeros_operation
    from {{ ref('int_lot') }} as lot
    left join {{ ref('stg_ecoloweb__commune') }} as commune on lot.commune_id = commune.commune_id
    left join {{ ref('stg_ecoloweb__departement') }} as departement on commune.departement_id = departement.departement_id
    left join {{ ref('stg_ecoloweb__region') }} as region on departement.region_id = region.region_id
    group by all
),

parcelle as (
    select
        lot.periode_id,
        count(*) as nb_parcelles
    from {{ ref('int_parcelle') }} as parcelle
    inner join {{ ref('int_lot') }} as lot on parcelle.programme_id = lot.programme_id
    group by all
),

avenant as (
    select
        convention_id,
        count(*) filter (where list_contains(types, '5') or date_expiration_nouvelle is not null) as nb_avenants_duree,
        count(*) filter (where list_contains(types, '1')) as nb_avenants_mutation
    from {{ ref('int_avenant') }}
    where not est_annule
    group by all
),

piece_jointe as (
    select
        convention_id,
        count(*) filter (where type = 'CONVENTION') as nb_pieces_convention
    from {{ ref('int_piece_jointe') }}
    group by all
),

instruite as (
    select
        convention.convention_id,
        periode.periode_id is not null as est_periode_instruite_connue,
        coalesce(periode.convention_id = convention.convention_id, false) as est_periode_instruite_propre
    from {{ ref('int_convention_recue') }} as convention
    left join {{ ref('int_periode') }} as periode on convention.periode_instruite_id = periode.periode_id
),

-- the départements that the official import has taken over
reprise as (
    select distinct code_departement
    from {{ ref('stg_apilos__reference_ecoloweb') }}
    where modele = 'conventions.Convention' and code_departement is not null
),

convention as (
    select
        convention.* exclude (code_region, nb_lots, est_reprise),
        convention.convention_id as objet_id,
        bailleur.bailleur_id,
        -- what APiLos took over, and amended since, comes from an older system too
        convention.est_reprise or convention.source <> convention.premiere_source as est_reprise,
        case convention.source when 'ecoloweb' then 'ecolo_conventionapl' else 'conventions_convention' end as table_source,
        parametre.date_reference,
        convention.code_region,
        convention.code_departement in ('971', '972', '973', '974', '976') as est_drom,
        type_convention.reference_article,
        type_convention.code_categorie as code_categorie_convention,
        type_convention.date_debut_validite as date_debut_type,
        type_convention.date_remplacement as date_remplacement_type,
        type_convention.nature_logement as nature_logement_type,
        type_convention.nature_bailleur as nature_bailleur_type,
        coalesce(type_convention.annexe, apilos.annexe_type) as annexe_type,
        {{ est_suivie('convention.statut') }} as est_suivie,
        lot.codes_typefinancement,
        lot.natures_operation,
        lot.codes_commune,
        lot.codes_departement_source,
        lot.codes_region_source,
        coalesce(convention.nb_lots, 0) as nb_lots,
        coalesce(lot.nb_lots_avec_pret, 0) as nb_lots_avec_pret,
        coalesce(lot.nb_lots_resilies, 0) as nb_lots_resilies,
        lot.date_mise_en_service,
        lot.date_livraison,
        coalesce(lot.est_nomme_psla, false) or coalesce(contains(upper(convention.libelle), 'PSLA'), false) as est_nomme_psla,
        coalesce(parcelle.nb_parcelles, 0) as nb_parcelles,
        bailleur.sous_nature_bailleur,
        bailleur.nature_bailleur as nature_proprietaire,
        bailleur.siren as siren_bailleur,
        administration.code as code_administration,
        administration.type_administration,
        administration.code_departement as code_departement_administration,
        coalesce(avenant.nb_avenants_duree, 0) as nb_avenants_duree,
        coalesce(avenant.nb_avenants_mutation, 0) as nb_avenants_mutation,
        coalesce(plus_resiliee.nb_plus_resiliees, 0) as nb_plus_resiliees,
        coalesce(plus_resiliee.plus_resiliees, []) as plus_resiliees,
        convention.motif_refus_publication is not null as est_motif_refus_renseigne,
        coalesce(suite.nb_periodes_courantes, 0) as nb_periodes_courantes,
        coalesce(suite.nb_chevauchements, 0) as nb_chevauchements,
        coalesce(suite.nb_trous, 0) as nb_trous,
        coalesce(suite.dates_signature_hors_avenant, []) as dates_signature_hors_avenant,
        coalesce(suite_avenants.numeros_avenants, []) as numeros_avenants,
        coalesce(suite_avenants.nb_avenants_sortie, 0) as nb_avenants_sortie,
        coalesce(suite_avenants.nb_avenants_en_cours, 0) as nb_avenants_en_cours,
        suite_avenants.numero_avenant_cite,
        numero.date_numero,
        numero.nb_conventions_meme_numero,
        numero.conventions_meme_numero,
        reference.annee_reference_publication,
        reference.numero_reference_publication,
        coalesce(reference.nb_conventions_meme_reference, 0) as nb_conventions_meme_reference,
        coalesce(reference.conventions_meme_reference, []) as conventions_meme_reference,
        coalesce(parcelle_partagee.nb_conventions_memes_parcelles, 0) as nb_conventions_memes_parcelles,
        coalesce(parcelle_partagee.conventions_memes_parcelles, []) as conventions_memes_parcelles,
        coalesce(logement_partage.nb_logements_partages, 0) as nb_logements_partages,
        coalesce(logement_partage.nb_conventions_memes_logements, 0) as nb_conventions_memes_logements,
        coalesce(logement_partage.conventions_memes_logements, []) as conventions_memes_logements,
        coalesce(piece_jointe.nb_pieces_convention, 0) as nb_pieces_convention,
        instruite.est_periode_instruite_connue,
        instruite.est_periode_instruite_propre,
        lot.date_fin_pret_max,
        rpls.nb_logements_rpls,
        len(lot.numeros_operation) as nb_operations,
        coalesce(lot.numeros_operation, [])[1:5] as numeros_operation,
        lot.nb_loyers_m2_affiches,
        coalesce(convention.date_signature_prefet, convention.date_signature_delegataire) as date_signature_etat,
        apilos.date_validation,
        semblable.ecart_signature_ecoloweb_jours,
        semblable.conventions_ecoloweb_semblables,
        dates.date_derniere_etape,
        dates.dates_saisies,
        list_min(dates.dates_saisies) as date_premiere_saisie,
        list_max(dates.dates_saisies) as date_derniere_saisie,
        dates.nb_lignes_sans_creation,
        dates.date_denonciation,
        dates.date_echeance_denonciation,
        case
            when convention.convention_id like 'ecoloweb:%' and reprise.code_departement is not null
                then etat.convention_id is not null
        end as est_dans_apilos,
        apilos.nb_variantes,
        apilos.nb_attributions,
        apilos.nb_parents_seconde_vie,
        apilos.est_signataire_renseigne,
        apilos.date_deliberation
    from {{ ref('int_convention') }} as convention
    cross join {{ source('meta', 'parametre') }} as parametre
    left join {{ ref('int_convention_type') }} as type_convention
        on convention.convention_type_id = type_convention.convention_type_id
    left join lot on convention.periode_id = lot.periode_id
    left join parcelle on convention.periode_id = parcelle.periode_id
    left join {{ ref('int_bailleur') }} as bailleur on convention.proprietaire_id = bailleur.bailleur_id
    left join {{ ref('int_administration') }} as administration
        on convention.administration_creatrice_id = administration.administration_id
    left join avenant on convention.convention_id = avenant.convention_id
    left join piece_jointe on convention.convention_id = piece_jointe.convention_id
    left join instruite on convention.convention_id = instruite.convention_id
    left join {{ ref('int_plus_resiliee') }} as plus_resiliee on convention.convention_id = plus_resiliee.convention_id
    left join {{ ref('int_suite_periodes') }} as suite on convention.convention_id = suite.convention_id
    left join {{ ref('int_suite_avenants') }} as suite_avenants on convention.convention_id = suite_avenants.convention_id
    left join {{ ref('int_numero') }} as numero on convention.convention_id = numero.convention_id
    left join {{ ref('int_reference_publication') }} as reference on convention.convention_id = reference.convention_id
    left join {{ ref('int_parcelle_partagee') }} as parcelle_partagee on convention.convention_id = parcelle_partagee.convention_id
    left join {{ ref('int_logement_partage') }} as logement_partage on convention.convention_id = logement_partage.convention_id
    left join {{ ref('int_dates_convention') }} as dates on convention.convention_id = dates.convention_id
    left join {{ ref('int_apilos_convention') }} as apilos on convention.convention_id = apilos.convention_id
    left join {{ ref('int_apilos_etat') }} as etat on convention.convention_id = etat.convention_id
    left join {{ ref('int_apilos_semblable') }} as semblable on convention.convention_id = semblable.convention_id
    left join reprise on convention.code_departement = reprise.code_departement
    left join {{ ref('int_rpls_convention') }} as rpls on convention.convention_id = rpls.convention_id
)

select
    {{ published_columns() }}
from convention

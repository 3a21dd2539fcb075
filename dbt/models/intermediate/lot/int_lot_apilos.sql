-- Grain: one lot of one state of an agreement that only APiLos gives, in the vocabulary of the warehouse.
with acte as (
    select *
    from {{ ref('int_apilos_acte') }}
    where est_apport and convention_id is not null and (not est_avenant or est_signe)
),

etat as (
    select
        convention_id,
        periode_id,
        max(ordre) as ordre
    from acte
    group by all
),

-- each of the agreements that the official import made of one is in the state that its own last amendment gave it
acte_en_cours as (
    select
        etat.periode_id,
        acte.acte_id,
        acte.programme_id,
        acte.reservation_prefecture_pct,
        acte.fonds_propres_eur,
        acte.gestionnaire is not null as est_gestionnaire_nomme,
        etat.convention_id
    from etat
    inner join acte on etat.convention_id = acte.convention_id and etat.ordre >= acte.ordre
    qualify row_number() over (
        partition by etat.periode_id, coalesce(acte.racine_id, acte.acte_id) order by acte.ordre desc
    ) = 1
),

proprietaire as (
    select
        periode.convention_id,
        coalesce(bailleur.siren, bailleur.nom_pseudonyme) as cle_proprietaire,
        min(bailleur.bailleur_id) as bailleur_id
    from {{ ref('int_periode_ecoloweb') }} as periode
    inner join {{ ref('int_lot_ecoloweb') }} as lot on periode.periode_id = lot.periode_id
    inner join {{ ref('int_bailleur_ecoloweb') }} as bailleur on lot.proprietaire_id = bailleur.bailleur_id
    where periode.est_derniere
    group by all
),

logement as (
    select
        lot_id,
        count(*) as nb_lignes,
        case when count(surface_utile_m2) = count(*) then sum(surface_utile_m2) end as surface_utile_m2,
        case when count(surface_corrigee_m2) = count(*) then sum(surface_corrigee_m2) end as surface_corrigee_m2,
        sum(surface_annexe_m2) as surface_annexe_m2,
        max(loyer_m2_eur) as loyer_m2_eur,
        min(loyer_m2_eur) as loyer_m2_min_eur,
        count(distinct loyer_m2_eur) as nb_loyers_m2_logements,
        max(date_modification) as date_maj_surfaces
    from {{ ref('stg_apilos__logement') }}
    group by all
),

redevance as (
    select
        lot_id,
        list_sort(list(typologie)) as typologies_redevances_multiples
    from (
        select
            lot_id,
            typologie
        from {{ ref('stg_apilos__logement') }}
        where typologie is not null
        group by all
        having count(distinct loyer_eur) > 1
    )
    group by all
),

stationnement as (
    select
        lot_id,
        sum(nb_stationnements) as nb_stationnements
    from {{ ref('stg_apilos__stationnement') }}
    group by all
),

annexe as (
    select
        logement.lot_id,
        count(*) as nb_annexes,
        max(round(annexe.loyer_eur, 2) - round(annexe.surface_m2 * annexe.loyer_m2_eur, 2)) as ecart_loyer_annexe_max_eur
    from {{ ref('stg_apilos__annexe') }} as annexe
    inner join {{ ref('stg_apilos__logement') }} as logement on annexe.logement_id = logement.logement_id
    group by all
),

pret as (
    select
        lot_id,
        arg_max(duree_ans, (montant_eur, pret_id)) filter (where est_pret) as duree_pret_ans,
        arg_max(montant_eur, (montant_eur, pret_id)) filter (where est_pret) as montant_financement_eur,
        arg_max_null(date_octroi, (montant_eur, pret_id)) filter (where est_pret) as date_financement,
        max(date_octroi + to_years(duree_ans)) filter (where est_pret)::date as date_fin_pret,
        count(*) filter (where est_pret) as nb_prets_cdc,
        count(*) filter (where est_pret and (numero is null or date_octroi is null or duree_ans is null)) as nb_prets_cdc_incomplets
    from {{ ref('stg_apilos__pret') }}
    group by all
)

select
    acte.periode_id,
    lot.lot_public_id as programme_id,
    'apilos' as source,
    lot.lot_id as cle_source,
    -- an agreement that was taken over stays so, whatever amendment was made since
    acte.convention_id like 'apilos:%' as est_native,
    acte.est_gestionnaire_nomme,
    operation.libelle as description,
    operation.numero_operation as reference_dossier,
    lot.financement,
    case when lot.financement = 'SANS_FINANCEMENT' then lot.financement else aide.famille_financement end as famille_financement,
    lot.financement as financement_apilos,
    operation.est_anah,
    -- of several rows of one owner in Ecoloweb, the one that the agreement had
    coalesce(proprietaire.bailleur_id, operation.proprietaire_id) as proprietaire_id,
    operation.code_commune,
    operation.code_commune_source,
    operation.nom_commune,
    operation.code_departement,
    operation.code_region,
    operation.est_outre_mer,
    operation.nature_operation,
    operation.adresse,
    operation.code_postal_saisi as code_postal,
    operation.code_postal_saisi,
    operation.ville_saisie,
    string_split(nullif(operation.codes_postaux, ''), ' ') as codes_postaux_commune,
    operation.zone_123,
    operation.zone_abc,
    operation.zone_123_source,
    operation.zone_abc_source,
    operation.est_anru,
    operation.date_achevement_retenue as date_mise_service,
    operation.date_achevement as date_livraison_logements,
    case when operation.adresse is null then 0 else 1 end as nb_adresses,
    coalesce(lot.nb_logements, nullif(logement.nb_lignes, 0)) as nb_logements,
    case lot.type_habitat when 'INDIVIDUEL' then lot.nb_logements when 'COLLECTIF' then 0 end as nb_logements_individuels,
    case lot.type_habitat when 'COLLECTIF' then lot.nb_logements when 'INDIVIDUEL' then 0 end as nb_logements_collectifs,
    coalesce(logement.nb_lignes, 0) as nb_logements_lignes,
    -- the areas of the programme are those of its lot when it has one only
    coalesce(
        logement.surface_utile_m2, case when count(*) over acte_entier = 1 then operation.surface_utile_m2 end
    ) as surface_utile_m2,
    coalesce(
        logement.surface_corrigee_m2, case when count(*) over acte_entier = 1 then operation.surface_corrigee_m2 end
    ) as surface_corrigee_m2,
    lot.surface_habitable_m2,
    logement.surface_annexe_m2,
    -- the application knows the regime of the useful area alone; what was taken over may be under the older one; a foyer has none
    case
        when operation.est_foyer then null
        when logement.surface_utile_m2 is not null or logement.surface_corrigee_m2 is null then 'SU'
        else 'SC'
    end as type_surface,
    case
        when operation.est_foyer then null
        when logement.surface_utile_m2 is not null or logement.surface_corrigee_m2 is null then 'mois'
        else 'an'
    end as unite_loyer,
    logement.loyer_m2_eur,
    case when lot.type_habitat <> 'COLLECTIF' then logement.loyer_m2_eur end as loyer_individuel_m2_eur,
    case when lot.type_habitat <> 'INDIVIDUEL' then logement.loyer_m2_eur end as loyer_collectif_m2_eur,
    logement.date_maj_surfaces,
    logement.nb_loyers_m2_logements,
    logement.loyer_m2_min_eur,
    logement.loyer_m2_eur as loyer_m2_max_eur,
    redevance.typologies_redevances_multiples,
    lot.loyer_derogatoire_m2_eur,
    lot.loyer_associations_foncieres_eur,
    lot.nb_logements_mixite_negocies,
    coalesce(annexe.nb_annexes, 0) as nb_annexes,
    annexe.ecart_loyer_annexe_max_eur,
    coalesce(stationnement.nb_stationnements, lot.nb_stationnements_foyer, 0) as nb_stationnements,
    acte.reservation_prefecture_pct,
    acte.fonds_propres_eur,
    pret.duree_pret_ans,
    pret.montant_financement_eur,
    pret.date_financement,
    pret.date_fin_pret,
    coalesce(pret.nb_prets_cdc, 0) as nb_prets_cdc,
    coalesce(pret.nb_prets_cdc_incomplets, 0) as nb_prets_cdc_incomplets
from acte_en_cours as acte
inner join {{ ref('int_apilos_lot') }} as lot on acte.acte_id = lot.acte_id
left join {{ ref('int_apilos_operation') }} as operation on acte.programme_id = operation.operation_id
left join {{ ref('aide_siap') }} as aide on lot.financement = aide.aide
left join proprietaire
    on acte.convention_id = proprietaire.convention_id and operation.cle_proprietaire = proprietaire.cle_proprietaire
left join logement on lot.lot_id = logement.lot_id
left join redevance on lot.lot_id = redevance.lot_id
left join annexe on lot.lot_id = annexe.lot_id
left join stationnement on lot.lot_id = stationnement.lot_id
left join pret on lot.lot_id = pret.lot_id
window acte_entier as (partition by acte.periode_id, acte.acte_id)

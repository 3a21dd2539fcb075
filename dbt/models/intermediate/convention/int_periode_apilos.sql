-- Grain: one state of an agreement that only APiLos gives: as it was first agreed, then after each signed amendment.
with acte as (
    select *
    from {{ ref('int_apilos_acte') }}
    where est_apport and convention_id is not null and (not est_avenant or est_signe)
),

-- APiLos has one word for all foyers: the public that one is let to tells which it is, when there is one public only
public as (
    select
        acte_id,
        case
            when est_pour_ages and not est_pour_handicapes and not est_inclusif then 'FOYER_PA'
            when est_pour_handicapes and not est_pour_ages and not est_inclusif then 'FOYER_PH'
            when est_inclusif and not est_pour_ages and not est_pour_handicapes then 'FOYER_INCLUSIF'
        end as nature_logement
    from (
        select
            acte_id,
            {{ nombre_de_vrais([
                'est_attribution_agees_autonomie', 'est_attribution_agees_ephad', 'est_attribution_agees_desorientees',
                'est_attribution_agees_petite_unite', 'est_attribution_agees_autre'
            ]) }} > 0 as est_pour_ages,
            {{ nombre_de_vrais([
                'est_attribution_handicapes_foyer', 'est_attribution_handicapes_foyer_de_vie',
                'est_attribution_handicapes_foyer_medicalise', 'est_attribution_handicapes_autre'
            ]) }} > 0 as est_pour_handicapes,
            attribution_inclusif_conditions_admission is not null as est_inclusif
        from {{ ref('int_apilos_acte') }}
    )
),

-- an amendment opens a state of the whole agreement, whose own dates are those of its root, or of its last period in Ecoloweb
racine as (
    select
        acte.*,
        coalesce(public.nature_logement, nature.nature_logement) as nature_logement,
        nature.est_foyer,
        bailleur.nature_bailleur,
        programme.est_anah
    from {{ ref('int_apilos_acte') }} as acte
    left join {{ ref('stg_apilos__programme') }} as programme on acte.programme_id = programme.programme_id
    left join {{ ref('nature_apilos') }} as nature on programme.nature_logement = nature.code
    left join public on acte.acte_id = public.acte_id and nature.nature_logement = 'FOYER_AUTRE'
    left join {{ ref('int_bailleur_apilos') }} as bailleur on programme.bailleur_id = bailleur.cle_source
    where acte.convention_id is not null
    qualify row_number() over (partition by acte.convention_id order by acte.ordre) = 1
),

etat as (
    select
        periode_id,
        convention_id,
        min(acte_id) as cle_source,
        max(ordre) as ordre,
        bool_or(est_avenant) as est_avenant,
        min(date_debut) as date_debut,
        max(date_expiration) as date_expiration,
        string_agg(distinct description_avenant, ' ; ' order by description_avenant) as descriptif
    from acte
    group by all
),

periode as (
    select
        etat.periode_id,
        'apilos' as source,
        etat.convention_id,
        etat.cle_source,
        etat.ordre,
        case when etat.est_avenant then etat.periode_id end as avenant_id,
        etat.date_debut,
        etat.descriptif,
        coalesce(vie.statut, racine.statut) as statut,
        base.date_signature_bailleur,
        base.date_signature_delegataire,
        base.date_envoi_prefet,
        base.date_envoi_caf,
        base.date_dernier_renouvellement,
        base.date_demande_denonciation,
        base.duree_ans,
        base.convention_type_id,
        base.convention_type,
        base.periode_id is null and coalesce(racine.est_anah, false) or coalesce(base.est_type_anah, false) as est_type_anah,
        coalesce(base.renouvellement_ans, 3) as renouvellement_ans,
        coalesce(base.nature_logement, racine.nature_logement) as nature_logement,
        coalesce(base.est_foyer, racine.est_foyer) as est_foyer,
        coalesce(base.nature_bailleur, racine.nature_bailleur) as nature_bailleur,
        case when base.periode_id is null then racine.date_signature else base.date_signature_prefet end as date_signature_prefet,
        case when base.periode_id is null then racine.date_signature else base.date_signature end as date_signature,
        case when base.periode_id is null then racine.date_envoi_publication else base.date_envoi_publication end
            as date_envoi_publication,
        case when base.periode_id is null then racine.date_refus_publication else base.date_refus_publication end
            as date_refus_publication,
        case when base.periode_id is null then racine.motif_refus_publication else base.motif_refus_publication end
            as motif_refus_publication,
        coalesce(base.date_publication, racine.date_publication) as date_publication,
        case when base.date_publication is null then racine.reference_publication else base.reference_publication end
            as reference_publication,
        coalesce(base.date_resiliation, racine.date_resiliation) as date_resiliation,
        base.date_annulation,
        case when base.periode_id is null then racine.date_expiration else base.date_expiration_initiale end
            as date_expiration_initiale,
        -- an amendment copies the term of its agreement, and may move it
        coalesce(etat.date_expiration, base.date_expiration, racine.date_expiration) as date_expiration
    from etat
    left join racine on etat.convention_id = racine.convention_id
    left join {{ ref('int_periode_ecoloweb') }} as base on etat.convention_id = base.convention_id and base.est_derniere
    left join {{ ref('int_apilos_etat') }} as vie on etat.convention_id = vie.convention_id
)

select
    * exclude (ordre),
    lead(date_debut) over suite - 1 as date_fin,
    lead(periode_id) over suite is null as est_derniere
from periode
window suite as (partition by convention_id order by ordre)

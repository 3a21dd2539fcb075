-- Grain: one operation × aid of SIAP, whether it is declared, detailed or both; an operation without aid is one row.
with loyer as (
    select
        numero_operation,
        rang_detail,
        max(coalesce(loyer_reglementaire_m2_eur, loyer_pratique_m2_eur)) filter (
            where type_construction = 'individuel'
        ) as loyer_individuel_m2_eur,
        max(coalesce(loyer_reglementaire_m2_eur, loyer_pratique_m2_eur)) filter (
            where type_construction = 'collectif'
        ) as loyer_collectif_m2_eur
    from {{ ref('stg_siap__detail_loyer') }}
    group by all
),

surface as (
    select
        numero_operation,
        rang_detail,
        case
            when count(*) filter (where surface_habitable_m2 is null and nb_logements > 0) = 0 then sum(surface_habitable_m2)
        end as surface_habitable_m2
    from {{ ref('stg_siap__detail_type_logement') }}
    group by all
),

garage as (
    select
        numero_operation,
        rang_detail,
        sum(coalesce(nb_garages_individuels, 0) + coalesce(nb_garages_collectifs, 0)) as nb_garages
    from {{ ref('stg_siap__detail_garage') }}
    group by all
),

detail as (
    select
        detail_aide.numero_operation,
        coalesce(detail_aide.aide, 'SANS_AIDE') as aide,
        count(*) as nb_lignes_source,
        sum(detail_aide.nb_logements_individuels)::integer as nb_logements_individuels,
        sum(detail_aide.nb_logements_collectifs)::integer as nb_logements_collectifs,
        sum(surface.surface_habitable_m2) as surface_habitable_m2,
        sum(garage.nb_garages)::integer as nb_garages,
        max(loyer.loyer_individuel_m2_eur) as loyer_individuel_m2_eur,
        max(loyer.loyer_collectif_m2_eur) as loyer_collectif_m2_eur
    from {{ ref('stg_siap__detail_aide') }} as detail_aide
    left join loyer
        on detail_aide.numero_operation = loyer.numero_operation and detail_aide.rang_detail = loyer.rang_detail
    left join surface
        on detail_aide.numero_operation = surface.numero_operation and detail_aide.rang_detail = surface.rang_detail
    left join garage
        on detail_aide.numero_operation = garage.numero_operation and detail_aide.rang_detail = garage.rang_detail
    group by all
),

-- a grant of another aid, written in the plan of this one, is not its own
subvention as (
    select
        plan.numero_operation,
        plan.aide,
        sum(subvention.montant_eur) as subventions_eur
    from {{ ref('stg_siap__plan_financement') }} as plan
    inner join {{ ref('stg_siap__plan_subvention') }} as subvention
        on
            plan.numero_operation = subvention.numero_operation
            and plan.rang_plan = subvention.rang_plan
            and plan.aide = upper(subvention.type_subvention)
    group by all
),

aide as (
    select
        numero_operation,
        aide
    from {{ ref('stg_siap__operation_aide') }}
    where aide is not null
    union
    select
        numero_operation,
        aide
    from detail
),

ensemble as (
    select
        operation.*,
        case
            when aide.aide is not null then aide.aide
            when operation.est_sans_travaux then 'SANS_FINANCEMENT'
            else 'SANS_AIDE'
        end as aide
    from {{ ref('stg_siap__operation') }} as operation
    left join aide on operation.numero_operation = aide.numero_operation
)

select
    ensemble.* exclude (nature_logement, zone_123, zone_abc, code_commune, nom_commune),
    ensemble.aide as aide_source,
    coalesce(ensemble.nature_logement, ensemble.typologie) as nature_source,
    coalesce(ensemble.nature_logement, typologie.code_nature) as code_nature,
    nature.nature_logement,
    ensemble.nom_commune as nom_commune_source,
    coalesce(officielle.code_commune, de_l_adresse.code_commune) as code_commune_source,
    case
        when officielle.code_commune is not null then 'code'
        when de_l_adresse.code_commune is not null then 'code_de_l_adresse'
    end as methode_commune,
    {{ zone_123('ensemble.zone_123', 'ensemble.zone_abc') }} as zone_123,
    {{ zone_abc('ensemble.zone_123', 'ensemble.zone_abc') }} as zone_abc,
    coalesce(ensemble.zone_abc ~ '^0?[123]', false) as est_zone_inversee,
    coalesce(detail.nb_lignes_source, 0) as nb_lignes_source,
    detail.nb_logements_individuels,
    detail.nb_logements_collectifs,
    -- an empty number is unknown, unless the other one is told
    coalesce(
        detail.nb_logements_individuels + detail.nb_logements_collectifs,
        detail.nb_logements_individuels,
        detail.nb_logements_collectifs
    ) as nb_logements_declares,
    detail.surface_habitable_m2,
    detail.nb_garages,
    detail.loyer_individuel_m2_eur,
    detail.loyer_collectif_m2_eur,
    subvention.subventions_eur,
    statut.est_engagee,
    statut.est_acompte_demande,
    statut.est_abandonnee
from ensemble
left join detail on ensemble.numero_operation = detail.numero_operation and ensemble.aide = detail.aide
left join subvention on ensemble.numero_operation = subvention.numero_operation and ensemble.aide = subvention.aide
left join {{ ref('typologie_siap') }} as typologie on ensemble.typologie = typologie.typologie
left join {{ ref('nature_siap') }} as nature on coalesce(ensemble.nature_logement, typologie.code_nature) = nature.code
left join {{ ref('statut_siap') }} as statut on ensemble.statut = statut.statut
left join {{ source('referentiel', 'commune_ancienne') }} as ancienne on ensemble.code_commune = ancienne.code_ancien
left join {{ source('referentiel', 'commune') }} as officielle
    on coalesce(ancienne.code_commune, ensemble.code_commune) = officielle.code_commune
left join {{ source('referentiel', 'commune_ancienne') }} as ancienne_adresse
    on ensemble.code_commune_adresse = ancienne_adresse.code_ancien
left join {{ source('referentiel', 'commune') }} as de_l_adresse
    on coalesce(ancienne_adresse.code_commune, ensemble.code_commune_adresse) = de_l_adresse.code_commune

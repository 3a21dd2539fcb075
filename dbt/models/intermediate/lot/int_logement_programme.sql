-- Grain: one programme that has dwelling rows: what they add up to.
with logement as (
    select
        logement.*,
        statut.code as statut_logement,
        -- a row can stand for several dwellings; it stands for one when it does not say
        coalesce(logement.nb_logements, 1) as nombre,
        nullif(
            concat_ws('|', logement.numero_batiment, logement.no_escalier, logement.etage, logement.numero_logement), ''
        ) as designation
    from {{ ref('stg_ecoloweb__logement') }} as logement
    left join {{ ref('stg_ecoloweb__valeur') }} as statut on logement.statut_logement_id = statut.valeur_id
)

select
    programme_id,
    count(*) as nb_lignes,
    sum(nombre) as nb_logements,
    -- sums of what every row gives: a total of some of the rows would be compared with a total of all
    case when count(surface_utile_m2) = count(*) then sum(nombre * surface_utile_m2) end as somme_surface_utile_m2,
    case when count(surface_habitable_m2) = count(*) then sum(nombre * surface_habitable_m2) end as somme_surface_habitable_m2,
    case when count(surface_corrigee_m2) = count(*) then sum(nombre * surface_corrigee_m2) end as somme_surface_corrigee_m2,
    case
        when count(surface_utile_m2) = count(*) then sum(nombre * surface_utile_m2 * coalesce(coefficient, 1))
    end as somme_surface_ponderee_m2,
    max(loyer_eur) as loyer_logement_max_eur,
    count(loyer_eur) as nb_lignes_avec_loyer,
    count(designation) filter (where numero_logement is not null)
    - count(distinct designation) filter (where numero_logement is not null) as nb_designations_doubles,
    coalesce(sum(nombre) filter (where statut_logement in ('AB', 'CH', 'DE', 'VP')), 0) as nb_logements_sortis
from logement
group by all

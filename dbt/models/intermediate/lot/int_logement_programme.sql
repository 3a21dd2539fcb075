-- Grain: one programme that has dwelling rows: what they add up to.
select
    programme_id,
    count(*) as nb_lignes,
    sum(nb_logements) as nb_logements,
    -- sums of what every row gives: a total of some of the rows would be compared with a total of all
    case when count(surface_utile_m2) = count(*) then sum(nb_logements * surface_utile_m2) end as somme_surface_utile_m2,
    case
        when count(surface_habitable_m2) = count(*) then sum(nb_logements * surface_habitable_m2)
    end as somme_surface_habitable_m2,
    case when count(surface_corrigee_m2) = count(*) then sum(nb_logements * surface_corrigee_m2) end as somme_surface_corrigee_m2,
    case
        when count(surface_utile_m2) = count(*) then sum(nb_logements * surface_utile_m2 * coalesce(coefficient, 1))
    end as somme_surface_ponderee_m2,
    max(loyer_eur) as loyer_logement_max_eur,
    count(loyer_eur) as nb_lignes_avec_loyer,
    count(designation) filter (where numero_logement is not null)
    - count(distinct designation) filter (where numero_logement is not null) as nb_designations_doubles,
    coalesce(sum(nb_logements) filter (where statut_logement in ('AB', 'CH', 'DE', 'VP')), 0) as nb_logements_sortis
from {{ ref('int_logement') }}
group by all

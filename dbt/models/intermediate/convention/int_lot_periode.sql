-- Grain: one period that has lots: their sums, and the commune and owner of most dwellings.
with par_commune as (
    select
        periode_id,
        code_commune,
        nom_commune,
        code_departement,
        code_region,
        est_outre_mer,
        sum(coalesce(nb_logements, 0)) as nb_logements
    from {{ ref('int_lot') }}
    where code_commune is not null
    group by all
),

commune as (
    select
        *,
        count(*) over (partition by periode_id) as nb_communes
    from par_commune
    qualify row_number() over (partition by periode_id order by nb_logements desc, code_commune asc) = 1
),

par_bailleur as (
    select
        periode_id,
        proprietaire_id,
        sum(coalesce(nb_logements, 0)) as nb_logements
    from {{ ref('int_lot') }}
    where proprietaire_id is not null
    group by all
),

bailleur as (
    select
        *,
        count(*) over (partition by periode_id) as nb_bailleurs
    from par_bailleur
    qualify row_number() over (partition by periode_id order by nb_logements desc, proprietaire_id asc) = 1
),

total as (
    select
        periode_id,
        count(*) as nb_lots,
        sum(nb_logements) as nb_logements,
        sum(nb_lits) as nb_lits,
        sum(nb_chambres) as nb_chambres,
        sum(nb_stationnements) as nb_stationnements,
        sum(surface_utile_m2) as surface_utile_m2,
        sum(surface_corrigee_m2) as surface_corrigee_m2,
        sum(surface_habitable_m2) as surface_habitable_m2,
        bool_or(est_anah) as est_anah,
        list_sort(list(distinct financement) filter (where financement is not null)) as financements,
        list_sort(list(distinct famille_financement) filter (where famille_financement is not null)) as familles_financement
    from {{ ref('int_lot') }}
    group by all
)

select
    total.*,
    commune.code_commune,
    commune.nom_commune,
    commune.code_departement,
    commune.code_region,
    commune.est_outre_mer,
    coalesce(commune.nb_communes, 0) as nb_communes,
    bailleur.proprietaire_id,
    coalesce(bailleur.nb_bailleurs, 0) as nb_bailleurs
from total
left join commune on total.periode_id = commune.periode_id
left join bailleur on total.periode_id = bailleur.periode_id

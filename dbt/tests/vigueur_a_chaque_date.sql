-- At the reference date the periods of an agreement say what its current state says, and no two are in force on the same day.
{{ config(meta={'dagster': {'ref': {'name': 'fct_convention_version'}}}) }}
with au_jour as (
    select version.convention_id
    from {{ ref('fct_convention_version') }} as version
    cross join {{ source('meta', 'parametre') }} as parametre
    where
        version.date_vigueur_debut <= parametre.date_reference
        and coalesce(version.date_vigueur_fin >= parametre.date_reference, true)
),

courante as (
    select convention_id
    from {{ ref('fct_convention') }}
    where est_en_vigueur
),

suite as (
    select
        convention_id,
        date_vigueur_fin,
        lead(date_vigueur_debut) over (partition by convention_id order by date_vigueur_debut, rang) as debut_suivant
    from {{ ref('fct_convention_version') }}
    where date_vigueur_debut is not null
)

select
    coalesce(au_jour.convention_id, courante.convention_id) as convention_id,
    'à la date de référence' as ecart
from au_jour
full outer join courante on au_jour.convention_id = courante.convention_id
where au_jour.convention_id is null or courante.convention_id is null
union all
select
    convention_id,
    'deux périodes le même jour' as ecart
from suite
where coalesce(date_vigueur_fin >= debut_suivant, debut_suivant is not null)

-- At the reference date the periods say of every agreement what its current state says, and no two of them are in force the same day.
{{ config(meta={'dagster': {'ref': {'name': 'fct_convention_version'}}}) }}
with au_jour as (
    select convention_id
    from {{ ref('fct_convention_version') }}
    cross join {{ source('meta', 'parametre') }} as parametre
    where
        date_vigueur_debut <= parametre.date_reference
        and coalesce(date_vigueur_fin >= parametre.date_reference, true)
),

ecart as (
    select
        convention_id,
        'à la date de référence' as ecart
    from au_jour
    full outer join (select convention_id from {{ ref('fct_convention') }} where est_en_vigueur) as courante using (convention_id)
    where au_jour.convention_id is null or courante.convention_id is null
),

suite as (
    select
        convention_id,
        date_vigueur_fin,
        lead(date_vigueur_debut) over (partition by convention_id order by date_vigueur_debut, rang) as debut_suivant
    from {{ ref('fct_convention_version') }}
    where date_vigueur_debut is not null
)

select *
from ecart
union all
select
    convention_id,
    'deux périodes le même jour' as ecart
from suite
where coalesce(date_vigueur_fin >= debut_suivant, debut_suivant is not null)

-- Grain: one role × one owner or office of APiLos.
with organisme as (
    select
        cle_source,
        bailleur_id
    from {{ ref('int_bailleur_apilos') }}
    where {{ est_organisme() }}
),

role as (
    select
        role.utilisateur_id,
        coalesce(role.typologie, 'non renseigné') as role,
        case
            when organisme.bailleur_id is not null then 'bailleur ' || organisme.bailleur_id
            when administration.administration_id is not null then 'service ' || administration.administration_id
            else 'sans structure'
        end as structure_id,
        utilisateur.derniere_connexion_utc is null as est_jamais_connecte
    from {{ ref('stg_apilos__role') }} as role
    inner join {{ ref('stg_apilos__utilisateur') }} as utilisateur on role.utilisateur_id = utilisateur.utilisateur_id
    left join organisme on role.bailleur_id = organisme.cle_source
    left join {{ ref('int_administration_apilos') }} as administration on role.administration_id = administration.cle_source
),

compte as (
    select
        role,
        structure_id,
        count(distinct utilisateur_id) as nb_comptes,
        count(distinct utilisateur_id) filter (where est_jamais_connecte) as nb_jamais_connectes
    from role
    group by all
)

select
    {{ published_columns() }}
from compte

-- Grain: one role × one owner or office of APiLos.
with organisme as (
    select bailleur_id
    from {{ ref('stg_apilos__bailleur') }}
    where nature_bailleur is not null and nature_bailleur <> 'Bailleurs privés' and not est_identifiant_personnel
),

role as (
    select
        role.utilisateur_id,
        coalesce(role.typologie, 'non renseigné') as role,
        case
            when organisme.bailleur_id is not null then 'apilos:bailleur:' || organisme.bailleur_id
            when role.administration_id is not null then 'apilos:service:' || role.administration_id
            else 'sans structure'
        end as structure_id,
        utilisateur.derniere_connexion_utc is null as est_jamais_connecte
    from {{ ref('stg_apilos__role') }} as role
    inner join {{ ref('stg_apilos__utilisateur') }} as utilisateur on role.utilisateur_id = utilisateur.utilisateur_id
    left join organisme on role.bailleur_id = organisme.bailleur_id
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

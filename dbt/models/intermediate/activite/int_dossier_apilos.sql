-- Grain: one agreement or amendment of APiLos, with whom it is between. An owner who is, or may be, a person is left out.
with organisme as (
    select bailleur_id
    from {{ ref('stg_apilos__bailleur') }}
    where nature_bailleur is not null and nature_bailleur <> 'Bailleurs privés' and not est_identifiant_personnel
)

select
    convention.convention_id,
    convention.est_avenant,
    convention.est_reprise,
    convention.statut,
    convention.creation_utc,
    organisme.bailleur_id,
    programme.administration_id,
    programme.code_departement
from {{ ref('stg_apilos__convention') }} as convention
left join {{ ref('stg_apilos__programme') }} as programme on convention.programme_id = programme.programme_id
left join organisme on programme.bailleur_id = organisme.bailleur_id

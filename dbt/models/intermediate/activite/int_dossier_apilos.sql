-- Grain: one agreement or amendment of APiLos, with whom it is between. An owner who is, or may be, a person is left out.
with organisme as (
    select
        cle_source,
        bailleur_id
    from {{ ref('int_bailleur_apilos') }}
    where {{ est_organisme() }}
)

select
    acte.acte_id,
    acte.acte_public_id as dossier_id,
    acte.est_avenant,
    acte.est_reprise,
    acte.statut,
    acte.creation_utc,
    organisme.bailleur_id,
    operation.administration_id,
    operation.code_departement
from {{ ref('int_apilos_acte') }} as acte
left join {{ ref('stg_apilos__programme') }} as programme on acte.programme_id = programme.programme_id
left join {{ ref('int_apilos_operation') }} as operation on acte.programme_id = operation.operation_id
left join organisme on programme.bailleur_id = organisme.cle_source

-- Grain: one change of status of a file of APiLos.
with passage as (
    select
        dossier.* exclude (convention_id, statut, bailleur_id, administration_id),
        historique.statut,
        historique.statut_precedent,
        historique.date_creation as date_passage,
        historique.creation_utc as passage_utc,
        historique.modification_utc,
        dossier.statut as statut_courant,
        'apilos:' || historique.historique_id as passage_id,
        'apilos:' || historique.convention_id as dossier_id,
        'apilos:' || dossier.bailleur_id as bailleur_id,
        'apilos:' || dossier.administration_id as administration_id,
        case
            when historique.statut = 'INSTRUCTION' and coalesce(historique.statut_precedent in ('PROJET', 'CORRECTION'), true)
                then 'soumission'
            when historique.statut = 'CORRECTION' then 'correction'
            when historique.statut = 'A_SIGNER' then 'validation'
            when historique.statut = 'ANNULEE' then 'annulation'
            when historique.statut = 'PROJET' and historique.statut_precedent = 'ANNULEE' then 'reactivation'
            else 'autre'
        end as type_passage
    from {{ ref('stg_apilos__historique') }} as historique
    left join {{ ref('int_dossier_apilos') }} as dossier on historique.convention_id = dossier.convention_id
    where historique.convention_id is not null
)

select
    {{ published_columns() }}
from passage

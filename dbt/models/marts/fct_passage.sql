-- Grain: one change of status of a file of APiLos.
with passage as (
    select
        dossier.* exclude (acte_id, statut),
        historique.statut,
        historique.statut_precedent,
        historique.date_creation as date_passage,
        historique.creation_utc as passage_utc,
        historique.modification_utc,
        dossier.statut as statut_courant,
        {{ apilos_id_ou_cle('historique', 'historique', 'historique_id') }} as passage_id,
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
    inner join {{ ref('int_dossier_apilos') }} as dossier on historique.convention_id = dossier.acte_id
)

select
    {{ published_columns() }}
from passage

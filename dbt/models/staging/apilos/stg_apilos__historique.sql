-- Grain: one change of status of an agreement or an amendment.
select
    historique.id as historique_id,
    historique.uuid,
    historique.convention_id,
    suivant.statut,
    nullif(trim(historique.statut_convention), '') as statut_source,
    precedent.statut as statut_precedent,
    nullif(trim(historique.statut_convention_precedent), '') as statut_precedent_source,
    {{ texte_apilos('historique.commentaire') }} as commentaire,
    historique.user_id as utilisateur_id,
    {{ jour_de_paris('historique.cree_le') }} as date_creation,
    historique.cree_le as creation_utc,
    {{ jour_de_paris('historique.mis_a_jour_le') }} as date_modification,
    historique.mis_a_jour_le as modification_utc,
    historique._ligne as ligne_source,
    historique._illisible as valeurs_illisibles
from {{ source('apilos', 'conventions_conventionhistory') }} as historique
left join {{ ref('statut_apilos') }} as suivant on trim(historique.statut_convention) = suivant.libelle
left join {{ ref('statut_apilos') }} as precedent on trim(historique.statut_convention_precedent) = precedent.libelle

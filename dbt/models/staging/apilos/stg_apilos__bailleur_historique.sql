-- Grain: one past state of an owner.
select
    history_id as bailleur_historique_id,
    {{ colonnes_bailleur() }},
    {{ jour_de_paris('history_date') }} as date_version,
    history_date as version_utc,
    nullif(trim(history_type), '') as type_version,
    {{ texte_apilos('history_change_reason') }} as motif_version,
    history_user_id as utilisateur_id,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('apilos', 'bailleurs_historicalbailleur') }}

-- Grain: one alert sent to SIAP, or taken back.
select
    id as alerte_id,
    uuid,
    convention_id,
    upper(nullif(trim(operation), '')) as operation,
    upper(nullif(trim(statut), '')) as statut,
    nullif(trim(description), '') as description,
    nullif(trim(destinataires), '') as destinataires,
    nullif(trim(etiquette), '') as etiquette,
    nullif(trim(erreur), '') as erreur,
    {{ jour_de_paris('cree_le') }} as date_creation,
    cree_le as creation_utc,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('apilos', 'conventions_alertesiaplog') }}

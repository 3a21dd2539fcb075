-- Grain: one dwelling of the descriptive statement of a programme.
select
    id as logement_edd_id,
    uuid,
    programme_id,
    {{ texte_apilos('designation') }} as designation,
    upper(nullif(trim(financement), '')) as financement,
    nullif(trim(numero_lot), '') as numero_lot,
    {{ jour_de_paris('cree_le') }} as date_creation,
    cree_le as creation_utc,
    {{ jour_de_paris('mis_a_jour_le') }} as date_modification,
    mis_a_jour_le as modification_utc,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('apilos', 'programmes_logementedd') }}

-- Grain: the parking places of one kind of a lot.
select
    id as stationnement_id,
    uuid,
    lot_id,
    upper(nullif(trim(typologie), '')) as type_stationnement,
    try_cast(nb_stationnements as integer) as nb_stationnements,
    nullif(try_cast(loyer as decimal(14, 6)), 0) as loyer_eur,
    {{ jour_de_paris('cree_le') }} as date_creation,
    cree_le as creation_utc,
    {{ jour_de_paris('mis_a_jour_le') }} as date_modification,
    mis_a_jour_le as modification_utc,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('apilos', 'programmes_typestationnement') }}

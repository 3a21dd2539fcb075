-- Grain: the shared premises of one kind of a lot.
select
    id as locaux_collectifs_id,
    uuid,
    lot_id,
    {{ texte_apilos('type_local') }} as type_local,
    nullif(try_cast(surface_habitable as decimal(14, 2)), 0) as surface_habitable_m2,
    try_cast(nombre as integer) as nb_locaux,
    {{ jour_de_paris('cree_le') }} as date_creation,
    cree_le as creation_utc,
    {{ jour_de_paris('mis_a_jour_le') }} as date_modification,
    mis_a_jour_le as modification_utc,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('apilos', 'programmes_locauxcollectifs') }}

-- Grain: one type of dwelling of a lot, taken over from Ecoloweb.
select
    id as repartition_surface_id,
    uuid,
    lot_id,
    nullif(trim(typologie), '') as typologie,
    upper(nullif(trim(type_habitat), '')) as type_habitat,
    try_cast(quantite as integer) as nb_logements,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('apilos', 'programmes_repartitionsurface') }}

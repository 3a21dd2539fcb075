-- Grain: the garages of one type for one aid of an operation.
select
    upper(trim(numero_operation)) as numero_operation,
    rang_detail_aide as rang_detail,
    rang,
    nullif(trim(type), '') as type_garage,
    try_cast(nb_garages_individuels as integer) as nb_garages_individuels,
    try_cast(nb_garages_collectifs as integer) as nb_garages_collectifs,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('siap', 'detail_garage') }}

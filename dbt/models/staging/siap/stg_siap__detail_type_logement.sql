-- Grain: the dwellings of one type for one aid of an operation.
select
    upper(trim(numero_operation)) as numero_operation,
    rang_detail_aide as rang_detail,
    rang,
    upper(nullif(trim(type_logement), '')) as type_logement,
    try_cast(nb_logements as integer) as nb_logements,
    nullif(try_cast(surface_habitable as decimal(14, 2)), 0) as surface_habitable_m2,
    nullif(try_cast(surface_annexe as decimal(14, 2)), 0) as surface_annexe_m2,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('siap', 'detail_type_logement') }}

-- Grain: the monthly rent of one type of garage.
select
    upper(trim(numero_operation)) as numero_operation,
    rang_detail_aide as rang_detail,
    rang_detail_loyer as rang_loyer,
    rang,
    nullif(trim(type), '') as type_garage,
    nullif(try_cast(loyer as decimal(14, 2)), 0) as loyer_eur,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('siap', 'detail_loyer_garage') }}

-- Grain: the rents of one aid of an operation for one kind of construction, by square metre and month.
select
    upper(trim(numero_operation)) as numero_operation,
    rang_detail_aide as rang_detail,
    rang as rang_loyer,
    lower(nullif(trim(type), '')) as type_construction,
    nullif(try_cast(loyer_zone as decimal(14, 6)), 0) as loyer_zone_m2_eur,
    nullif(try_cast(loyer_base as decimal(14, 6)), 0) as loyer_base_m2_eur,
    nullif(try_cast(loyer_reglementaire as decimal(14, 6)), 0) as loyer_reglementaire_m2_eur,
    nullif(try_cast(loyer_pratique as decimal(14, 6)), 0) as loyer_pratique_m2_eur,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('siap', 'detail_loyer') }}

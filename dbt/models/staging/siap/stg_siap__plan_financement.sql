-- Grain: the financing plan of one aid of an operation.
select
    upper(trim(numero_operation)) as numero_operation,
    rang as rang_plan,
    upper(nullif(trim(code_aide), '')) as aide,
    try_cast(fonds_propres as decimal(16, 2)) as fonds_propres_eur,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('siap', 'plan_financement') }}

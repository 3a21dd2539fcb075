-- Grain: one grant of a plan.
select
    upper(trim(numero_operation)) as numero_operation,
    rang_plan_financement as rang_plan,
    rang,
    nullif(trim(type), '') as type_subvention,
    try_cast(montant as decimal(16, 2)) as montant_eur,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('siap', 'plan_subvention') }}

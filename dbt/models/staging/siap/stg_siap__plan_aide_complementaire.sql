-- Grain: the share of one complementary aid in a plan.
select
    upper(trim(numero_operation)) as numero_operation,
    rang_plan_financement as rang_plan,
    rang,
    id as repartition_id,
    upper(nullif(trim(code_aide_comp), '')) as aide_complementaire,
    upper(nullif(trim(code_aide_principale), '')) as aide,
    try_cast(pourcentage as decimal(10, 4)) as part_pct,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('siap', 'plan_aide_complementaire') }}

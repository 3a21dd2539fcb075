-- Grain: one tax relief of a plan.
select
    upper(trim(numero_operation)) as numero_operation,
    rang_plan_financement as rang_plan,
    rang,
    id as aide_fiscale_id,
    id_type_aide_fiscale as type_aide_fiscale_id,
    try_cast(montant as decimal(16, 2)) as montant_eur,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('siap', 'plan_aide_fiscale') }}

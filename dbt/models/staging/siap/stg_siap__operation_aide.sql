-- Grain: one aid that an operation declares.
select
    upper(trim(numero_operation)) as numero_operation,
    rang,
    upper(nullif(trim(code), '')) as aide,
    nullif(trim(libelle), '') as libelle,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('siap', 'operation_aide') }}

-- Grain: one kind of amendment.
select
    id as type_avenant_id,
    nullif(trim(nom), '') as code,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('apilos', 'conventions_avenanttype') }}

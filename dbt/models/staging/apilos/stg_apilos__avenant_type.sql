-- Grain: one kind of one amendment.
select
    id as avenant_type_id,
    convention_id,
    avenanttype_id as type_avenant_id,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('apilos', 'conventions_convention_avenant_types') }}

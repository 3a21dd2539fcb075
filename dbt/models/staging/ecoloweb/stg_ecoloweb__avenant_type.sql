-- Grain: one type of one amendment.
select
    avenant_id,
    typeavenant_id as type_avenant_id,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('ecoloweb', 'ecolo_avenant_typeavenant') }}

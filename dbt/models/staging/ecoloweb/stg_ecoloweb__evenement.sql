-- Grain: one event of an agreement.
select
    id as evenement_id,
    conventionapl_id as convention_id,
    typeevenement_id as type_evenement_id,
    date,
    nullif(trim(description), '') as description,
    version as no_verrou,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('ecoloweb', 'ecolo_evenement') }}

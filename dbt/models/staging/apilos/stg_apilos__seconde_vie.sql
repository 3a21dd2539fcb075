-- Grain: one agreement of which another is the second life.
select
    id as seconde_vie_id,
    from_convention_id as convention_id,
    to_convention_id as convention_origine_id,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('apilos', 'conventions_convention_parents_2nd_vie') }}

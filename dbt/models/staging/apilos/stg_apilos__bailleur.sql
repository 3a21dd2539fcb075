-- Grain: one owner.
select
    {{ colonnes_bailleur() }},
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('apilos', 'bailleurs_bailleur') }}

-- Grain: one owner absorbed by another.
select
    trim(siren_absorbe) as siren_absorbe,
    trim(siren_absorbant) as siren_absorbant,
    date_fin_validite,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('siap', 'fusion') }}

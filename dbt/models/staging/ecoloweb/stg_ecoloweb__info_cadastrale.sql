-- Grain: one cadastral field of a programme.
select
    id as info_cadastrale_id,
    nullif(trim(section), '') as section,
    nullif(trim(parcelle), '') as parcelle,
    nullif(try_cast(superficie as decimal(16, 2)), 0) as superficie_m2,
    x,
    y,
    programmelogement_id as programme_id,
    version as no_verrou,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('ecoloweb', 'ecolo_infocadastrale') }}

-- Grain: one office's address.
select
    id as adresse_administration_id,
    nullif(trim(codepostal), '') as code_postal,
    nullif(trim(ville), '') as ville,
    version as no_verrou,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('ecoloweb', 'ecolo_entitegestadresse') }}

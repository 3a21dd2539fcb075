-- Grain: one commune code and postal code pair.
select
    id as code_postal_id,
    nullif(trim(codeinsee), '') as code_insee,
    nullif(trim(codepostal), '') as code_postal,
    version as no_verrou,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('ecoloweb', 'ecolo_codepostal') }}

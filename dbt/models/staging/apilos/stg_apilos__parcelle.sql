-- Grain: one cadastral parcel of a programme.
select
    id as parcelle_id,
    uuid,
    programme_id,
    upper(nullif(trim(section), '')) as section,
    -- four digits; a longer number is kept whole rather than cut
    case when numero < 10000 then lpad(nullif(numero, 0)::varchar, 4, '0') else numero::varchar end as numero,
    {{ texte_apilos('lieudit') }} as lieu_dit,
    {{ superficie_cadastrale('surface') }} as superficie_m2,
    nullif(trim(surface), '') as superficie_source,
    nullif(trim(autre), '') as precision_libre,
    {{ jour_de_paris('cree_le') }} as date_creation,
    cree_le as creation_utc,
    {{ jour_de_paris('mis_a_jour_le') }} as date_modification,
    mis_a_jour_le as modification_utc,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('apilos', 'programmes_referencecadastrale') }}

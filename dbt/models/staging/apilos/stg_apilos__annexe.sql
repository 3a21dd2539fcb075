-- Grain: one annex of a dwelling.
select
    id as annexe_id,
    uuid,
    logement_id,
    upper(nullif(trim(typologie), '')) as type_annexe,
    nullif(try_cast(surface_hors_surface_retenue as decimal(14, 2)), 0) as surface_m2,
    nullif(try_cast(loyer_par_metre_carre as decimal(14, 6)), 0) as loyer_m2_eur,
    nullif(try_cast(loyer as decimal(14, 6)), 0) as loyer_eur,
    {{ jour_de_paris('cree_le') }} as date_creation,
    cree_le as creation_utc,
    {{ jour_de_paris('mis_a_jour_le') }} as date_modification,
    mis_a_jour_le as modification_utc,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('apilos', 'programmes_annexe') }}

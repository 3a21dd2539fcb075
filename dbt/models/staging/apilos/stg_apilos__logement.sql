-- Grain: one dwelling row of a lot.
select
    id as logement_id,
    uuid,
    lot_id,
    {{ texte_apilos('designation') }} as designation,
    nullif(trim(typologie), '') as typologie,
    nullif(try_cast(surface_habitable as decimal(14, 2)), 0) as surface_habitable_m2,
    nullif(try_cast(surface_corrigee as decimal(14, 2)), 0) as surface_corrigee_m2,
    nullif(try_cast(surface_annexes as decimal(14, 2)), 0) as surface_annexe_m2,
    nullif(try_cast(surface_annexes_retenue as decimal(14, 2)), 0) as surface_annexe_retenue_m2,
    nullif(try_cast(surface_utile as decimal(14, 2)), 0) as surface_utile_m2,
    nullif(try_cast(loyer_par_metre_carre as decimal(14, 6)), 0) as loyer_m2_eur,
    nullif(try_cast(coeficient as decimal(12, 4)), 0) as coefficient,
    nullif(try_cast(loyer as decimal(14, 6)), 0) as loyer_eur,
    try_cast(import_order as integer) as ordre,
    {{ jour_de_paris('cree_le') }} as date_creation,
    cree_le as creation_utc,
    {{ jour_de_paris('mis_a_jour_le') }} as date_modification,
    mis_a_jour_le as modification_utc,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('apilos', 'programmes_logement') }}

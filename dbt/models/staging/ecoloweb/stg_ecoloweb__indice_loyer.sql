-- Grain: one year of rent index.
select
    id as indice_loyer_id,
    annee_id,
    nullif(irl1evol::decimal(14, 6), 0) as irl_1_evol,
    nullif(irl2evol::decimal(14, 6), 0) as irl_2_evol,
    nullif(iccaugmentation::decimal(14, 6), 0) as icc_augmentation,
    version as no_verrou,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('ecoloweb', 'ecolo_indiceloyer') }}

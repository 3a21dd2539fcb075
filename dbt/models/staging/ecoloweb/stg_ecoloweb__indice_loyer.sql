-- Grain: one year of rent index.
select
    id as indice_loyer_id,
    annee_id,
    irl1evol::decimal(14, 6) as irl_1_evol,
    irl2evol::decimal(14, 6) as irl_2_evol,
    iccaugmentation::decimal(14, 6) as icc_augmentation,
    version as no_verrou,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('ecoloweb', 'ecolo_indiceloyer') }}

-- Grain: one year of rent index.
select
    id as indice_loyer_id,
    annee_id,
    try_cast(irl1evol as decimal(14, 6)) as irl_1_evol,
    try_cast(irl2evol as decimal(14, 6)) as irl_2_evol,
    try_cast(iccaugmentation as decimal(14, 6)) as icc_augmentation,
    version as no_verrou,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('ecoloweb', 'ecolo_indiceloyer') }}

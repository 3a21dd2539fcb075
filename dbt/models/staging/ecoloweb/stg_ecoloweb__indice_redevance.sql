-- Grain: one year of fee index for one kind of dwelling.
select
    id as indice_redevance_id,
    annee_id,
    naturelogement_id as nature_logement_id,
    try_cast(indicevariation as decimal(14, 6)) as indice_variation,
    version as no_verrou,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('ecoloweb', 'ecolo_indiceredevance') }}

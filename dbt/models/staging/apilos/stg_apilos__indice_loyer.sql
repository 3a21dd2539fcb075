-- Grain: one yearly change of rents or fees.
select
    id as indice_loyer_id,
    uuid,
    is_loyer as est_loyer,
    try_cast(annee as integer) as annee,
    date_debut,
    date_fin,
    upper(nullif(trim(nature_logement), '')) as nature_logement,
    try_cast(evolution as decimal(10, 4)) as evolution_pct,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('apilos', 'programmes_indiceevolutionloyer') }}

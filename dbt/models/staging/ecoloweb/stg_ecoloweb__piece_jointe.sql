-- Grain: one attachment.
select
    id as piece_jointe_id,
    nullif(trim(fichier), '') as fichier,
    nullif(trim(description), '') as description,
    date,
    conventionapl_id as convention_id,
    typepiecejointe_id as type_piece_jointe_id,
    entitegest_id as administration_id,
    version as no_verrou,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('ecoloweb', 'ecolo_piecejointe') }}

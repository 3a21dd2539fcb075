-- Grain: one attachment.
select
    id as piece_jointe_id,
    uuid,
    convention_id,
    upper(nullif(trim(type), '')) as type_piece_jointe,
    nullif(trim(fichier), '') as fichier,
    nullif(trim(nom_reel), '') as nom_fichier,
    {{ texte_apilos('description') }} as description,
    {{ jour_de_paris('cree_le') }} as date,
    cree_le as creation_utc,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('apilos', 'conventions_piecejointe') }}

-- Grain: one attachment of an agreement; a type that no list of ours knows keeps the code of the source, or its id there.
select
    {{ ecoloweb_id('piece.piece_jointe_id') }} as piece_jointe_id,
    {{ ecoloweb_id('piece.convention_id') }} as convention_id,
    piece.fichier,
    piece.description,
    piece.date,
    valeur.libelle as type_libelle,
    coalesce(vocabulaire.type_piece_jointe, valeur.code, 'id ' || piece.type_piece_jointe_id) as type
from {{ ref('stg_ecoloweb__piece_jointe') }} as piece
left join {{ ref('stg_ecoloweb__valeur') }} as valeur on piece.type_piece_jointe_id = valeur.valeur_id
left join {{ ref('type_piece_jointe') }} as vocabulaire on valeur.code = vocabulaire.code

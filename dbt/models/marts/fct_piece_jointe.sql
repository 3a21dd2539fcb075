-- Grain: one attachment, never copied to each period.
with piece as (
    select
        piece.fichier,
        piece.description,
        piece.date,
        valeur.libelle as type_libelle,
        {{ ecoloweb_id('piece.piece_jointe_id') }} as piece_jointe_id,
        {{ ecoloweb_id('convention.convention_id') }} as convention_id,
        coalesce(vocabulaire.type_piece_jointe, valeur.code, 'id ' || piece.type_piece_jointe_id) as type
    from {{ ref('stg_ecoloweb__piece_jointe') }} as piece
    left join {{ ref('stg_ecoloweb__convention') }} as convention on piece.convention_id = convention.convention_id
    left join {{ ref('stg_ecoloweb__valeur') }} as valeur on piece.type_piece_jointe_id = valeur.valeur_id
    left join {{ ref('type_piece_jointe') }} as vocabulaire on valeur.code = vocabulaire.code
)

select
    {{ published_columns() }}
from piece

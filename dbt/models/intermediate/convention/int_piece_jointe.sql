-- Grain: one attachment of an agreement; a type that no list of ours knows keeps the code of the source, or its id there.
with apilos as (
    select
        {{ apilos_id_ou_cle('piece', 'piece', 'piece_jointe_id') }} as piece_jointe_id,
        acte.convention_id,
        coalesce(piece.nom_fichier, piece.fichier) as fichier,
        piece.description,
        piece.date,
        piece.type_piece_jointe as type
    from {{ ref('stg_apilos__piece_jointe') }} as piece
    inner join {{ ref('int_apilos_acte') }} as acte on piece.convention_id = acte.acte_id and acte.est_apport
    union all by name
    -- an agreement born in APiLos keeps its signed document apart from the attachments
    select
        acte_public_id || ':signee' as piece_jointe_id,
        convention_id,
        date_signature as date,
        case when est_avenant then 'AVENANT' else 'CONVENTION' end as type
    from {{ ref('int_apilos_acte') }}
    where est_apport and est_fichier_signe_present
)

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
union all by name
select * from apilos

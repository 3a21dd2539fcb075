-- Grain: one annex row of a programme.
select
    id as annexe_id,
    try_cast(nombre as integer) as nb_annexes,
    nullif(try_cast(prixunitaire as decimal(14, 6)), 0) as prix_unitaire_eur,
    nullif(try_cast(montantloyerinitial as decimal(14, 6)), 0) as loyer_initial_eur,
    nullif(try_cast(montantloyeractualise as decimal(14, 6)), 0) as loyer_actualise_eur,
    typeannexe_id as type_annexe_id,
    programmelogement_id as programme_id,
    datecreation as date_creation,
    version as no_verrou,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('ecoloweb', 'ecolo_annexe') }}

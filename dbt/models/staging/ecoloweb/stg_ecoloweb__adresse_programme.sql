-- Grain: one address of a programme.
select
    id as adresse_programme_id,
    nullif(trim(ligne1), '') as ligne_1,
    nullif(trim(ligne2), '') as ligne_2,
    nullif(trim(ligne3), '') as ligne_3,
    nullif(trim(ligne4), '') as ligne_4,
    nullif(trim(codepostal), '') as code_postal,
    nullif(trim(ville), '') as ville,
    datecreation as date_creation,
    programmelogement_id as programme_id,
    version as no_verrou,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('ecoloweb', 'ecolo_programmeadresse') }}

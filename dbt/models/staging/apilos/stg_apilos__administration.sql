-- Grain: one instructing office.
select
    id as administration_id,
    uuid,
    nullif(trim(code), '') as code,
    nullif(trim(nom), '') as nom,
    nullif(trim(code_dans_galion), '') as code_galion,
    nullif(trim(ville_signature), '') as ville_signature,
    nullif(trim(adresse), '') as adresse,
    nullif(trim(code_postal), '') as code_postal,
    nullif(trim(ville), '') as ville,
    try_cast(nb_convention_exemplaires as integer) as nb_exemplaires,
    nullif(trim(prefix_convention), '') as modele_numero,
    signataire_bloc_signature is not null as est_bloc_signature_renseigne,
    {{ jour_de_paris('cree_le') }} as date_creation,
    cree_le as creation_utc,
    {{ jour_de_paris('mis_a_jour_le') }} as date_modification,
    mis_a_jour_le as modification_utc,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('apilos', 'instructeurs_administration') }}

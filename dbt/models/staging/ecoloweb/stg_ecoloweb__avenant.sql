-- Grain: one amendment.
select
    id as avenant_id,
    try_cast(numero as integer) as numero,
    datedepot as date_depot,
    datesignatureprefet as date_signature_prefet,
    dateenregistrement as date_enregistrement,
    datepublication as date_publication,
    dateannulation as date_annulation,
    nullif(trim(description), '') as description,
    nullif(trim(referencepublication), '') as reference_publication,
    estreglementaire as est_reglementaire,
    estencours as est_en_cours,
    conventionapl_id as convention_id,
    entitegest_id as administration_id,
    version as no_verrou,
    nouvelledateexpiration as date_expiration_nouvelle,
    conventiondonneesgenerales_id as periode_id,
    bureauenregistrement_id as bureau_enregistrement_id,
    conventionprecedente_id as periode_precedente_id,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('ecoloweb', 'ecolo_avenant') }}

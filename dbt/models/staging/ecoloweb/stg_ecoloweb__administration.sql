-- Grain: one managing office.
select
    id as administration_id,
    nullif(trim(code), '') as code,
    nullif(trim(nom), '') as nom,
    isetat as est_etat,
    nullif(trim(autorite), '') as autorite,
    isactive as est_active,
    nullif(trim(typeedition), '') as type_edition,
    adresse_id,
    typeentitegest_id as type_administration_id,
    version as no_verrou,
    nullif(trim(nomcourt), '') as nom_court,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('ecoloweb', 'ecolo_entitegest') }}

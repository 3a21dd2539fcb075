-- Grain: one operation of the list that SIAP gives to a clearance.
select
    upper(trim(numero_operation)) as numero_operation,
    nullif(trim(aides), '') as aides,
    nullif(trim(adresse_complete_adresse), '') as adresse,
    nullif(trim(adresse_complete_code_postal), '') as code_postal,
    nullif(trim(adresse_complete_commune), '') as nom_commune,
    nullif(trim(adresse_complete_code_insee_commune), '') as code_commune,
    nullif(trim(adresse_complete_code_postal_commune), '') as code_postal_et_commune,
    reponse,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('siap', 'operation_annoncee') }}

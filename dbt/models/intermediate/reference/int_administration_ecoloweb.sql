-- Grain: one managing office of Ecoloweb, with the département read from its code.
select
    {{ ecoloweb_id('source.administration_id') }} as administration_id,
    'ecoloweb' as source,
    source.code,
    source.nom,
    source.nom_court,
    type_administration.code as type_administration,
    departement.code_departement,
    source.est_etat,
    source.est_active
from {{ ref('stg_ecoloweb__administration') }} as source
left join {{ ref('stg_ecoloweb__valeur') }} as type_administration
    on source.type_administration_id = type_administration.valeur_id
left join {{ source('referentiel', 'departement') }} as departement
    on {{ departement_du_service('source.code') }} = departement.code_departement

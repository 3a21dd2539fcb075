-- Grain: one office of APiLos, under the identifier of the office of Ecoloweb that has its code, when there is one.
with ecoloweb as (
    select
        code,
        min(administration_id) as administration_id
    from {{ ref('int_administration_ecoloweb') }}
    where code is not null
    group by all
)

select
    coalesce(ecoloweb.administration_id, {{ apilos_id('coalesce(administration.uuid, administration.code)') }})
        as administration_id,
    'apilos' as source,
    administration.administration_id as cle_source,
    ecoloweb.administration_id is not null as est_connue_d_ecoloweb,
    administration.code,
    administration.nom,
    departement.code_departement,
    starts_with(upper(administration.code), 'D') as est_etat,
    true as est_active
from {{ ref('stg_apilos__administration') }} as administration
left join ecoloweb on administration.code = ecoloweb.code
left join {{ source('referentiel', 'departement') }} as departement
    on {{ departement_du_service('administration.code') }} = departement.code_departement

-- Grain: one managing office, with the département read from its code.
with lue as (
    select
        *,
        -- DD033, DD02A, DD971 for the State; CG029 for a département council; 13055 for an EPCI named after its seat
        case
            when regexp_full_match(code, '[A-Z]{2}0(\d{2}|2[AB])') then substr(code, 4, 2)
            when regexp_full_match(code, '[A-Z]{2}9[78]\d') then substr(code, 3, 3)
            when regexp_full_match(code, '9[78]\d{3}') then substr(code, 1, 3)
            when regexp_full_match(code, '(\d{2}|2[AB])\d{3}') then substr(code, 1, 2)
        end as departement_lu
    from {{ ref('stg_ecoloweb__administration') }}
)

select
    {{ ecoloweb_id('lue.administration_id') }} as administration_id,
    'ecoloweb' as source,
    lue.code,
    lue.nom,
    lue.nom_court,
    type_administration.code as type_administration,
    departement.code_departement,
    lue.est_etat,
    lue.est_active
from lue
left join {{ ref('stg_ecoloweb__valeur') }} as type_administration
    on lue.type_administration_id = type_administration.valeur_id
left join {{ source('referentiel', 'departement') }} as departement
    on lue.departement_lu = departement.code_departement

-- Grain: one agreement in force with dwellings that another one holds too: same address, building, stairs, floor and number.
with adresse as (
    select
        {{ ecoloweb_id('logement.programme_id') }} as programme_id,
        logement.numero_batiment,
        logement.no_escalier,
        logement.etage,
        logement.numero_logement,
        coalesce(
            nullif(
                concat_ws(' ', propre.ligne_1, propre.ligne_2, propre.ligne_3, propre.ligne_4, propre.code_postal, propre.ville), ''
            ),
            programme.adresse
        ) as adresse
    from {{ ref('stg_ecoloweb__logement') }} as logement
    left join {{ ref('stg_ecoloweb__adresse_logement') }} as propre on logement.adresse_id = propre.adresse_logement_id
    left join {{ ref('int_adresse_programme') }} as programme on {{ ecoloweb_id('logement.programme_id') }} = programme.programme_id
    -- a dwelling is told from the others by its number and its floor, or by an address of its own
    where logement.numero_logement is not null and (logement.etage is not null or propre.adresse_logement_id is not null)
),

logement as (
    select distinct
        convention.convention_id,
        concat_ws(
            '|',
            lot.code_commune,
            {{ mots('adresse.adresse') }},
            coalesce(adresse.numero_batiment, ''),
            coalesce(adresse.no_escalier, ''),
            coalesce(adresse.etage, ''),
            upper(adresse.numero_logement)
        ) as cle
    from {{ ref('int_convention') }} as convention
    inner join {{ ref('int_lot') }} as lot on convention.periode_id = lot.periode_id
    inner join adresse on lot.programme_id = adresse.programme_id
    where convention.est_en_vigueur and lot.code_commune is not null and adresse.adresse is not null
),

{{ conventions_qui_partagent('logement') }}

select
    convention_id,
    nb_cles as nb_logements_partages,
    nb_autres as nb_conventions_memes_logements,
    autres as conventions_memes_logements
from partage

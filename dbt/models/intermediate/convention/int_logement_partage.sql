-- Grain: one agreement in force with dwellings that another one holds too: same address, building, stairs, floor and number.
-- An address is read once a programme, not once a dwelling.
with lieu as (
    select
        convention.convention_id,
        lot.programme_id,
        lot.code_commune,
        {{ mots('programme.adresse') }} as adresse
    from {{ ref('int_convention') }} as convention
    inner join {{ ref('int_lot') }} as lot on convention.periode_id = lot.periode_id
    left join {{ ref('int_adresse_programme') }} as programme on lot.programme_id = programme.programme_id
    where convention.est_en_vigueur and lot.code_commune is not null
),

propre as (
    select
        adresse_logement_id,
        {{ mots("nullif(concat_ws(' ', ligne_1, ligne_2, ligne_3, ligne_4, code_postal, ville), '')") }} as adresse
    from {{ ref('stg_ecoloweb__adresse_logement') }}
),

logement as (
    select distinct
        lieu.convention_id,
        concat_ws(
            '|',
            lieu.code_commune,
            coalesce(propre.adresse, lieu.adresse),
            coalesce(logement.numero_batiment, ''),
            coalesce(logement.no_escalier, ''),
            coalesce(logement.etage, ''),
            upper(logement.numero_logement)
        ) as cle
    from {{ ref('stg_ecoloweb__logement') }} as logement
    inner join lieu on {{ ecoloweb_id('logement.programme_id') }} = lieu.programme_id
    left join propre on logement.adresse_id = propre.adresse_logement_id
    -- a dwelling is told from the others by its number and its floor, or by an address of its own
    where
        logement.numero_logement is not null
        and (logement.etage is not null or propre.adresse_logement_id is not null)
        and coalesce(propre.adresse, lieu.adresse) is not null
),

{{ conventions_qui_partagent('logement') }}

select
    convention_id,
    nb_cles as nb_logements_partages,
    nb_autres as nb_conventions_memes_logements,
    autres as conventions_memes_logements
from partage

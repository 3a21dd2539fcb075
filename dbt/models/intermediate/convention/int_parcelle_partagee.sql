-- Grain: one agreement in force that shares a parcel and a financing family with another one in force.
with parcelle as (
    select distinct
        convention.convention_id,
        concat_ws(
            '|', lot.famille_financement, lot.code_commune, parcelle.prefixe, parcelle.section, parcelle.numero
        ) as cle
    from {{ ref('int_convention') }} as convention
    inner join {{ ref('int_lot') }} as lot on convention.periode_id = lot.periode_id
    inner join {{ ref('int_parcelle') }} as parcelle on lot.programme_id = parcelle.programme_id
    where
        convention.est_en_vigueur
        -- private owners of one building have an ANAH agreement each, on the same parcel
        and not convention.est_anah
        and lot.famille_financement is not null
        and lot.code_commune is not null
        and parcelle.section is not null
        and parcelle.numero is not null
),

{{ conventions_qui_partagent('parcelle') }}

select
    convention_id,
    nb_autres as nb_conventions_memes_parcelles,
    autres as conventions_memes_parcelles
from partage

-- Grain: one programme that has an address: all of them, and its postal code.
with ligne as (
    select
        {{ ecoloweb_id('programme_id') }} as programme_id,
        adresse_programme_id,
        code_postal,
        ville,
        -- an empty line never empties the address
        array_to_string(
            list_filter(
                [ligne_1, ligne_2, ligne_3, ligne_4, nullif(concat_ws(' ', code_postal, ville), '')],
                lambda texte: texte is not null
            ),
            ', '
        ) as adresse
    from {{ ref('stg_ecoloweb__adresse_programme') }}
),

distincte as (
    select
        programme_id,
        adresse,
        min(adresse_programme_id) as premiere_id,
        arg_min(code_postal, adresse_programme_id) as code_postal,
        arg_min_null(ville, adresse_programme_id) filter (where code_postal is not null) as ville
    from ligne
    where adresse <> ''
    group by all
)

select
    programme_id,
    count(*) as nb_adresses,
    string_agg(adresse, chr(10) order by premiere_id) as adresse,
    -- those of the first address that gives a postal code
    arg_min(code_postal, premiere_id) as code_postal,
    arg_min_null(ville, premiere_id) filter (where code_postal is not null) as ville
from distincte
group by all

-- Grain: one cadastral parcel of a current lot.
with champ as (
    select
        cadastre.info_cadastrale_id,
        cadastre.programme_id,
        cadastre.parcelle,
        cadastre.superficie_m2,
        -- a field can hold several parcels; a prefix is told only when the whole reference is typed in
        nullif(regexp_extract(cadastre.parcelle, '^(\d{3}) ?[A-Z]{1,2} ?\d{1,4}$', 1), '') as prefixe,
        coalesce(cadastre.section, nullif(regexp_extract(cadastre.parcelle, '^\d{3} ?([A-Z]{1,2}) ?\d{1,4}$', 1), '')) as section,
        case
            when regexp_full_match(cadastre.parcelle, '\d{3} ?[A-Z]{1,2} ?\d{1,4}') then [regexp_extract(cadastre.parcelle, '\d+$')]
            else list_filter(string_split_regex(cadastre.parcelle, '\D+'), lambda numero : numero <> '')
        end as numeros
    from {{ ref('stg_ecoloweb__info_cadastrale') }} as cadastre
),

parcelle as (
    select
        champ.* exclude (numeros),
        len(champ.numeros) as nb_parcelles,
        unnest(range(1, greatest(len(champ.numeros), 1) + 1)) as rang,
        champ.numeros
    from champ
),

publiee as (
    select
        parcelle.section,
        parcelle.prefixe,
        parcelle.parcelle as numero_source,
        lot.lot_id,
        lot.convention_id,
        lot.code_commune,
        parcelle.superficie_m2 as superficie_champ_m2,
        concat({{ ecoloweb_id('parcelle.info_cadastrale_id') }}, ':', parcelle.rang) as parcelle_id,
        -- four digits; a longer number is kept whole rather than cut
        case
            when length(parcelle.numeros[parcelle.rang]) < 4 then lpad(parcelle.numeros[parcelle.rang], 4, '0')
            else parcelle.numeros[parcelle.rang]
        end as numero,
        case when parcelle.nb_parcelles <= 1 then parcelle.superficie_m2 end as superficie_m2
    from parcelle
    inner join {{ ref('int_lot_publie') }} as lot on parcelle.programme_id = lot.programme_id and lot.est_courante
)

select
    {{ published_columns() }}
from publiee

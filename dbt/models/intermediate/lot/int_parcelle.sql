-- Grain: one cadastral parcel of a programme: each number of a cadastral field.
with champ as (
    select
        {{ ecoloweb_id('info_cadastrale_id') }} as info_cadastrale_id,
        {{ ecoloweb_id('programme_id') }} as programme_id,
        parcelle,
        superficie_m2,
        -- a field can hold several parcels; a prefix is told only when the whole reference is typed in
        nullif(regexp_extract(parcelle, '^(\d{3}) ?[A-Z]{1,2} ?\d{1,4}$', 1), '') as prefixe,
        coalesce(section, nullif(regexp_extract(parcelle, '^\d{3} ?([A-Z]{1,2}) ?\d{1,4}$', 1), '')) as section,
        case
            when regexp_full_match(parcelle, '\d{3} ?[A-Z]{1,2} ?\d{1,4}')
                then [regexp_extract(parcelle, '\d+$')]
            else list_filter(string_split_regex(parcelle, '\D+'), lambda texte: texte <> '')
        end as numeros
    from {{ ref('stg_ecoloweb__info_cadastrale') }}
),

parcelle as (
    select
        *,
        len(numeros) as nb_parcelles,
        unnest(range(1, greatest(len(numeros), 1) + 1)) as rang
    from champ
),

ecoloweb as (
    select
        info_cadastrale_id,
        programme_id,
        section,
        prefixe,
        rang,
        parcelle as numero_source,
        superficie_m2 as superficie_champ_m2,
        -- four digits; a longer number is kept whole rather than cut
        case when length(numeros[rang]) < 4 then lpad(numeros[rang], 4, '0') else numeros[rang] end as numero,
        case when nb_parcelles <= 1 then superficie_m2 end as superficie_m2
    from parcelle
),

-- the parcels of a programme are said once, with the first of its lots
apilos as (
    select
        {{ apilos_id_ou_cle('parcelle', 'parcelle', 'parcelle_id') }} as info_cadastrale_id,
        lot.lot_public_id as programme_id,
        parcelle.section,
        null as prefixe,
        1 as rang,
        parcelle.numero as numero_source,
        parcelle.superficie_m2 as superficie_champ_m2,
        parcelle.numero,
        parcelle.superficie_m2
    from {{ ref('stg_apilos__parcelle') }} as parcelle
    inner join {{ ref('int_apilos_lot') }} as lot on parcelle.programme_id = lot.operation_id and lot.est_premier
    where lot.est_apport
)

select * from ecoloweb
union all by name
select * from apilos

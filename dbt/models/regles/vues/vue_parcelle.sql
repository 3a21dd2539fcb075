-- Grain: one cadastral field of a current lot, as rules may read it.
with champ as (
    select
        {{ ecoloweb_id('info_cadastrale_id') }} as objet_id,
        {{ ecoloweb_id('programme_id') }} as lot_id,
        'ecolo_infocadastrale' as table_source,
        section,
        parcelle as parcelle_saisie,
        superficie_m2
    from {{ ref('stg_ecoloweb__info_cadastrale') }}
    union all
    select
        info_cadastrale_id as objet_id,
        programme_id as lot_id,
        'programmes_referencecadastrale' as table_source,
        section,
        numero_source as parcelle_saisie,
        superficie_champ_m2 as superficie_m2
    from {{ ref('int_parcelle') }}
    where info_cadastrale_id like 'apilos:%'
),

parcelle as (
    select
        lot.* exclude (objet_id, table_source),
        champ.*
    from champ
    inner join {{ ref('vue_lot') }} as lot on champ.lot_id = lot.objet_id
)

select
    {{ published_columns() }}
from parcelle

-- Grain: one cadastral field of a current lot, as rules may read it.
with parcelle as (
    select
        lot.* exclude (objet_id, table_source),
        lot.objet_id as lot_id,
        'ecolo_infocadastrale' as table_source,
        champ.section,
        champ.parcelle as parcelle_saisie,
        champ.superficie_m2,
        {{ ecoloweb_id('champ.info_cadastrale_id') }} as objet_id
    from {{ ref('stg_ecoloweb__info_cadastrale') }} as champ
    inner join {{ ref('vue_lot') }} as lot on {{ ecoloweb_id('champ.programme_id') }} = lot.objet_id
)

select
    {{ published_columns() }}
from parcelle

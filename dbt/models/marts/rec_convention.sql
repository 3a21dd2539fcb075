-- Grain: one agreement received from a source, and what became of it.
with lue as (
    select
        source,
        cle_source,
        'publiee' as destin,
        1 as nb_lignes,
        case
            when nb_versions = 0 then 'sans période'
            when nb_lots is null then 'sans programme dans la période courante'
        end as motif,
        convention_id
    from {{ ref('int_convention') }}
),

refusee as (
    select
        source,
        coalesce(cle, 'ligne ' || ligne) as cle_source,
        'quarantaine' as destin,
        count(*) as nb_lignes,
        string_agg(distinct motif, ' ; ' order by motif) as motif,
        null as convention_id
    from {{ source('meta', 'quarantaine') }}
    where source = 'ecoloweb' and table_source = 'ecolo_conventionapl'
    group by all
),

rec as (
    select * from lue
    union all by name
    select * from refusee
)

select
    {{ published_columns() }}
from rec

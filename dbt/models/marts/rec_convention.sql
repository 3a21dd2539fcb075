-- Grain: one agreement received from a source, and what became of it.
with ecoloweb as (
    select
        'ecoloweb' as source,
        recue.cle_source,
        'publiee' as destin,
        1 as nb_lignes,
        case
            when convention.nb_versions = 0 then 'sans période'
            when convention.nb_lots is null then 'sans programme dans la période courante'
        end as motif,
        recue.convention_id
    from {{ ref('int_convention_recue') }} as recue
    left join {{ ref('int_convention') }} as convention on recue.convention_id = convention.convention_id
    where recue.source = 'ecoloweb'
),

-- an amendment is not an agreement, unless it has lost its own
apilos as (
    select
        'apilos' as source,
        acte.uuid as cle_source,
        'publiee' as destin,
        1 as nb_lignes,
        case
            when acte.convention_id <> acte.acte_public_id then 'regroupée avec ' || acte.convention_id
            when convention.nb_lots is null then 'sans programme dans la période courante'
        end as motif,
        acte.convention_id
    from {{ ref('int_apilos_acte') }} as acte
    left join {{ ref('int_convention') }} as convention on acte.convention_id = convention.convention_id
    where acte.parent_id is null
),

lue as (
    select * from ecoloweb
    union all by name
    select * from apilos
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
    where
        source = 'ecoloweb' and table_source = 'ecolo_conventionapl'
        or source = 'apilos' and table_source = 'conventions_convention'
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

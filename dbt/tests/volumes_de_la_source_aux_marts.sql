-- Grain: one table of a source that lost or gained rows, between the landing and staging or between staging and the marts.
{{ config(meta={"dagster": {"ref": {"name": "rec_table"}}}) }}

with publie as (
    select
        'ecolo_conventionapl' as table_source,
        count(*) as nb_apres
    from {{ ref('fct_convention') }} as convention
    -- APiLos alone may know an agreement by the key that it had in Ecoloweb
    semi join {{ ref('stg_ecoloweb__convention') }} as source
        on convention.convention_id = {{ ecoloweb_id('source.convention_id') }}
    union all
    select
        'ecolo_conventiondonneesgenerales' as table_source,
        count(*) as nb_apres
    from {{ ref('fct_convention_version') }}
    where version_id like 'ecoloweb:%'
    union all
    select
        'ecolo_avenant' as table_source,
        count(*) as nb_apres
    from {{ ref('fct_avenant') }}
    where avenant_id like 'ecoloweb:%'
    union all
    select
        'ecolo_programmelogement' as table_source,
        count(*) as nb_apres
    from {{ ref('fct_lot_version') }}
    where lot_id like 'ecoloweb:%' and version_id like 'ecoloweb:%'
    union all
    -- every agreement and every amendment of APiLos leads to an agreement; an orphan is published on its own
    select
        'conventions_convention' as table_source,
        (select count(*) from {{ ref('dim_convention_alias') }} where source = 'apilos')
        + (select count(*) from {{ ref('fct_avenant') }} where convention_id is null and avenant_id like 'apilos:%') as nb_apres
),

-- a row that hangs on nothing is published too, but a programme: a lot is a lot of an agreement
lu as (
    select
        'ecolo_conventionapl' as table_source,
        count(*) as nb_avant
    from {{ ref('stg_ecoloweb__convention') }}
    union all
    select
        'ecolo_conventiondonneesgenerales' as table_source,
        count(*) as nb_avant
    from {{ ref('stg_ecoloweb__periode') }}
    union all
    select
        'ecolo_avenant' as table_source,
        count(*) as nb_avant
    from {{ ref('stg_ecoloweb__avenant') }}
    union all
    select
        'ecolo_programmelogement' as table_source,
        count(*) as nb_avant
    from {{ ref('stg_ecoloweb__programme') }} as programme
    inner join {{ ref('stg_ecoloweb__periode') }} as periode on programme.periode_id = periode.periode_id
    inner join {{ ref('stg_ecoloweb__convention') }} as convention on periode.convention_id = convention.convention_id
    union all
    select
        'conventions_convention' as table_source,
        count(*) as nb_avant
    from {{ ref('stg_apilos__convention') }}
),

volume as (
    select
        source,
        table_source,
        nb_poses as nb_avant,
        nb_staging as nb_apres
    from {{ ref('rec_table') }}
    union all
    select
        case when lu.table_source like 'ecolo_%' then 'ecoloweb' else 'apilos' end as source,
        lu.table_source,
        lu.nb_avant,
        publie.nb_apres
    from lu
    left join publie on lu.table_source = publie.table_source
)

select *
from volume
where nb_avant <> nb_apres

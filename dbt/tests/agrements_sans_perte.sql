-- Every row of SISAL and every operation of SIAP is in an agrément, and every detail of SIAP in the agrément of its aid.
{{ config(meta={'dagster': {'ref': {'name': 'int_agrement'}}}) }}
with compte as (
    select
        'sisal' as source,
        (select count(*) from {{ ref('stg_sisal__agrement') }}) as nb_recues,
        coalesce(sum(nb_lignes_source), 0) as nb_reprises
    from {{ ref('int_agrement') }}
    where source = 'sisal'
    union all
    select
        'siap' as source,
        (select count(*) from {{ ref('stg_siap__operation') }}) as nb_recues,
        count(distinct numero_operation) as nb_reprises
    from {{ ref('int_agrement') }}
    where source = 'siap'
    union all
    select
        'siap' as source,
        (
            select count(*) from {{ ref('stg_siap__detail_aide') }}
            where numero_operation in (select numero_operation from {{ ref('stg_siap__operation') }})
        ) as nb_recues,
        coalesce(sum(nb_lignes_source), 0) as nb_reprises
    from {{ ref('int_agrement') }}
    where source = 'siap'
)

select *
from compte
where nb_recues <> nb_reprises

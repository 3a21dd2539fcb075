-- Grain: one measure of what became of the agréments of one source: in rows of its report for SISAL, in agréments for SIAP.
with agrement as (
    select
        *,
        case source when 'sisal' then nb_lignes_source else 1 end as poids
    from {{ ref('int_agrement') }}
),

-- without a source of agreements there is nothing to link
rapproche as (
    select
        agrement.source,
        rapproche.*
    from agrement
    inner join {{ ref('int_agrement_rapproche') }} as rapproche on agrement.agrement_id = rapproche.agrement_id
    where not agrement.est_reprise_siap
),

recue as (
    select
        'sisal' as source,
        count(*) as nb
    from {{ ref('stg_sisal__agrement') }}
    union all
    select
        'siap' as source,
        count(*) as nb
    from {{ ref('stg_siap__operation') }}
),

mesure as (
    select
        agrement.source,
        'lignes_reprises' as mesure,
        case agrement.source when 'sisal' then 'lignes reprises' else 'opérations reprises' end as libelle,
        case agrement.source when 'sisal' then sum(agrement.poids) else count(distinct agrement.numero_operation) end as nb,
        recue.nb as sur,
        null as cles
    from agrement
    inner join recue on agrement.source = recue.source
    group by agrement.source, recue.nb
    union all
    {{ mesures_des_agrements('agrement') }}
    union all by name
    {{ mesures_du_rapprochement('rapproche') }}
),

rec as (
    select
        * exclude (cles),
        coalesce(cles, []) as cles,
        round(100.0 * nb / nullif(sur, 0), 2) as taux_pct
    from mesure
)

select
    {{ published_columns() }}
from rec

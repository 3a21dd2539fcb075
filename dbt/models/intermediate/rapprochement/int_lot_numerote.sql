-- Grain: one current lot of an agreement that bears a reference, with the operation that it names, if SIAP or SISAL know it.
with lecture as (
    select
        lot_id,
        financement,
        unnest(list_distinct(list_append(numeros, reference))) as numero
    from {{ ref('int_lot_compare') }}
    where reference is not null
),

operation as (
    select
        lecture.lot_id,
        operation.*
    from lecture
    inner join {{ ref('int_operation') }} as operation on lecture.numero = operation.numero
),

-- the rents of the agrément of its financing, one for each kind of dwelling
loyer as (
    select
        lien.lot_id,
        max(agrement.loyer_individuel_m2_eur) as loyer_individuel_m2_eur,
        max(agrement.loyer_collectif_m2_eur) as loyer_collectif_m2_eur
    from {{ ref('int_lot_agrement') }} as lien
    inner join {{ ref('int_agrement') }} as agrement on lien.agrement_id = agrement.agrement_id
    where lien.est_numerote and lien.accord = 'financement' and not agrement.est_reprise_siap
    group by all
)

select
    operation.lot_id,
    list_sort(list_distinct(flatten(list(operation.financements)))) as financements_operation,
    case when count(*) = 1 then min(operation.nb_logements) end as nb_logements_operation,
    sum(operation.nb_aides)::integer as nb_aides_operation,
    min(operation.debut_annee_agrement_psla) as debut_annee_agrement_psla,
    any_value(loyer.loyer_individuel_m2_eur) as loyer_individuel_m2_eur,
    any_value(loyer.loyer_collectif_m2_eur) as loyer_collectif_m2_eur
from operation
left join loyer on operation.lot_id = loyer.lot_id
group by all

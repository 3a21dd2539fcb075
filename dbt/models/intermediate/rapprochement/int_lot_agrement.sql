-- Grain: one current lot of an agreement and one agrément whose number it bears, or whose lot it completes.
with agrement as (
    select
        agrement_id,
        source,
        numero_operation,
        financement,
        famille_financement,
        list_extract({{ numeros_operation('numero_operation') }}, 1) as numero
    from {{ ref('int_agrement') }}
    where est_conventionnable
),

aide as (
    select
        source,
        numero_operation,
        list(distinct financement order by financement) filter (where financement is not null) as financements
    from agrement
    group by all
),

lecture as (
    select
        lot_id,
        unnest(numeros) as numero
    from {{ ref('int_lot_compare') }}
),

-- as it is written, whatever its form; else as it is read
porte as (
    select
        agrement.agrement_id,
        lot.lot_id
    from agrement
    inner join {{ ref('int_lot_compare') }} as lot on agrement.numero_operation = lot.reference
    union
    select
        agrement.agrement_id,
        lecture.lot_id
    from agrement
    inner join lecture on agrement.numero = lecture.numero
),

compare as (
    select
        agrement.agrement_id,
        lot.*,
        lot.reference = agrement.numero_operation as est_exact,
        case
            when lot.financement = agrement.financement then 'financement'
            -- the operation has no aid under the name that the source of the lot gives it
            when
                lot.famille_financement = agrement.famille_financement
                and not list_contains(aide.financements, lot.financement)
                then 'famille'
            else 'autre'
        end as accord
    from porte
    inner join agrement on porte.agrement_id = agrement.agrement_id
    inner join {{ ref('int_lot_compare') }} as lot on porte.lot_id = lot.lot_id
    inner join aide on agrement.source = aide.source and agrement.numero_operation = aide.numero_operation
),

-- a lot of the same agreement, financing, place and owner that no one has numbered is of the same operation
complete as (
    select distinct
        compare.agrement_id,
        compare.est_exact,
        compare.accord,
        lot.lot_id
    from compare
    inner join {{ ref('int_lot_compare') }} as lot
        on
            compare.convention_id = lot.convention_id
            and compare.financement = lot.financement
            and compare.code_commune = lot.code_commune
            and compare.bailleur_id = lot.bailleur_id
    where lot.reference is null
),

reuni as (
    select
        agrement_id,
        lot_id,
        est_exact,
        accord,
        true as est_numerote
    from compare
    union all
    select
        agrement_id,
        lot_id,
        est_exact,
        accord,
        false as est_numerote
    from complete
)

select
    agrement_id,
    lot_id,
    bool_or(est_exact) as est_exact,
    arg_min(accord, array_position(['financement', 'famille', 'autre'], accord)) as accord,
    bool_or(est_numerote) as est_numerote
from reuni
group by all

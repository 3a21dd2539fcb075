-- Grain: one programme of one period: a lot, whatever its period.
with apilos as (
    select * from {{ ref('int_lot_apilos') }}
),

-- a state that APiLos adds to an agreement of Ecoloweb keeps the lots of the financings that no amendment has touched
conserve as (
    select lot.* replace (ajoutee.periode_id as periode_id)
    from {{ ref('int_periode_apilos') }} as ajoutee
    inner join {{ ref('int_periode_ecoloweb') }} as derniere
        on ajoutee.convention_id = derniere.convention_id and derniere.est_derniere
    inner join {{ ref('int_lot_ecoloweb') }} as lot on derniere.periode_id = lot.periode_id
    anti join apilos on ajoutee.periode_id = apilos.periode_id and lot.financement_apilos = apilos.financement_apilos
)

select * from {{ ref('int_lot_ecoloweb') }}
union all by name
select * from conserve
union all by name
select * from apilos

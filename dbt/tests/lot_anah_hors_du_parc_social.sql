-- A lot that ANAH financed stands in no social family, and its agreement is told to be one of ANAH's: CAS-006.
{{ config(meta={'dagster': {'ref': {'name': 'fct_lot'}}}) }}
select
    lot.lot_id,
    lot.convention_id
from {{ ref('fct_lot') }} as lot
inner join {{ ref('fct_convention') }} as convention on lot.convention_id = convention.convention_id
where
    lot.code_typefinancement in ('17', '18', '19', '81')
    and (lot.famille_financement in ('PLUS', 'PLAI', 'PLS') or not convention.est_anah)

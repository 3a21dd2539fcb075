-- Grain: one programme of one period: a lot, whatever its period.
select * from {{ ref('int_lot_ecoloweb') }}

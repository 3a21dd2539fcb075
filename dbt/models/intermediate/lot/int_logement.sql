-- Grain: one dwelling row of a programme. It is as wide as its sources: a view, not a table.
{{ config(materialized='view') }}

select * from {{ ref('int_logement_ecoloweb') }}
union all by name
select * from {{ ref('int_logement_apilos') }}

-- Grain: one change since the run that this one is compared with.
with convention_avant as (
    select * from {{ source('precedent', 'fct_convention') }}
),

convention_apres as (
    select * from {{ ref('fct_convention') }}
),

constat_avant as (
    select * from {{ source('precedent', 'fct_anomalie') }}
),

constat_apres as (
    select * from {{ ref('fct_anomalie') }}
),

cause_changement as (
    select * from {{ source('meta', 'cause_changement') }}
),

ecart as (
    {{ changements() }}
)

select
    {{ published_columns() }}
from ecart

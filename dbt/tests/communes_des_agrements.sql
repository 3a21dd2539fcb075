-- The agréments whose commune could not be told: they are published without it, and looked at by a person.
{{ config(severity='warn') }}
select
    agrement_id,
    nom_commune_source,
    code_commune_source
from {{ ref('int_agrement') }}
where code_commune is null

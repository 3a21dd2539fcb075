-- Grain: one key of one source under which an agreement is known.
with alias as (
    select
        source,
        cle_source,
        'conventionapl' as type_cle,
        convention_id
    from {{ ref('int_convention_recue') }}
    union all
    -- the key under which the official import of APiLos took it
    select
        'ecoloreference' as source,
        cle_apilos as cle_source,
        'reprise_apilos' as type_cle,
        convention_id
    from {{ ref('int_reprise_apilos') }}
    where est_reprise
)

select
    {{ published_columns() }}
from alias

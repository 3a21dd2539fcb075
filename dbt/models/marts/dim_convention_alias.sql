-- Grain: one key of one source under which an agreement is known.
with alias as (
    select
        'ecoloweb' as source,
        convention_id::varchar as cle_source,
        'conventionapl' as type_cle,
        {{ ecoloweb_id('convention_id') }} as convention_id
    from {{ ref('stg_ecoloweb__convention') }}
    union all
    select
        'apilos' as source,
        uuid as cle_source,
        case when est_avenant then 'avenant' else 'convention' end as type_cle,
        convention_id
    from {{ ref('int_apilos_acte') }}
    where convention_id is not null
    union all
    -- the key under which the official import of APiLos took it, or would take it
    select
        'ecoloreference' as source,
        cle_apilos as cle_source,
        'reprise_apilos' as type_cle,
        convention_id
    from {{ ref('int_reprise_apilos') }}
    where est_reprise
    union
    select
        'ecoloreference' as source,
        reference.cle_ecoloweb as cle_source,
        'reprise_apilos' as type_cle,
        {{ ecoloweb_id('reference.convention_ecoloweb_id') }} as convention_id
    from {{ ref('stg_apilos__reference_ecoloweb') }} as reference
    inner join {{ ref('int_apilos_acte') }} as acte on reference.objet_id = acte.acte_id
    where
        reference.modele = 'conventions.Convention' and reference.convention_ecoloweb_id is not null
        and reference.est_supprime is not true
)

select
    {{ published_columns() }}
from alias

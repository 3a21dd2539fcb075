-- Grain: one commune or municipal arrondissement of today.
with ancienne as (
    select
        code_commune,
        list(code_ancien order by code_ancien) as codes_anciens
    from {{ source('referentiel', 'commune_ancienne') }}
    group by all
),

commune as (
    select
        commune.*,
        coalesce(ancienne.codes_anciens, []) as codes_anciens
    from {{ source('referentiel', 'commune') }} as commune
    left join ancienne on commune.code_commune = ancienne.code_commune
)

select
    {{ published_columns() }}
from commune

-- Grain: one source × stage × what became of it.
with compte as (
    select
        delai.source,
        delai.etape_id,
        etape.libelle as etape,
        delai.destin,
        count(*) as nb
    from {{ ref('int_delai') }} as delai
    inner join {{ ref('etape_delai') }} as etape on delai.etape_id = etape.etape_id
    group by all
)

select
    {{ published_columns() }}
from compte

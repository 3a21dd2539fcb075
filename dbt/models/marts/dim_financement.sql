-- Grain: one financing type of Ecoloweb.
with financement as (
    select
        *,
        est_valide_jusqu_au as date_fin_validite
    from {{ ref('financement') }}
)

select
    {{ published_columns() }}
from financement

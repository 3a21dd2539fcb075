-- Grain: one dwelling row of a current lot.
with logement as (
    select
        logement.*,
        lot.lot_id,
        lot.convention_id
    from {{ ref('int_logement') }} as logement
    inner join {{ ref('int_lot_publie') }} as lot on logement.programme_id = lot.programme_id and lot.est_courante
)

select
    {{ published_columns() }}
from logement

-- Grain: one period of an agreement's history.
with version_ as (
    select
        periode.* exclude (convention_id),
        lots.nb_logements,
        periode.descriptif as libelle,
        periode.periode_id as version_id,
        convention.convention_id,
        coalesce(lots.nb_lots, 0) as nb_lots
    from {{ ref('int_periode') }} as periode
    left join {{ ref('int_convention_recue') }} as convention on periode.convention_id = convention.convention_id
    left join {{ ref('int_lot_periode') }} as lots on periode.periode_id = lots.periode_id
)

select
    {{ published_columns() }}
from version_

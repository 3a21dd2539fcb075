-- Grain: one event.
with evenement as (
    select
        evenement.* exclude (convention_id),
        convention.convention_id
    from {{ ref('int_evenement') }} as evenement
    left join {{ ref('int_convention_recue') }} as convention on evenement.convention_id = convention.convention_id
)

select
    {{ published_columns() }}
from evenement

-- Grain: one agreement, with the weight of the controls that apply to it and to what hangs on it.
with par_grain as (
    {% for grain in grains() %}
        {{ poids_par_convention(grain) }}
        {{ "union all" if not loop.last }}
    {% endfor %}
)

select
    convention_id,
    sum(poids_applicable)::bigint as poids_applicable
from par_grain
group by all

-- Grain: one rule that this run evaluates, with the number of objects it applies to, of an agreement or not.
with par_grain as (
    {% for grain in grains() %}
        {{ objets_par_regle(grain) }}
        {{ "union all" if not loop.last }}
    {% endfor %}
)

select
    regle_id,
    nb_applicables
from par_grain

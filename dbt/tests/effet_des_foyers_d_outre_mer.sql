-- An overseas foyer takes effect when signed: article L. 353-3 does not apply to it (rule OM-006).
select
    convention_id,
    date_signature,
    date_effet
from {{ ref('vue_convention') }}
where est_drom and est_foyer and date_effet is distinct from date_signature

-- Grain: one amendment, with its own dates and types.
with avenant as (
    select * from {{ ref('int_avenant_ecoloweb') }}
    union all by name
    select * from {{ ref('int_avenant_apilos') }}
)

select
    *,
    -- 1, 2, 3… without a gap; 0 and the numbers after a gap are not what was expected
    coalesce(
        numero >= 1
        and numero = count(case when numero >= 1 then 1 end) over (partition by convention_id order by numero),
        false
    ) as est_numero_attendu
from avenant

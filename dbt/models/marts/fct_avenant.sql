-- Grain: one amendment.
with avenant as (
    select
        avenant.* exclude (convention_id, administration_id),
        avenant.date_signature_prefet as date_signature,
        convention.convention_id,
        administration.administration_id
    from {{ ref('int_avenant') }} as avenant
    left join {{ ref('int_convention_recue') }} as convention on avenant.convention_id = convention.convention_id
    left join {{ ref('int_administration') }} as administration on avenant.administration_id = administration.administration_id
)

select
    {{ published_columns() }}
from avenant

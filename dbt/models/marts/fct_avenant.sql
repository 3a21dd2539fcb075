-- Grain: one amendment.
with avenant as (
    select
        avenant.* exclude (avenant_id, convention_id, administration_id),
        avenant.date_signature_prefet as date_signature,
        {{ ecoloweb_id('avenant.avenant_id') }} as avenant_id,
        {{ ecoloweb_id('convention.convention_id') }} as convention_id,
        {{ ecoloweb_id('administration.administration_id') }} as administration_id
    from {{ ref('int_avenant') }} as avenant
    left join {{ ref('stg_ecoloweb__convention') }} as convention on avenant.convention_id = convention.convention_id
    left join {{ ref('int_administration') }} as administration on avenant.administration_id = administration.administration_id
)

select
    {{ published_columns() }}
from avenant

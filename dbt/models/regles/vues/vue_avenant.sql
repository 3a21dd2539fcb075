-- Grain: one amendment, with the term that stood before it, as rules may read it.
with suite as (
    select
        *,
        last_value(
            case when not est_annule and date_signature_prefet is not null then date_expiration_nouvelle end ignore nulls
        ) over (
            partition by convention_id order by numero, avenant_id rows between unbounded preceding and 1 preceding
        ) as date_expiration_anterieure
    from {{ ref('int_avenant') }}
),

avenant as (
    select
        {{ ecoloweb_id('suite.avenant_id') }} as objet_id,
        'ecoloweb' as source,
        convention.convention_id,
        convention.code_departement,
        convention.bailleur_id,
        'ecolo_avenant' as table_source,
        convention.date_reference,
        suite.numero,
        suite.types,
        suite.est_annule,
        suite.date_signature_prefet as date_signature,
        suite.date_expiration_nouvelle,
        coalesce(suite.date_expiration_anterieure, convention.date_expiration_initiale) as date_expiration_precedente
    from suite
    inner join {{ ref('vue_convention') }} as convention on {{ ecoloweb_id('suite.convention_id') }} = convention.convention_id
)

select
    {{ published_columns() }}
from avenant

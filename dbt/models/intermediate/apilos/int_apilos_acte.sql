-- Grain: one agreement or amendment of APiLos, under the permanent identifier of its agreement.
with reference as (
    select
        objet_id,
        min(convention_ecoloweb_id) as convention_ecoloweb_id,
        min(numero_avenant_ecoloweb) as numero_avenant_ecoloweb
    from {{ ref('stg_apilos__reference_ecoloweb') }}
    where modele = 'conventions.Convention' and est_supprime is not true and convention_ecoloweb_id is not null
    group by all
),

acte as (
    select
        acte.* exclude (convention_id, est_avenant),
        acte.convention_id as acte_id,
        racine.uuid as racine_uuid,
        reference.numero_avenant_ecoloweb,
        -- the official import made agreements of the amendments whose root it had lost
        acte.est_avenant or coalesce(reference.numero_avenant_ecoloweb > 0, false) as est_avenant,
        -- an amendment belongs to the agreement of its root; without a root, to the one that its own key names
        coalesce(reference_racine.convention_ecoloweb_id, reference.convention_ecoloweb_id) as convention_ecoloweb_id
    from {{ ref('stg_apilos__convention') }} as acte
    left join reference on acte.convention_id = reference.objet_id
    left join {{ ref('stg_apilos__convention') }} as racine on acte.racine_id = racine.convention_id
    left join reference as reference_racine on acte.racine_id = reference_racine.objet_id
),

identifie as (
    select
        acte.*,
        coalesce({{ ecoloweb_id('acte.convention_ecoloweb_id') }}, {{ apilos_id('acte.racine_uuid') }}) as convention_id,
        {{ apilos_id('acte.uuid') }} as acte_public_id,
        convention.convention_id is not null as est_connu_d_ecoloweb,
        coalesce(acte.date_signature, acte.date_validation, acte.date_premiere_soumission, acte.date_creation) as date_debut,
        coalesce(acte.statut in ('SIGNEE', 'PUBLICATION', 'PUBLIEE', 'RESILIEE', 'DENONCEE'), false) as est_signe
    from acte
    left join {{ ref('stg_ecoloweb__convention') }} as convention on acte.convention_ecoloweb_id = convention.convention_id
)

select
    *,
    -- the state of Ecoloweb is the better one of what was taken over from it
    not(est_reprise and est_connu_d_ecoloweb) as est_apport,
    -- what the official import split by financing is one agreement, and one amendment
    {{ apilos_id('min(uuid) over (
        partition by convention_id, est_avenant, case when est_avenant then coalesce(numero_avenant_ecoloweb::varchar, uuid) end
    )') }} as periode_id,
    case
        when est_avenant then coalesce(numero_avenant_ecoloweb, try_cast(numero as integer))
    end as numero_avenant,
    row_number() over (
        partition by convention_id
        order by est_avenant, date_debut, numero_avenant_ecoloweb, try_cast(numero as integer), creation_utc, uuid
    ) as ordre
from identifie

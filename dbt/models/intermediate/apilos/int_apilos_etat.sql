-- Grain: one agreement that APiLos knows: what it is there today, all its financings together, and whether it has lived there.
with vecu as (
    -- what the application writes when somebody acts; the import writes none
    select distinct convention_id as acte_id
    from {{ ref('stg_apilos__historique') }}
),

avenant as (
    select distinct convention_id
    from {{ ref('int_apilos_acte') }}
    where est_avenant and est_apport and est_signe
),

racine as (
    select
        acte.convention_id,
        bool_or(acte.est_connu_d_ecoloweb) as est_connue_d_ecoloweb,
        -- an agreement lives on as long as one of its financings does
        arg_max(
            acte.statut, (coalesce(acte.statut not in ('RESILIEE', 'DENONCEE', 'ANNULEE'), false), acte.ordre_statut, acte.uuid)
        ) as statut,
        max(acte.date_publication) as date_publication,
        arg_max(acte.reference_publication, (acte.date_publication, acte.uuid)) as reference_publication,
        max(acte.date_resiliation) as date_resiliation,
        max(acte.date_denonciation) as date_denonciation,
        bool_or(vecu.acte_id is not null) as est_vecue
    from {{ ref('int_apilos_acte') }} as acte
    left join vecu on acte.acte_id = vecu.acte_id
    where acte.convention_id is not null and not acte.est_avenant
    group by all
)

select
    racine.*,
    coalesce(racine.date_publication is not null and periode.date_publication is null, false) as est_publiee_depuis,
    coalesce(
        racine.statut in ('RESILIEE', 'DENONCEE', 'ANNULEE')
        and periode.statut not in ('RESILIEE', 'DENONCEE', 'ANNULEE', 'ABANDONNEE'),
        false
    ) as est_finie_depuis,
    -- the state of APiLos wins over that of Ecoloweb when the agreement has lived there
    not racine.est_connue_d_ecoloweb
    or racine.est_vecue
    or avenant.convention_id is not null
    or est_publiee_depuis
    or est_finie_depuis as est_vivante
from racine
left join avenant on racine.convention_id = avenant.convention_id
left join {{ ref('int_periode_ecoloweb') }} as periode
    on racine.convention_id = periode.convention_id and periode.est_derniere

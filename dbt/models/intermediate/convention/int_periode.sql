-- Grain: one period of an agreement's history, in order, one of them current.
with ecoloweb as (
    select
        periode.* exclude (statut, date_publication, reference_publication, date_resiliation),
        case when etat.est_vivante then etat.statut else periode.statut end as statut,
        coalesce(periode.date_publication, etat.date_publication) as date_publication,
        case
            when etat.est_publiee_depuis then coalesce(periode.reference_publication, etat.reference_publication)
            else periode.reference_publication
        end as reference_publication,
        case
            when etat.est_finie_depuis then coalesce(periode.date_resiliation, etat.date_resiliation) else periode.date_resiliation
        end as date_resiliation
    from {{ ref('int_periode_ecoloweb') }} as periode
    -- what APiLos knows of an agreement since belongs to its last period
    left join {{ ref('int_apilos_etat') }} as etat
        on case when periode.est_derniere then periode.convention_id end = etat.convention_id
),

apilos as (
    select * from {{ ref('int_periode_apilos') }}
),

periode as (
    select * from ecoloweb
    union all by name
    select * from apilos
)

select
    periode.* exclude (est_derniere),
    row_number() over (
        partition by periode.convention_id order by periode.source = 'apilos', periode.date_debut, periode.cle_source
    ) as rang,
    -- a state that APiLos adds comes after those of Ecoloweb
    periode.est_derniere
    and (periode.source = 'apilos' or periode.convention_id not in (select apilos.convention_id from apilos)) as est_courante,
    -- HLM, SEM and overseas foyers: effect at signature; the others: at publication
    case
        when periode.nature_bailleur in ('HLM', 'SEM') then periode.date_signature
        when periode.est_foyer and lots.est_outre_mer then periode.date_signature
        else periode.date_publication
    end as date_effet
from periode
left join {{ ref('int_lot_periode') }} as lots on periode.periode_id = lots.periode_id

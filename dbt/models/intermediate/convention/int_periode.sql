-- Grain: one period of an agreement's history, in order, one of them current.
with periode as (
    select * from {{ ref('int_periode_ecoloweb') }}
)

select
    periode.*,
    row_number() over (partition by periode.convention_id order by periode.date_debut, periode.cle_source) as rang,
    periode.est_derniere as est_courante,
    -- HLM, SEM and overseas foyers: effect at signature; the others: at publication
    case
        when periode.nature_bailleur in ('HLM', 'SEM') then periode.date_signature
        when periode.est_foyer and lots.est_outre_mer then periode.date_signature
        else periode.date_publication
    end as date_effet
from periode
left join {{ ref('int_lot_periode') }} as lots on periode.periode_id = lots.periode_id

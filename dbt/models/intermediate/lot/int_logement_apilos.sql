-- Grain: one dwelling row of a lot that only APiLos gives. It is as wide as its source: a view, not a table.
{{ config(materialized='view') }}

select
    coalesce(
        {{ apilos_id('logement.uuid') }},
        lot.lot_public_id || ':' || row_number() over (partition by lot.lot_id order by logement.ordre, logement.logement_id)
    ) as logement_id,
    lot.lot_public_id as programme_id,
    1 as nb_logements,
    logement.designation,
    logement.designation as numero_logement,
    logement.typologie as code_typelogement,
    logement.typologie,
    coalesce(logement.typologie in ('T1', 'T1bis', 'T1prime', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7'), false) as est_typologie_connue,
    case lot.type_habitat when 'INDIVIDUEL' then 'I' when 'COLLECTIF' then 'C' end as type_construction,
    logement.surface_habitable_m2,
    logement.surface_annexe_m2,
    logement.surface_utile_m2,
    logement.surface_corrigee_m2,
    logement.coefficient,
    logement.coefficient as coefficient_saisi,
    logement.loyer_eur,
    logement.loyer_m2_eur
from {{ ref('stg_apilos__logement') }} as logement
inner join {{ ref('int_apilos_lot') }} as lot on logement.lot_id = lot.lot_id
where lot.est_apport

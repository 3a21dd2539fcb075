-- Grain: one lot of one agreement or amendment of APiLos.
select
    lot.* exclude (convention_id, uuid),
    acte.acte_id,
    acte.convention_id,
    acte.periode_id,
    acte.programme_id as operation_id,
    acte.est_apport,
    coalesce({{ apilos_id('lot.uuid') }}, acte.acte_public_id || ':lot:' || lot.lot_id) as lot_public_id,
    row_number() over (partition by acte.acte_id order by lot.financement, lot.lot_id) = 1 as est_premier
from {{ ref('stg_apilos__lot') }} as lot
inner join {{ ref('int_apilos_acte') }} as acte on lot.convention_id = acte.acte_id

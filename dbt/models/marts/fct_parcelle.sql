-- Grain: one cadastral parcel of a current lot.
with parcelle as (
    select
        parcelle.* exclude (info_cadastrale_id, programme_id, rang),
        lot.lot_id,
        lot.convention_id,
        lot.code_commune,
        concat(parcelle.info_cadastrale_id, ':', parcelle.rang) as parcelle_id
    from {{ ref('int_parcelle') }} as parcelle
    inner join {{ ref('int_lot_publie') }} as lot on parcelle.programme_id = lot.programme_id and lot.est_courante
)

select
    {{ published_columns() }}
from parcelle

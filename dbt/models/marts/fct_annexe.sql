-- Grain: one annex row of a current lot.
with annexe as (
    select
        annexe.code_typeannexe,
        annexe.libelle as type,
        annexe.est_stationnement,
        annexe.nb_annexes,
        annexe.prix_unitaire_eur as loyer_unitaire_eur,
        annexe.loyer_initial_eur,
        annexe.loyer_actualise_eur,
        lot.lot_id,
        lot.convention_id,
        annexe.annexe_id
    from {{ ref('int_annexe') }} as annexe
    inner join {{ ref('int_lot_publie') }} as lot on annexe.programme_id = lot.programme_id and lot.est_courante
)

select
    {{ published_columns() }}
from annexe

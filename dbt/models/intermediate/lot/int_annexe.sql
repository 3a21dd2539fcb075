-- Grain: one annex row of a programme, told by its code and never by its display order.
select
    {{ ecoloweb_id('annexe.annexe_id') }} as annexe_id,
    {{ ecoloweb_id('annexe.programme_id') }} as programme_id,
    type_annexe.code as code_typeannexe,
    coalesce(vocabulaire.libelle, type_annexe.libelle) as libelle,
    annexe.nb_annexes,
    annexe.prix_unitaire_eur,
    annexe.loyer_initial_eur,
    annexe.loyer_actualise_eur,
    coalesce(vocabulaire.est_stationnement, false) as est_stationnement
from {{ ref('stg_ecoloweb__annexe') }} as annexe
left join {{ ref('stg_ecoloweb__valeur') }} as type_annexe
    on annexe.type_annexe_id = type_annexe.valeur_id
left join {{ ref('type_annexe') }} as vocabulaire
    on type_annexe.code = vocabulaire.code

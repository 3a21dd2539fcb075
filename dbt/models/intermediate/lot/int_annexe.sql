-- Grain: one annex row of a lot, or its parking places of one kind; Ecoloweb's are told by their code, not their display order.
with ecoloweb as (
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
),

apilos as (
    select
        {{ apilos_id_ou_cle('annexe', 'annexe', 'annexe_id') }} as annexe_id,
        lot.lot_public_id as programme_id,
        null as code_typeannexe,
        annexe.type_annexe as libelle,
        1 as nb_annexes,
        annexe.loyer_eur as prix_unitaire_eur,
        null as loyer_initial_eur,
        null as loyer_actualise_eur,
        false as est_stationnement
    from {{ ref('stg_apilos__annexe') }} as annexe
    inner join {{ ref('stg_apilos__logement') }} as logement on annexe.logement_id = logement.logement_id
    inner join {{ ref('int_apilos_lot') }} as lot on logement.lot_id = lot.lot_id
    where lot.est_apport
    union all
    select
        {{ apilos_id_ou_cle('stationnement', 'stationnement', 'stationnement_id') }} as annexe_id,
        lot.lot_public_id as programme_id,
        null as code_typeannexe,
        stationnement.type_stationnement as libelle,
        stationnement.nb_stationnements as nb_annexes,
        stationnement.loyer_eur as prix_unitaire_eur,
        null as loyer_initial_eur,
        null as loyer_actualise_eur,
        true as est_stationnement
    from {{ ref('stg_apilos__stationnement') }} as stationnement
    inner join {{ ref('int_apilos_lot') }} as lot on stationnement.lot_id = lot.lot_id
    where lot.est_apport
)

select * from ecoloweb
union all by name
select * from apilos

-- Grain: one agreement in the state of its current period, as rules may read it.
with lot as (
    select
        lot.periode_id,
        list_sort(list_distinct(list(lot.code_typefinancement))) as codes_typefinancement,
        list_sort(list_distinct(list(lot.nature_operation))) as natures_operation,
        list_sort(list_distinct(list(lot.code_commune)))[1:5] as codes_commune,
        list_sort(list_distinct(list(departement.code_insee))) as codes_departement_source,
        list_sort(list_distinct(list(region.code_insee))) as codes_region_source,
        count(*) filter (where lot.duree_pret_ans is not null) as nb_lots_avec_pret
    from {{ ref('int_lot') }} as lot
    left join {{ ref('stg_ecoloweb__commune') }} as commune on lot.commune_id = commune.commune_id
    left join {{ ref('stg_ecoloweb__departement') }} as departement on commune.departement_id = departement.departement_id
    left join {{ ref('stg_ecoloweb__region') }} as region on departement.region_id = region.region_id
    group by all
),

avenant as (
    select
        convention_id,
        count(*) as nb_avenants_duree
    from {{ ref('int_avenant') }}
    where not est_annule and (list_contains(types, '5') or date_expiration_nouvelle is not null)
    group by all
),

convention as (
    select
        convention.* exclude (convention_id, code_region),
        {{ ecoloweb_id('convention.convention_id') }} as objet_id,
        'ecoloweb' as source,
        {{ ecoloweb_id('convention.convention_id') }} as convention_id,
        {{ ecoloweb_id('bailleur.bailleur_id') }} as bailleur_id,
        'ecolo_conventionapl' as table_source,
        parametre.date_reference,
        convention.code_region,
        convention.code_departement in ('971', '972', '973', '974', '976') as est_drom,
        type_convention.reference_article,
        type_convention.code_categorie as code_categorie_convention,
        coalesce(convention.statut not in ('ANNULEE', 'ABANDONNEE'), false) as est_suivie,
        lot.codes_typefinancement,
        lot.natures_operation,
        lot.codes_commune,
        lot.codes_departement_source,
        lot.codes_region_source,
        coalesce(lot.nb_lots_avec_pret, 0) as nb_lots_avec_pret,
        bailleur.sous_nature_bailleur,
        bailleur.siren as siren_bailleur,
        administration.code as code_administration,
        administration.type_administration,
        administration.code_departement as code_departement_administration,
        coalesce(avenant.nb_avenants_duree, 0) as nb_avenants_duree,
        coalesce(plus_resiliee.nb_plus_resiliees, 0) as nb_plus_resiliees,
        coalesce(plus_resiliee.plus_resiliees, []) as plus_resiliees
    from {{ ref('int_convention') }} as convention
    cross join {{ source('meta', 'parametre') }} as parametre
    left join {{ ref('int_convention_type') }} as type_convention
        on convention.convention_type_id = type_convention.convention_type_id
    left join lot on convention.periode_id = lot.periode_id
    left join {{ ref('int_bailleur') }} as bailleur on convention.proprietaire_id = bailleur.bailleur_id
    left join {{ ref('int_administration') }} as administration
        on convention.administration_creatrice_id = administration.administration_id
    left join avenant on convention.convention_id = avenant.convention_id
    left join {{ ref('int_plus_resiliee') }} as plus_resiliee on convention.convention_id = plus_resiliee.convention_id
)

select
    {{ published_columns() }}
from convention

-- Grain: one amendment in Ecoloweb, with its own dates and types.
with type_avenant as (
    select
        avenant_type.avenant_id,
        -- a type that no list knows keeps its id
        list(
            coalesce(valeur.code, 'id ' || avenant_type.type_avenant_id) order by valeur.code, avenant_type.type_avenant_id
        ) as types,
        list(coalesce(valeur.libelle, 'Type inconnu') order by valeur.code, avenant_type.type_avenant_id) as types_libelles
    from {{ ref('stg_ecoloweb__avenant_type') }} as avenant_type
    left join {{ ref('stg_ecoloweb__valeur') }} as valeur on avenant_type.type_avenant_id = valeur.valeur_id
    group by all
),

-- the type that Ecoloweb writes in quotes in the description of the period that an amendment opens
type_descriptif as (
    select
        periode.avenant_id,
        list_sort(list(distinct valeur.code)) as types_descriptif
    from {{ ref('stg_ecoloweb__periode') }} as periode
    inner join {{ ref('stg_ecoloweb__valeur') }} as valeur
        on valeur.subtype = 'TAV' and regexp_extract(periode.descriptif, '"(.+)"', 1) = valeur.libelle
    where periode.avenant_id is not null
    group by all
),

periode as (
    select
        avenant_id,
        count(*) as nb_versions
    from {{ ref('stg_ecoloweb__periode') }}
    where avenant_id is not null
    group by all
)

select
    avenant.*
    replace (
        {{ ecoloweb_id('avenant.avenant_id') }} as avenant_id,
        {{ ecoloweb_id('avenant.convention_id') }} as convention_id,
        {{ ecoloweb_id('avenant.administration_id') }} as administration_id
    ),
    'ecoloweb' as source,
    avenant.avenant_id as cle_source,
    coalesce(type_avenant.types, []) as types,
    coalesce(type_avenant.types_libelles, []) as types_libelles,
    coalesce(type_descriptif.types_descriptif, []) as types_descriptif,
    avenant.date_annulation is not null as est_annule,
    coalesce(periode.nb_versions, 0) as nb_versions
from {{ ref('stg_ecoloweb__avenant') }} as avenant
left join type_avenant on avenant.avenant_id = type_avenant.avenant_id
left join type_descriptif on avenant.avenant_id = type_descriptif.avenant_id
left join periode on avenant.avenant_id = periode.avenant_id

-- Grain: one region of a source, as it writes it, that holds a current lot, as rules may read it.
with usage as (
    select
        region_id,
        count(*) as nb_conventions,
        min(convention_id, 5) as conventions
    from (
        select distinct
            departement.region_id,
            lot.convention_id
        from {{ ref('int_lot_publie') }} as lot
        inner join {{ ref('stg_ecoloweb__commune') }} as commune on lot.commune_id = commune.commune_id
        inner join {{ ref('stg_ecoloweb__departement') }} as departement on commune.departement_id = departement.departement_id
        where lot.est_courante
    )
    group by all
),

ecoloweb as (
    select
        {{ ecoloweb_id('source.region_id') }} as objet_id,
        'ecoloweb' as source,
        null as convention_id,
        null as code_departement,
        null as bailleur_id,
        'ecolo_region' as table_source,
        parametre.date_reference,
        source.code_insee as code_source,
        source.libelle as libelle_source,
        officielle.code_region is not null as est_code_actuel,
        usage.nb_conventions,
        usage.conventions
    from {{ ref('stg_ecoloweb__region') }} as source
    inner join usage on source.region_id = usage.region_id
    cross join {{ source('meta', 'parametre') }} as parametre
    left join {{ source('referentiel', 'region') }} as officielle on source.code_insee = officielle.code_region
),

-- APiLos has no list of regions: each programme writes the code of its own
saisie as (
    select
        programme.code_region_source as code_source,
        count(distinct lot.convention_id) as nb_conventions,
        list_sort(list(distinct lot.convention_id))[1:5] as conventions
    from {{ ref('int_lot_publie') }} as lot
    inner join {{ ref('int_apilos_lot') }} as apilos on lot.lot_id = apilos.lot_public_id
    inner join {{ ref('stg_apilos__programme') }} as programme on apilos.operation_id = programme.programme_id
    where lot.est_courante and programme.code_region_source is not null
    group by all
),

apilos as (
    select
        'apilos:region:' || saisie.code_source as objet_id,
        'apilos' as source,
        null as convention_id,
        null as code_departement,
        null as bailleur_id,
        'programmes_programme' as table_source,
        parametre.date_reference,
        saisie.code_source,
        officielle.nom_region as libelle_source,
        officielle.code_region is not null as est_code_actuel,
        saisie.nb_conventions,
        saisie.conventions
    from saisie
    cross join {{ source('meta', 'parametre') }} as parametre
    left join {{ source('referentiel', 'region') }} as officielle on saisie.code_source = officielle.code_region
),

region as (
    select * from ecoloweb
    union all by name
    select * from apilos
)

select
    {{ published_columns() }}
from region

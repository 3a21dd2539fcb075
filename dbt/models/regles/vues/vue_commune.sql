-- Grain: one commune of a source, as it writes it, that holds a current lot, as rules may read it.
with usage as (
    select
        commune_id,
        count(*) as nb_conventions,
        min(convention_id, 5) as conventions
    from (
        select distinct
            commune_id,
            convention_id
        from {{ ref('int_lot_publie') }}
        where est_courante
    )
    group by all
),

ecoloweb as (
    select
        {{ ecoloweb_id('source.commune_id') }} as objet_id,
        'ecoloweb' as source,
        null as convention_id,
        coalesce(resolue.code_departement, departement.code_insee) as code_departement,
        null as bailleur_id,
        'ecolo_commune' as table_source,
        parametre.date_reference,
        source.code as code_source,
        source.libelle as libelle_source,
        source.code_siren as siren_source,
        departement.code_insee as code_departement_source,
        resolue.code_commune,
        resolue.nom_commune,
        officielle.code_commune is not null as est_code_actuel,
        officielle.code_commune is null and ancienne.code_ancien is not null as est_code_ancien,
        resolue.code_departement as code_departement_officiel,
        usage.nb_conventions,
        usage.conventions
    from {{ ref('stg_ecoloweb__commune') }} as source
    inner join usage on source.commune_id = usage.commune_id
    inner join {{ ref('int_commune') }} as resolue on source.commune_id = resolue.commune_id
    cross join {{ source('meta', 'parametre') }} as parametre
    left join {{ ref('stg_ecoloweb__departement') }} as departement on source.departement_id = departement.departement_id
    left join {{ source('referentiel', 'commune') }} as officielle on source.code = officielle.code_commune
    left join {{ source('referentiel', 'commune_ancienne') }} as ancienne on source.code = ancienne.code_ancien
),

-- APiLos has no list of communes: each programme writes the code of its own
saisie as (
    select
        operation.code_commune_source as code_source,
        arg_min(operation.ville_saisie, lot.lot_id) as libelle_source,
        arg_min(programme.code_departement_source, lot.lot_id) as code_departement_source,
        min(operation.code_commune) as code_commune,
        count(distinct lot.convention_id) as nb_conventions,
        list_sort(list(distinct lot.convention_id))[1:5] as conventions
    from {{ ref('int_lot_publie') }} as lot
    inner join {{ ref('int_apilos_lot') }} as apilos on lot.lot_id = apilos.lot_public_id
    inner join {{ ref('int_apilos_operation') }} as operation on apilos.operation_id = operation.operation_id
    inner join {{ ref('stg_apilos__programme') }} as programme on apilos.operation_id = programme.programme_id
    where lot.est_courante and operation.code_commune_source is not null
    group by all
),

apilos as (
    select
        'apilos:commune:' || saisie.code_source as objet_id,
        'apilos' as source,
        null as convention_id,
        coalesce(resolue.code_departement, saisie.code_departement_source) as code_departement,
        null as bailleur_id,
        'programmes_programme' as table_source,
        parametre.date_reference,
        saisie.code_source,
        saisie.libelle_source,
        saisie.code_departement_source,
        resolue.code_commune,
        resolue.nom_commune,
        officielle.code_commune is not null as est_code_actuel,
        officielle.code_commune is null and ancienne.code_ancien is not null as est_code_ancien,
        resolue.code_departement as code_departement_officiel,
        saisie.nb_conventions,
        saisie.conventions
    from saisie
    cross join {{ source('meta', 'parametre') }} as parametre
    left join {{ source('referentiel', 'commune') }} as resolue on saisie.code_commune = resolue.code_commune
    left join {{ source('referentiel', 'commune') }} as officielle on saisie.code_source = officielle.code_commune
    left join {{ source('referentiel', 'commune_ancienne') }} as ancienne on saisie.code_source = ancienne.code_ancien
),

commune as (
    select * from ecoloweb
    union all by name
    select * from apilos
)

select
    {{ published_columns() }}
from commune

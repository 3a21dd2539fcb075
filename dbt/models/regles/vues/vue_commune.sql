-- Grain: one commune of the source that holds a current lot, as rules may read it.
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

commune as (
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
)

select
    {{ published_columns() }}
from commune

-- Every zone of a delivered list is that of a commune of the official geography, of today or of yesterday.
{{ config(severity='warn', meta={'dagster': {'ref': {'name': 'dim_commune'}}}) }}
with connue as (
    select code_commune as code
    from {{ source('referentiel', 'commune') }}
    union
    select code_ancien as code
    from {{ source('referentiel', 'commune_ancienne') }}
)

select
    zone.fichier,
    zone.ligne_fichier,
    zone.code_commune
from {{ ref('stg_referentiels__zonage') }} as zone
anti join connue on zone.code_commune = connue.code

-- Grain: one commune of Ecoloweb, resolved to today's official geography.
with connue as (
    select code_commune as code
    from {{ source('referentiel', 'commune') }}
    union
    select code_ancien as code
    from {{ source('referentiel', 'commune_ancienne') }}
),

lue as (
    select
        source.commune_id,
        source.code as code_source,
        case
            when source.code in (select connue.code from connue) then source.code
            -- an odd code such as A3063 is told by the commune's SIREN: the official one, else the code that a SIREN is built on
            when officielle.code_commune is not null then officielle.code_commune
            when regexp_full_match(source.code_siren, '21\d{7}')
                then substr(source.code_siren, 3, 2) || substr(source.code_siren, 6, 3)
        end as code
    from {{ ref('stg_ecoloweb__commune') }} as source
    left join {{ source('referentiel', 'commune') }} as officielle
        on source.code_siren = officielle.siren
)

select
    lue.commune_id,
    lue.code_source,
    commune.code_commune,
    commune.nom_commune,
    commune.code_departement,
    commune.code_region,
    departement.est_outre_mer::boolean as est_outre_mer,
    commune.codes_postaux
from lue
left join {{ source('referentiel', 'commune_ancienne') }} as ancienne
    on lue.code = ancienne.code_ancien
left join {{ source('referentiel', 'commune') }} as commune
    on coalesce(ancienne.code_commune, lue.code) = commune.code_commune
left join {{ source('referentiel', 'departement') }} as departement
    on commune.code_departement = departement.code_departement

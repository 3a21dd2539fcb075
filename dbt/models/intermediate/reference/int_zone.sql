-- Grain: one commune of today × one zoning, from the day it came into force.
with livree as (
    select distinct
        type_zonage,
        date_debut
    from {{ ref('stg_referentiels__zonage') }}
),

liste as (
    select
        'ABC' as type_zonage,
        code_commune,
        zone
    from {{ source('referentiel', 'zonage_abc') }}
    union all
    select
        '123' as type_zonage,
        code_commune,
        zone
    from {{ source('referentiel', 'zonage_123') }}
),

-- a delivered list replaces the one that the project holds of the same day
recue as (
    select
        type_zonage,
        date_debut,
        code_commune,
        zone
    from {{ ref('stg_referentiels__zonage') }}
    union all
    select
        zonage.type_zonage,
        zonage.date_debut,
        liste.code_commune,
        liste.zone
    from {{ source('referentiel', 'zonage') }} as zonage
    inner join liste on zonage.type_zonage = liste.type_zonage
    anti join livree on zonage.type_zonage = livree.type_zonage and zonage.date_debut = livree.date_debut
),

resolue as (
    select
        recue.type_zonage,
        recue.date_debut,
        recue.zone,
        coalesce(ancienne.code_commune, recue.code_commune) as code_commune
    from recue
    left join {{ source('referentiel', 'commune_ancienne') }} as ancienne on recue.code_commune = ancienne.code_ancien
),

-- an arrondissement is in the zone of its commune, unless the list names it
situee as (
    select
        resolue.type_zonage,
        resolue.date_debut,
        resolue.zone,
        commune.code_commune
    from resolue
    inner join {{ source('referentiel', 'commune') }} as commune on resolue.code_commune = commune.code_commune
    union all
    select
        resolue.type_zonage,
        resolue.date_debut,
        resolue.zone,
        arrondissement.code_commune
    from resolue
    inner join {{ source('referentiel', 'commune') }} as arrondissement
        on resolue.code_commune = arrondissement.code_commune_parent
    anti join resolue as nommee
        on
            arrondissement.code_commune = nommee.code_commune
            and resolue.type_zonage = nommee.type_zonage
            and resolue.date_debut = nommee.date_debut
),

-- the communes that merged did not always have one zone: that of today's is then unknown
zone_de_la_commune as (
    select
        code_commune,
        type_zonage,
        date_debut,
        list_sort(list(distinct zone)) as zones
    from situee
    group by all
)

select
    code_commune,
    type_zonage,
    date_debut,
    case when len(zones) = 1 then zones[1] end as zone,
    zones,
    lead(date_debut) over (partition by code_commune, type_zonage order by date_debut) - 1 as date_fin
from zone_de_la_commune

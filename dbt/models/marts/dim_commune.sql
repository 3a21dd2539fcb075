-- Grain: one commune or municipal arrondissement of today.
with ancienne as (
    select
        code_commune,
        list(code_ancien order by code_ancien) as codes_anciens
    from {{ source('referentiel', 'commune_ancienne') }}
    group by all
),

zone_du_jour as (
    select
        zone.code_commune,
        max(zone.zone) filter (where zone.type_zonage = 'ABC') as zone_abc,
        max(zone.zone) filter (where zone.type_zonage = '123') as zone_123
    from {{ ref('int_zone') }} as zone
    inner join {{ source('meta', 'parametre') }} as parametre
        on parametre.date_reference between zone.date_debut and coalesce(zone.date_fin, date '9999-12-31')
    group by all
),

commune as (
    select
        commune.*,
        zone_du_jour.zone_abc,
        zone_du_jour.zone_123,
        coalesce(ancienne.codes_anciens, []) as codes_anciens
    from {{ source('referentiel', 'commune') }} as commune
    left join ancienne on commune.code_commune = ancienne.code_commune
    left join zone_du_jour on commune.code_commune = zone_du_jour.code_commune
)

select
    {{ published_columns() }}
from commune

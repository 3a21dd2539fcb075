-- Grain: one commune of one zoning delivered, under the code that the list gives it.
select
    upper(trim(type_zonage)) as type_zonage,
    date_debut,
    upper(trim(code_commune)) as code_commune,
    trim(zone) as zone_source,
    case
        when type_zonage = 'ABC' then {{ zone_abc("''", 'trim(zone)') }}
        else {{ zone_123('trim(zone)', "''") }}
    end as zone,
    fichier,
    ligne_fichier,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('referentiels', 'zonage') }}

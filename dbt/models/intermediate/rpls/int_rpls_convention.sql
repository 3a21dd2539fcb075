-- Grain: one agreement that RPLS knows by its number.
select
    convention_id,
    nullif(nb_logements_conventionnes, 0) as nb_logements_rpls,
    date_effet_min,
    date_effet_max,
    annee_construction_min,
    annee_premiere_location_min
from {{ ref('int_rpls_numero') }}
where destin = 'lie'

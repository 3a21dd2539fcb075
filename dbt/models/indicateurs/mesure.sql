-- Grain: one indicator × facet × measure × axis × value of the axis × period, before small numbers are hidden.
with {{ marts_par_leur_nom(marts_des_indicateurs()) }},

mesure as (
    {{ requetes_unies(source('meta', 'indicateur'), 'kpi_id', aucune_mesure()) }}
)

select mesure.* replace (coalesce(mesure.periode, strftime(parametre.date_reference, '%Y-%m-%d')) as periode)
from mesure
cross join parametre

-- Grain: one day of one calendar, with its business days since the first day of 1977: the difference between two days counts those
-- after the first, up to the second.
with bornes as (
    select
        calendrier,
        make_date(year(min(jour)), 1, 1) as premier,
        make_date(year(max(jour)), 12, 31) as dernier
    from {{ ref('int_jour_ferie') }}
    group by all
),

jour as (
    select
        calendrier,
        unnest(generate_series(premier, dernier, interval 1 day))::date as jour
    from bornes
),

-- two holidays may fall on one day
ferie as (
    select distinct
        calendrier,
        jour
    from {{ ref('int_jour_ferie') }}
)

select
    jour.calendrier,
    jour.jour,
    -- not a filter: the running count would be made again from the first day for each day
    count(case when isodow(jour.jour) <= 5 and ferie.jour is null then 1 end)
        over (partition by jour.calendrier order by jour.jour) as nb_jours_ouvres
from jour
left join ferie on jour.calendrier = ferie.calendrier and jour.jour = ferie.jour

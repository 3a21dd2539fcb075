-- Grain: one programme that has dwelling rows: what they add up to.
select
    programme_id,
    count(*) as nb_lignes,
    -- a row can stand for several dwellings; it stands for one when it does not say
    sum(coalesce(nb_logements, 1)) as nb_logements
from {{ ref('stg_ecoloweb__logement') }}
group by all

-- Grain: one agreement that rules read, with what its controls weigh, what those it fails weigh, and its score.
with en_defaut as (
    -- what counts against an agreement: its findings to deal with; one that another rule covers is not among them
    select
        anomalie.convention_id,
        severite.poids
    from {{ ref('fct_anomalie') }} as anomalie
    inner join {{ source('meta', 'severite') }} as severite on anomalie.severite = severite.severite
    where anomalie.est_a_traiter
),

pesee as (
    select
        applicable.convention_id,
        applicable.poids_applicable,
        coalesce(sum(en_defaut.poids), 0)::bigint as poids_en_defaut
    from {{ ref('poids_applicable') }} as applicable
    left join en_defaut on applicable.convention_id = en_defaut.convention_id
    group by all
)

select
    *,
    (100 * (poids_applicable - poids_en_defaut) / nullif(poids_applicable, 0))::decimal(5, 2) as score_qualite
from pesee

-- Grain: one finding of this run, those that another rule covers left out.
with ensemble as not materialized (
    {% for grain in grains() %}
        select * from {{ ref('constat_' ~ grain) }}
        {{ "union all" if not loop.last }}
    {% endfor %}
),

-- a finding silences those that its rule covers, on its object and on the agreement that holds it
couvert as (
    select
        couverture.couverte_id as regle_id,
        ensemble.objet_type,
        ensemble.objet_id
    from ensemble
    inner join {{ source('meta', 'regle_couverture') }} as couverture on ensemble.regle_id = couverture.regle_id
    union
    select
        couverture.couverte_id as regle_id,
        'convention' as objet_type,
        ensemble.convention_id as objet_id
    from ensemble
    inner join {{ source('meta', 'regle_couverture') }} as couverture on ensemble.regle_id = couverture.regle_id
    where ensemble.convention_id is not null
)

select
    substr(
        sha256(concat_ws('|', ensemble.regle_id, ensemble.objet_type, ensemble.objet_id, ensemble.discriminant)), 1, 24
    ) as anomalie_id,
    ensemble.* exclude (discriminant),
    substr(sha256(ensemble.preuve::varchar), 1, 16) as empreinte_preuve
from ensemble
anti join couvert
    on
        ensemble.regle_id = couvert.regle_id
        and ensemble.objet_type = couvert.objet_type
        and ensemble.objet_id = couvert.objet_id

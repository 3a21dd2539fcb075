-- Grain: one finding of this run, those that another rule covers left out.
with ensemble as (
    select * from {{ ref('constat_agrement') }}
    union all
    select * from {{ ref('constat_avenant') }}
    union all
    select * from {{ ref('constat_bailleur') }}
    union all
    select * from {{ ref('constat_commune') }}
    union all
    select * from {{ ref('constat_convention') }}
    union all
    select * from {{ ref('constat_ligne') }}
    union all
    select * from {{ ref('constat_logement') }}
    union all
    select * from {{ ref('constat_lot') }}
    union all
    select * from {{ ref('constat_migration') }}
    union all
    select * from {{ ref('constat_parcelle') }}
    union all
    select * from {{ ref('constat_region') }}
    union all
    select * from {{ ref('constat_version') }}
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

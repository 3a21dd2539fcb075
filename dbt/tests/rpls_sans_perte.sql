-- Every dwelling of RPLS landed is under one number.
{{ config(meta={'dagster': {'ref': {'name': 'rec_rpls'}}}) }}
with compte as (
    select
        (select count(*) from {{ ref('stg_rpls__logement') }}) as nb_poses,
        (select coalesce(sum(nb_logements), 0) from {{ ref('rec_rpls') }}) as nb_publies
)

select *
from compte
where nb_poses <> nb_publies

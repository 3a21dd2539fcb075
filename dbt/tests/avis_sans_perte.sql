-- Every answer landed is in a published opinion.
{{ config(meta={'dagster': {'ref': {'name': 'fct_avis'}}}) }}
with compte as (
    select
        (select count(*) from {{ ref('stg_satisfaction__reponse') }}) as nb_posees,
        (select count(*) from {{ ref('fct_avis') }}) as nb_publiees
)

select *
from compte
where nb_posees <> nb_publiees

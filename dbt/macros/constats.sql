{# The findings of every rule of a grain on its view. The catalogue of the run (meta.regle) holds one select a rule over `vue`. #}
{% macro constats(grain) -%}
{%- set catalogue = source('meta', 'regle') -%}
{%- set lecture -%}
select requete from {{ catalogue }} where est_evaluee and grain = '{{ grain }}' order by regle_id
{%- endset -%}
{%- set requetes = run_query(lecture).columns[0].values() if execute else [] -%}
with vue as not materialized (
    select * from {{ ref('vue_' ~ grain) }}
)
{% for requete in requetes %}
{{ requete }}
{{ "union all" if not loop.last }}
{% else %}
select
    null::varchar as regle_id, null::integer as regle_version, null::varchar as objet_type, null::varchar as objet_id,
    null::varchar as convention_id, null::varchar as code_departement, null::varchar as bailleur_id,
    null::varchar as discriminant, null::varchar as severite, null::json as preuve, null::varchar as message,
    null::varchar[] as references_juridiques, null::varchar as table_source
from vue
where false
{% endfor %}
{%- endmacro %}

{# What changed since the run that this one is compared with, over the relations that the select of the comparison names (see
   data_contracts/changement_sql.py). Without such a run there is no select, and nothing changed. #}
{% macro changements() -%}
{%- set lecture -%}
select requete from {{ source('meta', 'requete_changement') }}
{%- endset -%}
{%- set requetes = run_query(lecture).columns[0].values() if execute else [] -%}
{%- for requete in requetes %}
{{ requete }}
{%- else %}
{{ empty_mart() }}
{%- endfor %}
{%- endmacro %}

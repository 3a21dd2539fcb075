{# What changed since the run that this one is compared with: the select of the comparison (data_contracts/changement_sql.py) over the
   relations that it names. Without such a run there is no select, and nothing changed. #}
{% macro changements() -%}
{%- set relations = {
    'convention_avant': source('precedent', 'fct_convention'),
    'convention_apres': ref('fct_convention'),
    'constat_avant': source('precedent', 'fct_anomalie'),
    'constat_apres': ref('fct_anomalie'),
    'cause_changement': source('meta', 'cause_changement'),
} -%}
{%- set lecture -%}
select requete from {{ source('meta', 'requete_changement') }}
{%- endset -%}
{%- for requete in (run_query(lecture).columns[0].values() if execute else []) -%}
with
{%- for nom, relation in relations.items() %}
{{ nom }} as (select * from {{ relation }}),
{%- endfor %}
ecart as ({{ requete }})
select
    {{ published_columns() }}
from ecart
{%- else -%}
{{ empty_mart() }}
{%- endfor -%}
{%- endmacro %}

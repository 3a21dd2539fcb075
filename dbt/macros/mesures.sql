{# Marts under their own names, for the selects of a run that read them. #}
{% macro marts_par_leur_nom(noms) -%}
{%- for nom in noms %}
{{ nom }} as not materialized (
    select * from {{ ref(nom) }}
),
{% endfor %}
parametre as not materialized (
    select date_reference from {{ source('meta', 'parametre') }}
)
{%- endmacro %}

{# The selects of a catalogue of the run, united. Without any, `vide` is the select that gives their columns and no row. #}
{% macro requetes_unies(catalogue, cle, vide) -%}
{%- set lecture -%}
select requete from {{ catalogue }} where requete is not null order by {{ cle }}
{%- endset -%}
{%- set requetes = run_query(lecture).columns[0].values() if execute else [] -%}
{%- for requete in requetes %}
(
{{ requete }}
)
{{ "union all" if not loop.last }}
{%- else %}
{{ vide }}
{%- endfor %}
{%- endmacro %}

{# What the control by each rule of a grain weighs, as an expression over a row of its view: null where the rule does not apply. #}
{% macro poids_des_regles(grain) -%}
{%- set lecture -%}
select regle_id, poids from {{ source('meta', 'regle') }} where est_evaluee and grain = '{{ grain }}' order by regle_id
{%- endset -%}
{{ return(run_query(lecture).rows if execute else []) }}
{%- endmacro %}

{# What the controls that apply to the objects of a grain weigh, by agreement. #}
{% macro poids_par_convention(grain) -%}
select
    convention_id,
    sum(
        0
        {%- for regle in poids_des_regles(grain) %}
        + coalesce({{ regle['poids'] }}, 0)
        {%- endfor %}
    ) as poids_applicable
from {{ ref('vue_' ~ grain) }}
where convention_id is not null
group by all
{%- endmacro %}

{# How many objects of a grain each of its rules applies to. #}
{% macro objets_par_regle(grain) -%}
{%- set regles = poids_des_regles(grain) -%}
{%- if regles -%}
select unnest([
    {%- for regle in regles %}
    {regle_id: '{{ regle['regle_id'] }}', nb_applicables: count({{ regle['poids'] }})}{{ "," if not loop.last }}
    {%- endfor %}
], recursive := true)
from {{ ref('vue_' ~ grain) }}
{%- else -%}
select
    null::varchar as regle_id,
    null::bigint as nb_applicables
from {{ ref('vue_' ~ grain) }}
where false
{%- endif %}
{%- endmacro %}

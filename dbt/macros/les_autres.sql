{# Those that share something are kept as the six smallest ids, of which five at least are others for each of them. #}
{% macro six_premiers(id) -%}
min({{ id }}, 6)
{%- endmacro %}

{# The five smallest ids of the others, from the six smallest of all; an empty list for who shares with nobody. #}
{% macro les_autres(premiers, soi) -%}
coalesce(list_filter({{ premiers }}, lambda autre: autre <> {{ soi }})[1:5], [])
{%- endmacro %}

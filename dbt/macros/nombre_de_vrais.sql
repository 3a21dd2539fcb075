{# How many of these conditions are true; unknown counts as false. #}
{% macro nombre_de_vrais(conditions) -%}
len(list_filter([{{ conditions | join(', ') }}], lambda vrai: coalesce(vrai, false)))
{%- endmacro %}

{# The key of a refused row, which may hold anything: shown when it looks like an identifier, else the line it was received on. #}
{% macro cle_montrable(cle, ligne) -%}
case
    when regexp_full_match({{ cle }}, '\d{1,8}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}') then {{ cle }}
    else 'ligne ' || {{ ligne }}
end
{%- endmacro %}

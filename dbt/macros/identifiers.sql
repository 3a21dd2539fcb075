{# Public identifier of an Ecoloweb row: the source's name and its key there. Null stays null. #}
{% macro ecoloweb_id(key) -%}
    'ecoloweb:' || {{ key }}
{%- endmacro %}

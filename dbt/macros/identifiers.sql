{# Public identifier of an Ecoloweb row: the source's name and its key there. Null stays null. #}
{% macro ecoloweb_id(key) -%}
    'ecoloweb:' || {{ key }}
{%- endmacro %}

{# Public identifier of an APiLos row: the source's name and the UUID that its dumps and its exports both give. #}
{% macro apilos_id(uuid) -%}
    'apilos:' || {{ uuid }}
{%- endmacro %}

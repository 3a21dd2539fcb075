{# Public identifier of an Ecoloweb row: the source's name and its key there. Null stays null. #}
{% macro ecoloweb_id(key) -%}
    'ecoloweb:' || {{ key }}
{%- endmacro %}

{# Public identifier of an APiLos row: the source's name and the UUID that its dumps and its exports both give. #}
{% macro apilos_id(uuid) -%}
    'apilos:' || {{ uuid }}
{%- endmacro %}

{# The same of a row that may have no UUID: then its kind and its key there. #}
{% macro apilos_id_ou_cle(relation, genre, cle) -%}
    coalesce({{ apilos_id(relation ~ '.uuid') }}, 'apilos:{{ genre }}:' || {{ relation }}.{{ cle }})
{%- endmacro %}

{# A number of agreement as numbers are compared: capitals, without what people put between its parts. Null when nothing is left. #}
{% macro numero_norm(numero) -%}
    nullif(upper(regexp_replace({{ numero }}, '[-/. ]', '', 'g')), '')
{%- endmacro %}

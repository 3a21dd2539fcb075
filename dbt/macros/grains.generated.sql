{# Generated from data_contracts/vues by `make generate`: edit the contracts, not this file. #}
{% macro grains() -%}
{{ return(['avenant', 'commune', 'convention', 'lot', 'region', 'version']) }}
{%- endmacro %}

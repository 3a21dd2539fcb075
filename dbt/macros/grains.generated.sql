{# Generated from data_contracts/vues by `make generate`: edit the contracts, not this file. The grains at which rules are written. #}
{% macro grains() -%}
{{ return(['avenant', 'commune', 'convention', 'lot', 'region', 'version']) }}
{%- endmacro %}

{# Generated from data_contracts/vues by `make generate`: edit the contracts, not this file. #}
{% macro grains() -%}
{{ return(['agrement', 'avenant', 'bailleur', 'commune', 'convention', 'ligne', 'logement', 'lot', 'migration', 'parcelle', 'region', 'version']) }}
{%- endmacro %}

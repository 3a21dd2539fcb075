{# Generated from data_contracts/usages.yml by `make generate`: edit the contracts, not this file. #}
{% macro marts_des_usages() -%}
{{ return(['agg_completude', 'fct_agrement', 'fct_avis', 'fct_passage', 'rec_apilos', 'rec_convention', 'rec_delai', 'rec_rpls']) }}
{%- endmacro %}

{% macro aucun_compte() -%}
select null::varchar as usage, null::integer as rang, null::varchar as source, null::varchar as code_departement, null::bigint as nb_applicables, null::bigint as nb_renseignes where false
{%- endmacro %}

{# Generated from data_contracts/indicateurs by `make generate`: edit the contracts, not this file. #}
{% macro marts_de_la_completude() -%}
{{ return(['dim_bailleur', 'fct_avenant', 'fct_convention', 'fct_logement', 'fct_lot', 'fct_parcelle']) }}
{%- endmacro %}

{% macro marts_des_indicateurs() -%}
{{ return(['agg_completude', 'fct_agrement', 'fct_anomalie', 'fct_avis', 'fct_convention', 'fct_delai', 'fct_lot', 'fct_rapprochement', 'rec_rpls', 'rec_table']) }}
{%- endmacro %}

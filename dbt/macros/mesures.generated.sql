{# Generated from data_contracts/indicateurs by `make generate`: edit the contracts, not this file. #}
{% macro marts_de_la_completude() -%}
{{ return(['dim_bailleur', 'fct_avenant', 'fct_convention', 'fct_logement', 'fct_lot', 'fct_parcelle']) }}
{%- endmacro %}

{% macro marts_des_indicateurs() -%}
{{ return(['agg_completude', 'agg_compte', 'agg_service', 'dim_bailleur', 'dim_commune', 'dim_convention_alias', 'dim_departement', 'dim_livraison', 'fct_agrement', 'fct_anomalie', 'fct_avenant', 'fct_avis', 'fct_convention', 'fct_delai', 'fct_lot', 'fct_passage', 'fct_rapprochement', 'rec_rpls', 'rec_table']) }}
{%- endmacro %}

{% macro aucune_mesure() -%}
select null::varchar as kpi_id, null::integer as volet, null::varchar as axe, null::varchar as modalite, null::varchar as axe_parent, null::varchar as modalite_parent, null::integer as niveau, null::varchar as periode, null::bigint as nb, null::integer as seuil, null::boolean as est_primaire, null::boolean as est_effectif_publie, null::varchar as mesure, null::decimal(18, 4) as valeur, null::decimal(18, 4) as numerateur, null::decimal(18, 4) as denominateur, null::bigint as effectif, null::bigint as population, null::boolean as est_libre where false
{%- endmacro %}

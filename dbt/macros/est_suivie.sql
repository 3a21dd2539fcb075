{# True for an agreement that was neither cancelled nor given up. #}
{% macro est_suivie(statut) -%}
coalesce({{ statut }} not in ('ANNULEE', 'ABANDONNEE'), false)
{%- endmacro %}

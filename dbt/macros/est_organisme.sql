{# True for an owner that is not, and may not be, a person: it alone may be told apart in what is published of its activity. #}
{% macro est_organisme() -%}
nature_bailleur is not null and nature_bailleur <> 'PRIVE' and not est_personne_physique
{%- endmacro %}

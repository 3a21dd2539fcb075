{# The words of a text, whatever its accents, case and marks: « 12, rue de l'Église » → 12 RUE DE L EGLISE. #}
{% macro mots(texte) -%}
trim(regexp_replace(upper(strip_accents({{ texte }})), '[^A-Z0-9]+', ' ', 'g'))
{%- endmacro %}

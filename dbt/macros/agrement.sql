{# A name of commune, such as two sources may write it: capitals without accents nor punctuation, Saint in full, an article before the
   name, an arrondissement as « MARSEILLE 13 ». #}
{% macro nom_de_commune(nom) -%}
{%- set capitales -%}
replace(upper(strip_accents({{ nom }})), 'Œ', 'OE')
{%- endset -%}
{%- set article -%}
regexp_replace({{ capitales }}, '^(.+?) *\((LE|LA|LES|L''?)\) *$', '\2 \1')
{%- endset -%}
{%- set mots -%}
' ' || trim(regexp_replace({{ article }}, '[^A-Z0-9]+', ' ', 'g')) || ' '
{%- endset -%}
{%- set saints -%}
replace(replace({{ mots }}, ' ST ', ' SAINT '), ' STE ', ' SAINTE ')
{%- endset -%}
nullif(regexp_replace(trim({{ saints }}), '^(PARIS|LYON|MARSEILLE) 0*(\d{1,2}) ?(ER|E|EME)?( ARRONDISSEMENT)?$', '\1 \2'), '')
{%- endmacro %}

{# A SIRET of fourteen digits whose key is right, its lost leading zero put back; null for anything else. #}
{% macro siret_entier(siret) -%}
case
    when regexp_full_match({{ siret }}, '\d{13,14}') and {{ cle_de_luhn_juste("lpad(" ~ siret ~ ", 14, '0')") }}
        then lpad({{ siret }}, 14, '0')
end
{%- endmacro %}

{# Zone 1, 1bis, 2 or 3, and zone Abis, A, B1, B2 or C, each taken from the field where it is: some senders put one in place of the
   other. #}
{% macro zone_123(zone_123, zone_abc) -%}
nullif(regexp_extract(lower(concat_ws('|', {{ zone_123 }}, {{ zone_abc }})), '(?:^|\|)0?([123](?: ?bis)?)(?:\||$)', 1), '')
{%- endmacro %}

{% macro zone_abc(zone_123, zone_abc) -%}
{%- set lue -%}
upper(regexp_extract(concat_ws('|', {{ zone_123 }}, {{ zone_abc }}), '(?i)(?:^|\|)(A ?BIS|A|B1|B2|C)(?:\||$)', 1))
{%- endset -%}
case when {{ lue }} in ('ABIS', 'A BIS') then 'Abis' else nullif({{ lue }}, '') end
{%- endmacro %}

{# The département of who manages an operation, read in its code: the seat of an EPCI (13055), or a service of the State (DD013). #}
{% macro departement_du_gestionnaire(code) -%}
nullif(regexp_extract({{ code }}, '^(?:D[DR]0?)?(9[78]\d|\d\d|2[AB])', 1), '')
{%- endmacro %}

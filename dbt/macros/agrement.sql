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
nullif(
    replace(regexp_extract(lower(concat_ws('|', {{ zone_123 }}, {{ zone_abc }})), '(?:^|\|)0?([123](?: ?bis)?)(?:\||$)', 1), ' ', ''), ''
)
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

{# The code of the commune that a parcel reference starts with: 13055 835 I 0044. #}
{% macro commune_de_la_parcelle(reference) -%}
nullif(regexp_extract({{ reference }}, '^(\d[\dAB]\d{3}) ', 1), '')
{%- endmacro %}

{# What is counted of the agréments of each source, from a CTE of agréments where `poids` tells how many rows of the source each holds:
   the measure, its label, which agréments count, for how much, and whether one wants all of them to. #}
{% macro mesures_des_agrements(agrement) -%}
{%- set mesures = [
    ('communes_rattachees', 'communes rattachées au code officiel', 'code_commune is not null', 'poids', true),
    ('lignes_sans_logement', 'lignes sans logement', 'nb_lignes_sans_logement > 0', 'nb_lignes_sans_logement', false),
    ('maitres_ouvrage_inconnus', "maîtres d''ouvrage inconnus", 'est_maitre_ouvrage_inconnu', 'poids', false),
    ('siret_faux', 'SIRET ou SIREN faux, laissés tels quels', 'est_siret_faux', 'poids', false),
    ('siret_repares', 'SIRET à qui leur zéro de tête est rendu', 'est_siret_repare', 'poids', false),
    ('surfaces_vides', 'surfaces utiles vides', 'nb_surfaces_vides > 0', 'nb_surfaces_vides', false),
    ('zones_inversees', "zones 1/2/3 et A/B/C écrites l''une pour l''autre, remises en place", 'est_zone_inversee', 'poids', false),
] %}
{%- for mesure, libelle, condition, compte, est_entiere in mesures %}
select
    source,
    '{{ mesure }}' as mesure,
    '{{ libelle }}' as libelle,
    coalesce(sum({{ compte }}) filter (where {{ condition }}), 0) as nb,
    sum(poids) as sur,
    min(agrement_id, 20) filter (where {{ 'not ' if est_entiere }}coalesce({{ condition }}, false)) as cles
from {{ agrement }}
group by source
{{ "union all" if not loop.last }}
{%- endfor %}
{%- endmacro %}

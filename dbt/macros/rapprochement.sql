{# The forms of an operation's number, as a regular expression: eleven digits in SIAP; in GALION a year, who manages it (the seat of an
   EPCI, or a service of the State) and a rank. #}
{% macro forme_du_numero_operation() -%}
\d{11}|\d{4}(\d{5}|2[AB]\d{3}|(DD|DR)(0(\d{2}|2[AB])|9[78]\d))\d{4}
{%- endmacro %}

{# True for the number of an operation, written as SIAP or GALION write it. #}
{% macro est_numero_operation(numero) -%}
regexp_full_match({{ numero }}, '{{ forme_du_numero_operation() }}')
{%- endmacro %}

{# The numbers of operations that a text holds, sorted, without what separates their parts nor what stands around them: two for
   « N° 2015-13055-0003 et 20221200002 ». A digit more or less makes another number. #}
{% macro numeros_operation(texte) -%}
{%- set colle -%}
regexp_replace(upper({{ texte }}), '[^A-Z0-9]+', '', 'g')
{%- endset -%}
{%- set espace -%}
'--' || regexp_replace(upper({{ texte }}), '[^A-Z0-9]+', '--', 'g') || '--'
{%- endset -%}
{%- set parties -%}
[^0-9](\d{4}-*(?:\d{5}|2[AB]\d{3}|D[DR]-*(?:0(?:\d{2}|2[AB])|9[78]\d))-*\d{4}|\d{4}-*\d{2}-*\d{5})[^0-9]
{%- endset -%}
case
    when {{ est_numero_operation(colle) }} then [{{ colle }}]
    else list_sort(list_distinct(list_transform(
        regexp_extract_all({{ espace }}, '{{ parties }}', 1), lambda trouve: replace(trouve, '-', '')
    )))
end
{%- endmacro %}

{# The year that an agrément has, in words: SISAL gives that of its programming, SIAP only that in which its operation was created. #}
{% macro annee_dite(annee, origine) -%}
case {{ origine }} when 'numero' then 'opération créée en ' else 'programmée en ' end || {{ annee }}
{%- endmacro %}

{# The criteria of the matching, as one row. #}
{% macro criteres_du_rapprochement() -%}
select
    {%- for critere in [
        'confiance_numero_exact', 'confiance_numero_famille', 'confiance_numero_normalise', 'confiance_autre_financement',
        'seuil_lien', 'seuil_proposition', 'marge', 'propositions_max', 'taille_ecart_max_pct', 'taille_petite',
        'annees_min', 'annees_max', 'annees_pleines', 'annees_proches',
        'poids_bailleur', 'poids_bailleur_fusion', 'poids_commune', 'poids_financement', 'poids_famille', 'poids_taille',
        'poids_taille_petite', 'poids_annees_pleines', 'poids_annees_proches', 'poids_parcelle',
        'malus_nature', 'malus_autre_numero'
    ] %}
    max(valeur) filter (where critere = '{{ critere }}') as {{ critere }}{{ "," if not loop.last }}
    {%- endfor %}
from {{ ref('critere_rapprochement') }}
{%- endmacro %}

{# True when an agrément and an agreement are for dwellings of different natures, both known; a foyer of which SIAP does not say the
   public may be any, and SISAL has no word for an inclusive one. #}
{% macro natures_differentes(agrement, convention) -%}
coalesce(
    case
        when {{ agrement }} = 'FOYER_AUTRE' then {{ convention }} = 'ORDINAIRE'
        when {{ convention }} = 'FOYER_INCLUSIF' then {{ agrement }} = 'ORDINAIRE'
        else {{ agrement }} <> {{ convention }}
    end,
    false
)
{%- endmacro %}

{# What became of the agréments of each source that may have an agreement, from a CTE of them: the measure, its label, which agréments
   count. Each counts once, by the best way that links it. #}
{% macro mesures_du_rapprochement(rapproche) -%}
{%- set mesures = [
    ('lies_numero_exact', "agréments liés par le numéro de l''opération", "methode = 'numero_exact'"),
    ('lies_numero_normalise', "agréments liés par un numéro lu dans la référence du lot", "methode = 'numero_normalise'"),
    ('lies_ressemblance', "agréments liés par ressemblance", "methode = 'ressemblance'"),
    ('a_verifier', "agréments sans lien, avec un rapprochement à vérifier", "methode is null and nb_conventions_a_verifier > 0"),
    ('sans_convention', "agréments sans lien ni rapprochement à vérifier", "methode is null and nb_conventions_a_verifier = 0"),
] %}
{%- for mesure, libelle, condition in mesures %}
select
    source,
    '{{ mesure }}' as mesure,
    '{{ libelle }}' as libelle,
    count(*) filter (where {{ condition }}) as nb,
    count(*) as sur,
    min(agrement_id, 20) filter (where {{ condition }}) as cles
from {{ rapproche }}
group by source
{{ "union all" if not loop.last }}
{%- endfor %}
{%- endmacro %}

{# A text of APiLos; null when it is blank, or when the import from Ecoloweb wrote that it did not know. #}
{% macro texte_apilos(colonne) -%}
case when {{ est_non_renseigne(colonne) }} is not true then nullif(trim({{ colonne }}), '') end
{%- endmacro %}

{# True for the text that the import from Ecoloweb writes in a field that it had nothing for. #}
{% macro est_non_renseigne(colonne) -%}
regexp_full_match(trim({{ colonne }}), '(?i)non renseignée?s? *\(ecoloweb\)')
{%- endmacro %}

{# The day of an instant in UTC, as people in Paris lived it. #}
{% macro jour_de_paris(instant) -%}
(({{ instant }} at time zone 'UTC') at time zone 'Europe/Paris')::date
{%- endmacro %}

{# Square metres of an area written « 0 ha 12 a 40 ca », or as a number; null when it is neither, or zero. #}
{% macro superficie_cadastrale(texte) -%}
{%- set parties = "regexp_extract_all(" ~ texte ~ ", '\\d+')" -%}
nullif(
    case
        when regexp_full_match(trim({{ texte }}), '\d{1,6} *ha *\d{1,6} *a *\d{1,6} *ca')
            then {{ parties }}[1]::bigint * 10000 + {{ parties }}[2]::bigint * 100 + {{ parties }}[3]::bigint
        when regexp_full_match(trim({{ texte }}), '\d{1,12}([.,]\d+)?')
            then try_cast(replace(trim({{ texte }}), ',', '.') as decimal(16, 2))
    end,
    0
)
{%- endmacro %}

{# The CTEs that follow the copies and amendments of a table up to the row where they begin.

   `racine` (id, racine_id, rang): `racine_id` is null when a parent is missing, or when parents go round in a circle; `rang` is the
   number of parents above, as far as they can be followed. #}
{% macro cte_racine(relation) -%}
lien as (
    select
        id,
        parent_id
    from {{ relation }}
),

chaine as (
    select
        id,
        id as ancetre_id,
        parent_id,
        [id] as chemin
    from lien
    union all
    select
        chaine.id,
        parent.id as ancetre_id,
        parent.parent_id,
        list_append(chaine.chemin, parent.id) as chemin
    from chaine
    inner join lien as parent on chaine.parent_id = parent.id
    where not list_contains(chaine.chemin, parent.id)
),

racine as (
    select
        id,
        max(ancetre_id) filter (where parent_id is null) as racine_id,
        max(len(chemin))::integer - 1 as rang
    from chaine
    group by id
)
{%- endmacro %}

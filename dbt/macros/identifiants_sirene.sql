{# Sum of the digits of a number written as text; null when it holds anything else. #}
{% macro somme_des_chiffres(numero) -%}
case
    when regexp_full_match({{ numero }}, '\d+')
        then list_sum(list_transform(string_split({{ numero }}, ''), lambda chiffre: chiffre::integer))
end
{%- endmacro %}

{# True when the last digit of a number is its Luhn key: every other digit from the right counts double, its two figures added up.
   Null when the text holds anything but digits. #}
{% macro cle_de_luhn_juste(numero) -%}
{%- set chiffre = "substr(reverse(" ~ numero ~ "), rang::integer, 1)::integer" -%}
case
    when regexp_full_match({{ numero }}, '\d+')
        then list_sum(
            list_transform(
                range(1, length({{ numero }}) + 1),
                lambda rang: case
                    when rang % 2 = 1 then {{ chiffre }}
                    else {{ chiffre }} * 2 // 10 + {{ chiffre }} * 2 % 10
                end
            )
        ) % 10 = 0
end
{%- endmacro %}

{# What was typed as an identifier, but an e-mail address, which is personal. #}
{% macro sans_adresse_electronique(texte) -%}
case when contains({{ texte }}, '@') then '(adresse électronique)' else {{ texte }} end
{%- endmacro %}

{# The département read in the code of an office: DD033, DD02A, DD971 for the State; CG029 for a département council; 13055 for an EPCI
   named after its seat. #}
{% macro departement_du_service(code) -%}
case
    when regexp_full_match({{ code }}, '[A-Z]{2}0(\d{2}|2[AB])') then substr({{ code }}, 4, 2)
    when regexp_full_match({{ code }}, '[A-Z]{2}9[78]\d') then substr({{ code }}, 3, 3)
    when regexp_full_match({{ code }}, '9[78]\d{3}') then substr({{ code }}, 1, 3)
    when regexp_full_match({{ code }}, '(\d{2}|2[AB])\d{3}') then substr({{ code }}, 1, 2)
end
{%- endmacro %}

{# The columns together name one row: none is null and no two rows share them. Fails with the faulty keys and how many rows bear them. #}
{% test primary_key(model, columns) %}
select
    {{ columns | join(', ') }},
    count(*) as nb_lignes
from {{ model }}
group by all
having count(*) > 1 or {{ columns | join(' is null or ') }} is null
{% endtest %}

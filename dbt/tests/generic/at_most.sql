{# No row holds in a column more than another column says it can. Fails with the faulty rows' keys and both values. #}
{% test at_most(model, key, column, ceiling) %}
select
    {{ key }},
    {{ column }},
    {{ ceiling }}
from {{ model }}
where {{ column }} > {{ ceiling }}
{% endtest %}

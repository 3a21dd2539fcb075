{# The columns that the contract promises, in its order and with its types, read from the model's own contract; all of them in a
   unit test, which has no contract. #}
{% macro published_columns() -%}
    {%- for column in model.columns.values() %}
    cast({{ column.name }} as {{ column.data_type }}) as {{ column.name }}{{ "," if not loop.last }}
    {%- else %}
    *
    {%- endfor %}
{%- endmacro %}

{# A mart whose source is not there yet: its columns and types, and no row. #}
{% macro empty_mart() -%}
select
    {%- for column in model.columns.values() %}
    cast(null as {{ column.data_type }}) as {{ column.name }}{{ "," if not loop.last }}
    {%- endfor %}
where false
{%- endmacro %}

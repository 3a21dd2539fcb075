{# Tables and views are made under their own name, at once: every build has a database of its own, where nothing reads yet. dbt's own way,
   which makes them beside what is there, renames both and drops the older, takes longer than most of the queries. #}
{% materialization table, adapter='duckdb' %}
    {% set target = this.incorporate(type='table') %}
    {{ leave_the_place(target) }}
    {% call statement('main') %}{{ create_table_as(false, target, sql) }}{% endcall %}
    {{ adapter.commit() }}
    {{ return({'relations': [target]}) }}
{% endmaterialization %}

{% materialization view, adapter='duckdb' %}
    {% set target = this.incorporate(type='view') %}
    {{ leave_the_place(target) }}
    {% call statement('main') %}{{ create_view_as(target, sql) }}{% endcall %}
    {{ adapter.commit() }}
    {{ return({'relations': [target]}) }}
{% endmaterialization %}

{# Drop what a database that is built twice holds of that name. #}
{% macro leave_the_place(target) %}
    {% set there = load_cached_relation(target) %}
    {% if there is not none %}{% do adapter.drop_relation(there) %}{% endif %}
{% endmacro %}

{# CTEs `usage`, `reunion` and `partage`: the agreements that share a key with others, from a CTE of pairs (convention_id, cle). `nb_autres` is the
   number of others on the key that most agreements share; `autres` their five smallest ids. Pairs of agreements are never made. #}
{% macro conventions_qui_partagent(paires) -%}
usage as (
    select
        cle,
        count(*) as nb_conventions,
        min({{ ecoloweb_id('convention_id') }}, 6) as conventions
    from {{ paires }}
    group by all
    having count(*) > 1
),

reunion as (
    select
        {{ paires }}.convention_id,
        count(*) as nb_cles,
        max(usage.nb_conventions) - 1 as nb_autres,
        list_sort(list_distinct(flatten(list(usage.conventions order by usage.cle)))) as conventions
    from {{ paires }}
    inner join usage on {{ paires }}.cle = usage.cle
    group by all
),

partage as (
    select
        convention_id,
        nb_cles,
        nb_autres,
        list_filter(conventions, lambda autre: autre <> {{ ecoloweb_id('convention_id') }})[1:5] as autres
    from reunion
)
{%- endmacro %}

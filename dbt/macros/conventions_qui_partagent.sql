{# CTEs `usage`, `reunion`, `separation` and `partage`: the agreements that share a key with others, from a CTE of pairs
   (convention_id, cle). `autres` are the five smallest ids of the others. `nb_autres` is how many they are, at least: those of the key
   that most agreements share, or those that the first six of every key make together. Pairs of agreements are never made. #}
{% macro conventions_qui_partagent(paires) -%}
usage as (
    select
        cle,
        count(*) as nb_conventions,
        {{ six_premiers('convention_id') }} as conventions
    from {{ paires }}
    group by all
    having count(*) > 1
),

reunion as (
    select
        {{ paires }}.convention_id,
        count(*) as nb_cles,
        max(usage.nb_conventions) - 1 as nb_sur_une_cle,
        list_sort(list_distinct(flatten(list(usage.conventions order by usage.cle)))) as conventions
    from {{ paires }}
    inner join usage on {{ paires }}.cle = usage.cle
    group by all
),

-- without the agreement itself
separation as (
    select
        convention_id,
        nb_cles,
        nb_sur_une_cle,
        list_filter(conventions, lambda autre: autre <> convention_id) as autres
    from reunion
),

partage as (
    select
        convention_id,
        nb_cles,
        greatest(nb_sur_une_cle, len(autres)) as nb_autres,
        autres[1:5] as autres
    from separation
)
{%- endmacro %}

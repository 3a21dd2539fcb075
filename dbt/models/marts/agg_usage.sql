-- Grain: one use × one source × one of its départements, or their whole.
with {{ marts_par_leur_nom(marts_des_usages()) }},

compte as (
    {{ requetes_unies(source('meta', 'exigence'), 'usage, rang', aucun_compte()) }}
),

departement as (
    select distinct
        usage,
        source,
        code_departement
    from compte
    where code_departement is not null
),

cellule as (
    select * from compte
    where code_departement is not null
    union all by name
    -- what is only known of a whole source holds, or not, in each of its départements
    select compte.* replace (departement.code_departement as code_departement)
    from compte
    inner join departement on compte.usage = departement.usage and compte.source = departement.source
    where compte.code_departement is null
    union all by name
    select
        usage,
        rang,
        source,
        'ensemble' as code_departement,
        sum(nb_applicables) as nb_applicables,
        sum(nb_renseignes) as nb_renseignes
    from compte
    group by usage, rang, source
),

-- rounded down: a share shown at its threshold has reached it
jugee as (
    select
        cellule.* exclude (usage, rang),
        exigence.* exclude (requete),
        (10000 * cellule.nb_renseignes // cellule.nb_applicables)::decimal(7, 2) / 100 as taux_pct,
        case
            when 100 * cellule.nb_renseignes >= exigence.utilisable_pct * cellule.nb_applicables then 0
            when 100 * cellule.nb_renseignes >= exigence.precaution_pct * cellule.nb_applicables then 1
            else 2
        end as gravite
    from cellule
    inner join {{ source('meta', 'exigence') }} as exigence on cellule.usage = exigence.usage and cellule.rang = exigence.rang
    where cellule.nb_applicables > 0
),

pire as (
    select
        *,
        count(*) over cellule as nb_exigences,
        count(*) filter (where gravite = 0) over cellule as nb_tenues
    from jugee
    window cellule as (partition by usage, source, code_departement)
    qualify
        row_number() over (
            partition by usage, source, code_departement
            order by gravite desc, taux_pct - utilisable_pct asc, rang asc
        ) = 1
),

dite as (
    select
        *,
        libelle as exigence,
        case gravite when 0 then 'utilisable' when 1 then 'avec_precaution' else 'non_utilisable' end as etat,
        replace((floor(10 * taux_pct) / 10)::decimal(4, 1)::varchar, '.', ',') || ' %' as taux_ecrit
    from pire
),

usage as (
    select
        *,
        case
            when gravite = 0
                then
                    'La plus basse des exigences tient : '
                    || exigence || ', ' || taux_ecrit || ', pour ' || utilisable_pct || ' % demandés.'
            else exigence || ' : ' || taux_ecrit || ' au lieu de ' || utilisable_pct || ' % au moins.'
        end as motif
    from dite
)

select
    {{ published_columns() }}
from usage

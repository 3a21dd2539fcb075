-- Grain: one public holiday of one year in one calendar: the national one, or that of a département with holidays of its own.
with annee as (
    -- agreements begin in 1977
    select unnest(range(1977, greatest(2035, year(date_reference)) + 1)) as annee
    from {{ source('meta', 'parametre') }}
),

-- the full moon of Easter as a day counted from the last of February; Carter's rule, true from 1900 to 2099
lune as (
    select
        annee,
        (255 - 11 * (annee % 19) - 21) % 30 + 21 as jour
    from annee
),

lune_corrigee as (
    select
        annee,
        jour - (jour > 48)::integer as jour
    from lune
),

-- the Sunday that follows it
paques as (
    select
        annee,
        make_date(annee, 3, 1) + (jour + 6 - (annee + annee // 4 + jour + 1) % 7)::integer as dimanche
    from lune_corrigee
),

fete as (
    select
        code,
        libelle,
        mois_jour,
        jours_apres_paques,
        coalesce(depuis, date '1977-01-01') as depuis,
        string_split(departements, ' ') as departements
    from {{ ref('jour_ferie') }}
),

calendrier as (
    select 'national' as calendrier
    union
    select unnest(departements) as calendrier
    from fete
),

jour as (
    select
        calendrier.calendrier,
        fete.code,
        fete.libelle,
        fete.depuis,
        coalesce(
            strptime(paques.annee || '-' || fete.mois_jour, '%Y-%m-%d')::date, paques.dimanche + fete.jours_apres_paques
        ) as jour
    from fete
    inner join calendrier
        on fete.departements is null or list_contains(fete.departements, calendrier.calendrier)
    cross join paques
)

select
    calendrier,
    jour,
    code,
    libelle
from jour
where jour >= depuis

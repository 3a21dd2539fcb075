-- Grain: one stage of one agreement or amendment, with what becomes of it: measured, still open, or set aside and why.
with etape as (
    select
        'ecoloweb' as source,
        *
    from {{ ref('int_etape_ecoloweb') }}
    union all by name
    select
        'apilos' as source,
        *
    from {{ ref('int_etape_apilos') }}
),

calendrier as (
    select distinct calendrier
    from {{ ref('int_jour_ferie') }}
),

situee as (
    select
        etape.*,
        parametre.date_reference,
        coalesce(etape.date_fin, parametre.date_reference) as date_observee,
        coalesce(etape.avenant_id, etape.convention_id) as objet_id,
        coalesce(calendrier.calendrier, 'national') as calendrier
    from etape
    cross join {{ source('meta', 'parametre') }} as parametre
    left join calendrier on etape.code_departement = calendrier.calendrier
),

mesuree as (
    select
        situee.* exclude (date_observee, calendrier, date_reference),
        date_diff('day', situee.date_debut, situee.date_observee) as duree_jours,
        a_la_fin.nb_jours_ouvres - au_debut.nb_jours_ouvres as duree_jours_ouvres,
        case
            when situee.date_debut is null then 'sans_debut'
            when situee.date_fin < situee.date_debut then 'negatif'
            -- before 1977, or still to come: no calendar tells how long it was
            when au_debut.jour is null or greatest(situee.date_debut, situee.date_fin) > situee.date_reference then 'hors_periode'
            when situee.date_fin is not null then 'ferme'
            when situee.est_attendue then 'ouvert'
            when situee.est_abandonnee then 'abandonne'
            else 'sans_fin'
        end as destin
    from situee
    left join {{ ref('int_jour_ouvre') }} as au_debut
        on situee.calendrier = au_debut.calendrier and situee.date_debut = au_debut.jour
    left join {{ ref('int_jour_ouvre') }} as a_la_fin
        on situee.calendrier = a_la_fin.calendrier and situee.date_observee = a_la_fin.jour
)

-- the time that one side held a file is that of all its spells; another stage is met once
select
    source,
    convention_id,
    avenant_id,
    objet_id,
    etape_id,
    types,
    statut,
    code_departement,
    code_region,
    nature_bailleur,
    est_anah,
    est_reprise,
    est_abandonnee,
    bool_or(est_attendue) as est_attendue,
    min(date_debut) as date_debut,
    case when count(date_fin) = count(*) then max(date_fin) end as date_fin,
    sum(duree_jours)::integer as duree_jours,
    sum(duree_jours_ouvres)::integer as duree_jours_ouvres,
    -- one spell that can't be measured leaves the whole without a measure, and one that is open leaves it open
    arg_min(destin, list_position(['sans_debut', 'negatif', 'hors_periode', 'abandonne', 'sans_fin', 'ouvert', 'ferme'], destin))
        as destin
from mesuree
group by all

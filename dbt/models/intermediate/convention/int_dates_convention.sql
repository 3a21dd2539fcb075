-- Grain: one agreement: every date that its current state gives, the last of its acts, its denunciation and the term it meets.
with lot as (
    select
        periode_id,
        flatten(
            list(
                [
                    date_mise_service, date_mise_chantier, date_livraison_logements, date_resiliation, date_demande_denonciation,
                    date_initiale_loyers_redevances, date_actualisation_loyers_redevances, date_financement
                ]
            )
        ) as dates
    from {{ ref('int_lot') }}
    group by all
),

-- an instant of creation that is zero in the source, hence unknown
ligne_sans_creation as (
    select programme_id
    from {{ ref('stg_ecoloweb__logement') }}
    where date_creation is null
    union all
    select programme_id
    from {{ ref('stg_ecoloweb__annexe') }}
    where date_creation is null
    union all
    select programme_id
    from {{ ref('stg_ecoloweb__adresse_programme') }}
    where date_creation is null
),

sans_creation as (
    select
        lot.periode_id,
        count(*) as nb_lignes
    from ligne_sans_creation as ligne
    inner join {{ ref('int_lot') }} as lot on {{ ecoloweb_id('ligne.programme_id') }} = lot.programme_id
    group by all
),

suite as (
    select
        convention_id,
        date_debut,
        statut,
        lag(statut) over (partition by convention_id order by rang) as statut_precedent
    from {{ ref('int_periode') }}
),

denonciation as (
    select
        convention_id,
        max(date_debut) as date_denonciation
    from suite
    where statut = 'DENONCEE' and statut_precedent is distinct from 'DENONCEE'
    group by all
),

convention as (
    select
        convention.convention_id,
        convention.renouvellement_ans,
        convention.date_expiration,
        -- what has taken place, or never will: not a term nor a planned delivery
        [
            convention.date_depot, convention.date_signature_bailleur, convention.date_signature_delegataire,
            convention.date_envoi_prefet, convention.date_signature_prefet, convention.date_envoi_publication,
            convention.date_refus_publication, convention.date_publication, convention.date_envoi_caf,
            convention.date_dernier_renouvellement, convention.date_demande_denonciation, convention.date_resiliation,
            convention.date_annulation
        ] as actes,
        [convention.date_expiration_initiale, convention.date_expiration] || coalesce(lot.dates, []) as autres_dates,
        coalesce(sans_creation.nb_lignes, 0) as nb_lignes_sans_creation,
        case
            when convention.statut <> 'DENONCEE' then null
            when etat.est_vivante then etat.date_denonciation
            else denonciation.date_denonciation
        end as date_denonciation
    from {{ ref('int_convention') }} as convention
    left join lot on convention.periode_id = lot.periode_id
    left join sans_creation on convention.periode_id = sans_creation.periode_id
    left join denonciation on convention.convention_id = denonciation.convention_id
    left join {{ ref('int_apilos_etat') }} as etat on convention.convention_id = etat.convention_id
)

select
    convention_id,
    list_max(actes) as date_derniere_etape,
    list_sort(list_filter(list_distinct(actes || autres_dates), lambda jour: jour is not null)) as dates_saisies,
    nb_lignes_sans_creation,
    date_denonciation,
    -- an agreement ends with its term or the day after
    case
        when date_denonciation is not null
            then coalesce(
                {{ tacit_expiry('date_expiration', 'renouvellement_ans', '(date_denonciation - 1)') }}, date_expiration
            )
    end as date_echeance_denonciation
from convention

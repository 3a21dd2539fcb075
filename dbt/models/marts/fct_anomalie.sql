-- Grain: one finding, open when this run makes it, resolved when only an earlier run made it.
with evaluee as (
    select regle_id
    from {{ source('meta', 'regle') }}
    where est_evaluee
),

-- what this run looked at: a delivery limited to some départements says nothing of the others, and one seen by a clearance says
-- nothing of the operations that it does not show
perimetre as (
    select
        source,
        departements,
        habilitation
    from {{ source('meta', 'livraison') }}
),

ouverte as (
    select
        constat.*,
        'ouverte' as etat,
        least(coalesce(registre.premiere_vue, parametre.date_reference), parametre.date_reference) as premiere_vue,
        greatest(coalesce(registre.derniere_vue, parametre.date_reference), parametre.date_reference) as derniere_vue
    from {{ ref('constat') }} as constat
    cross join {{ source('meta', 'parametre') }} as parametre
    left join {{ source('meta', 'registre_constat') }} as registre on constat.anomalie_id = registre.anomalie_id
),

resolue as (
    -- resolved by the first run that no longer makes it
    select
        registre.* replace (
            'resolue' as etat,
            least(coalesce(registre.date_resolution, parametre.date_reference), parametre.date_reference) as date_resolution
        )
    from {{ source('meta', 'registre_constat') }} as registre
    inner join perimetre on split_part(registre.objet_id, ':', 1) = perimetre.source
    cross join {{ source('meta', 'parametre') }} as parametre
    where
        registre.anomalie_id not in (select constat.anomalie_id from {{ ref('constat') }} as constat)
        and registre.regle_id in (select evaluee.regle_id from evaluee)
        and (
            len(perimetre.departements) = 0
            or coalesce(list_contains(perimetre.departements, registre.code_departement), false)
        )
        and (
            perimetre.habilitation is null
            or registre.objet_id in (select agrement.agrement_id from {{ ref('int_agrement') }} as agrement)
        )
),

ensemble as (
    select * from ouverte
    union all by name
    select * from resolue
),

courante as (
    select
        anomalie_id,
        statut as decision,
        motif as decision_motif,
        auteur as decision_auteur,
        date_decision as decision_date,
        empreinte_preuve as empreinte_decidee
    from {{ ref('decision') }}
    where est_courante
),

-- a decision holds for the evidence it was taken on, and « corrigé » once the finding is gone
decidee as (
    select
        ensemble.*,
        courante.* exclude (anomalie_id, empreinte_decidee),
        coalesce(
            ensemble.etat = 'ouverte'
            and (courante.decision = 'corrige' or courante.empreinte_decidee <> ensemble.empreinte_preuve),
            false
        ) as est_decision_a_revoir,
        ensemble.etat = 'ouverte'
        and not coalesce(
            courante.decision in ('justifie', 'faux_positif') and courante.empreinte_decidee = ensemble.empreinte_preuve, false
        ) as est_a_traiter,
        ensemble.etat = 'resolue' or coalesce(courante.decision in ('justifie', 'corrige', 'faux_positif'), false) as est_close
    from ensemble
    left join courante on ensemble.anomalie_id = courante.anomalie_id
)

select
    {{ published_columns() }}
from decidee

-- Grain: one period during which its agreement was in force: the first and the last day of it.
with periode as (
    select
        periode.periode_id,
        periode.convention_id,
        periode.statut,
        periode.est_courante,
        periode.rang,
        -- the current state is that of the reference date, whatever day it was dated
        case
            when periode.est_courante then least(periode.date_debut, parametre.date_reference) else periode.date_debut
        end as date_debut,
        -- the state of APiLos is written on periods that began before the agreement ended
        case
            when periode.date_signature is not null and periode.statut in ('RESILIEE', 'DENONCEE')
                then coalesce(periode.date_resiliation, case when etat.est_vivante then etat.date_denonciation end)
        end as date_sortie,
        parametre.date_reference
    from {{ ref('int_periode') }} as periode
    semi join {{ ref('int_convention_recue') }} as convention on periode.convention_id = convention.convention_id
    cross join {{ source('meta', 'parametre') }} as parametre
    left join {{ ref('int_apilos_etat') }} as etat on periode.convention_id = etat.convention_id
),

-- a period lasts until a later one begins: days that the source left between two keep the state they had
suivie as (
    select
        *,
        min(date_debut) over (
            partition by convention_id order by est_courante, rang rows between 1 following and unbounded following
        ) as date_suivante
    from periode
),

bornee as (
    select
        periode_id,
        date_debut,
        case
            when statut in ('SIGNEE', 'PUBLICATION', 'PUBLIEE', 'OPPOSABLE') then date_suivante
            when date_sortie is null then date_debut
            else least(date_suivante, date_sortie, date_reference)
        end as date_perte
    from suivie
)

select
    periode_id,
    date_debut as date_vigueur_debut,
    date_perte - 1 as date_vigueur_fin
from bornee
where date_perte is null or date_debut < date_perte

-- Grain: one decision of an analyst, beside what is known of the finding it is about. The last one on a finding is current.
with constatee as (
    select
        anomalie_id,
        regle_id,
        convention_id,
        code_departement,
        bailleur_id
    from {{ ref('constat') }}
    union all
    select
        anomalie_id,
        regle_id,
        convention_id,
        code_departement,
        bailleur_id
    from {{ source('meta', 'registre_constat') }} as registre
    where registre.anomalie_id not in (select constat.anomalie_id from {{ ref('constat') }} as constat)
)

select
    decision.*,
    constatee.regle_id,
    constatee.convention_id,
    constatee.code_departement,
    constatee.bailleur_id,
    row_number() over (
        partition by decision.anomalie_id
        order by decision.date_decision desc, decision.decision_id desc
    ) = 1 as est_courante
from {{ source('meta', 'decision') }} as decision
left join constatee on decision.anomalie_id = constatee.anomalie_id

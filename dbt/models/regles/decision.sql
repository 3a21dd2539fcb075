-- Grain: one decision of an analyst, beside what is known of the finding it is about. The last one on a finding is current.
with constatee as (
    select
        constat.anomalie_id,
        constat.regle_id,
        constat.convention_id,
        constat.code_departement,
        constat.bailleur_id
    from {{ ref('constat') }} as constat
    -- findings are counted in millions, decisions in thousands
    semi join {{ source('meta', 'decision') }} as decision on constat.anomalie_id = decision.anomalie_id
    union all
    select
        registre.anomalie_id,
        registre.regle_id,
        registre.convention_id,
        registre.code_departement,
        registre.bailleur_id
    from {{ source('meta', 'registre_constat') }} as registre
    semi join {{ source('meta', 'decision') }} as decision on registre.anomalie_id = decision.anomalie_id
    anti join {{ ref('constat') }} as constat on registre.anomalie_id = constat.anomalie_id
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

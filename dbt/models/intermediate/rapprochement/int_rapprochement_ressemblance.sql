-- Grain: one agrément and one agreement that resembles it: linked when each is by far the best of the other, else proposed.
with critere as (
    {{ criteres_du_rapprochement() }}
),

candidat as (
    select
        candidat.*,
        max(candidat.confiance) over (partition by candidat.agrement_id) as meilleure_de_l_agrement,
        max(candidat.confiance) over (partition by candidat.part_id) as meilleure_de_la_part
    from {{ ref('int_candidat') }} as candidat
    cross join critere
    where candidat.confiance >= critere.seuil_proposition
),

-- how many are as good as the best, or nearly
compte as (
    select
        candidat.*,
        count(*) filter (where candidat.confiance > candidat.meilleure_de_l_agrement - critere.marge)
            over (partition by candidat.agrement_id) as nb_conventions_proches,
        count(*) filter (where candidat.confiance > candidat.meilleure_de_la_part - critere.marge)
            over (partition by candidat.part_id) as nb_agrements_proches
    from candidat
    cross join critere
),

juge as (
    select
        compte.*,
        compte.confiance >= critere.seuil_lien
        and compte.confiance = compte.meilleure_de_l_agrement
        and compte.confiance = compte.meilleure_de_la_part
        and compte.nb_conventions_proches = 1
        and compte.nb_agrements_proches = 1 as est_lien
    from compte
    cross join critere
),

-- what is linked is no longer proposed to anything else
reste as (
    select
        *,
        bool_or(est_lien) over (partition by agrement_id) or bool_or(est_lien) over (partition by part_id) as est_pris
    from juge
)

select
    reste.* exclude (est_lien, est_pris, meilleure_de_l_agrement, meilleure_de_la_part),
    case when reste.est_lien then 'lien' else 'a_verifier' end as statut
from reste
cross join critere
where reste.est_lien or not reste.est_pris
qualify
    row_number() over (partition by reste.agrement_id order by reste.confiance desc, reste.convention_id asc, reste.part_id asc)
    <= critere.propositions_max

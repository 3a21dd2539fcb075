-- Grain: one agreement that only APiLos gives: what its file holds and that of Ecoloweb does not.
with seconde_vie as (
    select
        convention_id as acte_id,
        count(distinct convention_origine_id) as nb_parents
    from {{ ref('stg_apilos__seconde_vie') }}
    group by all
)

select
    acte.convention_id,
    acte.date_validation,
    case acte.type_1_2 when 'Type1' then 'I' when 'Type2' then 'II' end as annexe_type,
    acte.est_signataire_renseigne,
    acte.date_deliberation,
    {{ nombre_de_vrais(['acte.est_variante_1', 'acte.est_variante_2', 'acte.est_variante_3']) }} as nb_variantes,
    {{ nombre_de_vrais([
        'acte.est_attribution_agees_autonomie', 'acte.est_attribution_agees_ephad', 'acte.est_attribution_agees_desorientees',
        'acte.est_attribution_agees_petite_unite', 'acte.est_attribution_agees_autre', 'acte.est_attribution_handicapes_foyer',
        'acte.est_attribution_handicapes_foyer_de_vie', 'acte.est_attribution_handicapes_foyer_medicalise',
        'acte.est_attribution_handicapes_autre', 'acte.est_attribution_residence_sociale_ordinaire',
        'acte.est_attribution_pension_de_famille', 'acte.est_attribution_residence_accueil'
    ]) }}
    + case when acte.attribution_inclusif_conditions_admission is not null then 1 else 0 end as nb_attributions,
    coalesce(seconde_vie.nb_parents, 0) as nb_parents_seconde_vie
from {{ ref('int_apilos_acte') }} as acte
left join seconde_vie on acte.acte_id = seconde_vie.acte_id
where acte.convention_id is not null and acte.est_apport and not acte.est_avenant
qualify row_number() over (partition by acte.convention_id order by acte.ordre) = 1

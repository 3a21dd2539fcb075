-- Grain: one period of an agreement's history.
with version_ as (
    select
        periode.* exclude (convention_id, source),
        lots.nb_logements,
        lots.code_commune,
        departement.code_region,
        vigueur.date_vigueur_debut,
        vigueur.date_vigueur_fin,
        bailleur.bailleur_id,
        periode.descriptif as libelle,
        periode.periode_id as version_id,
        convention.convention_id,
        -- without a programme: the département of the office that created the agreement
        coalesce(lots.code_departement, administration.code_departement) as code_departement,
        case when periode.est_courante and etat.est_vivante then 'apilos' else periode.source end as source,
        coalesce(lots.est_anah, false) or coalesce(periode.est_type_anah, false) as est_anah,
        coalesce(lots.familles_financement, []) as familles_financement,
        coalesce(lots.nb_lots, 0) as nb_lots
    from {{ ref('int_periode') }} as periode
    left join {{ ref('int_convention_recue') }} as convention on periode.convention_id = convention.convention_id
    left join {{ ref('int_apilos_etat') }} as etat on periode.convention_id = etat.convention_id
    left join {{ ref('int_lot_periode') }} as lots on periode.periode_id = lots.periode_id
    left join {{ ref('int_bailleur') }} as bailleur on lots.proprietaire_id = bailleur.bailleur_id
    left join {{ ref('int_administration') }} as administration
        on convention.administration_creatrice_id = administration.administration_id
    left join {{ source('referentiel', 'departement') }} as departement
        on coalesce(lots.code_departement, administration.code_departement) = departement.code_departement
    left join {{ ref('int_vigueur') }} as vigueur on periode.periode_id = vigueur.periode_id
)

select
    {{ published_columns() }}
from version_

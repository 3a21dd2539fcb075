-- Grain: one dwelling row of a current lot.
with logement as (
    select
        logement.surface_habitable_m2,
        logement.surface_annexe_m2,
        logement.surface_utile_m2,
        logement.surface_corrigee_m2,
        logement.coefficient,
        logement.loyer_eur,
        lot.lot_id,
        lot.convention_id,
        construction.code as type_construction,
        statut.code as statut_logement,
        sortie.code as motif_sortie,
        {{ ecoloweb_id('logement.logement_id') }} as logement_id,
        coalesce(typologie.typologie, type_logement.code) as typologie,
        coalesce(logement.nb_logements, 1) as nb_logements,
        -- what is filled, whatever part is missing
        nullif(
            concat_ws(' ', logement.numero_batiment, logement.no_escalier, logement.etage, logement.numero_logement), ''
        ) as designation
    from {{ ref('stg_ecoloweb__logement') }} as logement
    inner join {{ ref('int_lot_publie') }} as lot on logement.programme_id = lot.programme_id and lot.est_courante
    left join {{ ref('stg_ecoloweb__valeur') }} as type_logement on logement.type_logement_id = type_logement.valeur_id
    left join {{ ref('type_logement') }} as typologie on type_logement.code = typologie.code
    left join {{ ref('stg_ecoloweb__valeur') }} as construction on logement.type_construction_id = construction.valeur_id
    left join {{ ref('stg_ecoloweb__valeur') }} as statut on logement.statut_logement_id = statut.valeur_id
    left join {{ ref('stg_ecoloweb__valeur') }} as sortie on logement.motif_sortie_id = sortie.valeur_id
)

select
    {{ published_columns() }}
from logement

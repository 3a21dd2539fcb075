-- Grain: one dwelling row of a current lot, as rules may read it.
with logement as (
    select
        lot.* exclude (
            objet_id, table_source, nb_logements, surface_utile_m2, surface_habitable_m2, surface_corrigee_m2, surface_annexe_m2
        ),
        logement.surface_utile_m2,
        logement.surface_habitable_m2,
        logement.surface_corrigee_m2,
        logement.surface_annexe_m2,
        logement.loyer_eur,
        logement.coefficient_saisi as coefficient,
        lot.objet_id as lot_id,
        'ecolo_logement' as table_source,
        type_logement.code as code_typelogement,
        construction.code as type_construction,
        statut.code as statut_logement,
        null as redevance_llts_meme_type_eur,
        {{ ecoloweb_id('logement.logement_id') }} as objet_id,
        coalesce(typologie.typologie, type_logement.code) as typologie,
        typologie.typologie is not null as est_typologie_connue,
        coalesce(logement.nb_logements, 1) as nb_logements,
        nullif(
            concat_ws(' ', logement.numero_batiment, logement.no_escalier, logement.etage, logement.numero_logement), ''
        ) as designation,
        -- the ceiling of its kind of dwelling, else the only one that is given
        case
            when construction.code = 'I' then coalesce(lot.loyer_individuel_m2_eur, lot.loyer_collectif_m2_eur)
            when construction.code = 'C' then coalesce(lot.loyer_collectif_m2_eur, lot.loyer_individuel_m2_eur)
            else lot.loyer_m2_eur
        end as loyer_m2_logement_eur
    from {{ ref('stg_ecoloweb__logement') }} as logement
    inner join {{ ref('vue_lot') }} as lot on {{ ecoloweb_id('logement.programme_id') }} = lot.objet_id
    left join {{ ref('stg_ecoloweb__valeur') }} as type_logement on logement.type_logement_id = type_logement.valeur_id
    left join {{ ref('type_logement') }} as typologie on type_logement.code = typologie.code
    left join {{ ref('stg_ecoloweb__valeur') }} as construction on logement.type_construction_id = construction.valeur_id
    left join {{ ref('stg_ecoloweb__valeur') }} as statut on logement.statut_logement_id = statut.valeur_id
)

select
    {{ published_columns() }}
from logement

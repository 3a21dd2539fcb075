-- Grain: one dwelling row of a current lot, as rules may read it.
with redevance_llts as (
    select
        coalesce(lot.numero_operation, lot.convention_id) as operation,
        logement.typologie,
        min(logement.loyer_eur) as redevance_eur
    from {{ ref('vue_lot') }} as lot
    inner join {{ ref('int_logement') }} as logement on lot.objet_id = logement.programme_id
    where lot.financement = 'LLTS' and lot.est_foyer and logement.loyer_eur is not null
    group by all
),

logement as (
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
        case lot.source when 'ecoloweb' then 'ecolo_logement' else 'programmes_logement' end as table_source,
        logement.code_typelogement,
        logement.type_construction,
        logement.statut_logement,
        redevance_llts.redevance_eur as redevance_llts_meme_type_eur,
        logement.logement_id as objet_id,
        logement.typologie,
        logement.est_typologie_connue,
        logement.nb_logements,
        logement.designation,
        -- its own, where the source gives one a dwelling; the ceiling of its kind of dwelling, else the only one that is given
        case
            when logement.loyer_m2_eur is not null then logement.loyer_m2_eur
            when logement.type_construction = 'I' then coalesce(lot.loyer_individuel_m2_eur, lot.loyer_collectif_m2_eur)
            when logement.type_construction = 'C' then coalesce(lot.loyer_collectif_m2_eur, lot.loyer_individuel_m2_eur)
            else lot.loyer_m2_eur
        end as loyer_m2_logement_eur
    from {{ ref('int_logement') }} as logement
    inner join {{ ref('vue_lot') }} as lot on logement.programme_id = lot.objet_id
    left join redevance_llts
        on
            lot.financement = 'LLTSA'
            and coalesce(lot.numero_operation, lot.convention_id) = redevance_llts.operation
            and logement.typologie = redevance_llts.typologie
)

select
    {{ published_columns() }}
from logement

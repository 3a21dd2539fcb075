-- Grain: one dwelling row of a programme in Ecoloweb, its codes read. It is as wide as its source: a view, not a table.
{{ config(materialized='view') }}

select
    logement.* exclude (nb_logements)
    replace (
        {{ ecoloweb_id('logement.logement_id') }} as logement_id,
        {{ ecoloweb_id('logement.programme_id') }} as programme_id
    ),
    type_logement.code as code_typelogement,
    coalesce(typologie.typologie, type_logement.code) as typologie,
    typologie.typologie is not null as est_typologie_connue,
    construction.code as type_construction,
    statut.code as statut_logement,
    sortie.code as motif_sortie,
    -- a row can stand for several dwellings; it stands for one when it does not say
    coalesce(logement.nb_logements, 1) as nb_logements,
    -- what is filled, whatever part is missing
    nullif(
        concat_ws(' ', logement.numero_batiment, logement.no_escalier, logement.etage, logement.numero_logement), ''
    ) as designation
from {{ ref('stg_ecoloweb__logement') }} as logement
left join {{ ref('stg_ecoloweb__valeur') }} as type_logement on logement.type_logement_id = type_logement.valeur_id
left join {{ ref('type_logement') }} as typologie on type_logement.code = typologie.code
left join {{ ref('stg_ecoloweb__valeur') }} as construction on logement.type_construction_id = construction.valeur_id
left join {{ ref('stg_ecoloweb__valeur') }} as statut on logement.statut_logement_id = statut.valeur_id
left join {{ ref('stg_ecoloweb__valeur') }} as sortie on logement.motif_sortie_id = sortie.valeur_id

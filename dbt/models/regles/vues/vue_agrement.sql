-- Grain: one operation and one of its aids, as rules may read it. The agreements linked to it are not known yet.
with agrement as (
    select
        agrement.* exclude (nature_logement, nb_logements),
        agrement.agrement_id as objet_id,
        agrement.maitre_ouvrage_id as bailleur_id,
        agrement.statut as statut_operation,
        parametre.date_reference,
        agrement.nb_logements_adaptes_compris as nb_logements,
        -- a foyer of which SIAP does not say the public can't be compared with the foyer of an agreement
        nullif(agrement.nature_logement, 'FOYER_AUTRE') as nature_logement,
        null as convention_id,
        null as nb_conventions,
        null as nb_conventions_anru,
        null as conventions,
        null as nb_lieux,
        null as nb_logements_convention,
        null as nature_logement_convention,
        null as code_commune_convention,
        null as siren_bailleur,
        null as est_fusion_connue,
        null as est_convention_en_vigueur,
        null as date_signature,
        null as date_publication
    from {{ ref('int_agrement') }} as agrement
    cross join {{ source('meta', 'parametre') }} as parametre
    -- what SIAP gives of an operation replaces what SISAL gave
    where not agrement.est_reprise_siap
)

select
    {{ published_columns() }}
from agrement

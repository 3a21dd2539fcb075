-- Grain: one operation and one of its aids, with the agreements that are linked to it, as rules may read it.
with journal as (
    select count(*) > 0 as est_livre
    from {{ source('meta', 'livraison_table') }}
    where source = 'siap' and table_source = 'fusion'
),

-- two owners of whom one became the other, whichever way
fusion as (
    select distinct
        least(siren_absorbe, siren_absorbant) as siren,
        greatest(siren_absorbe, siren_absorbant) as autre_siren
    from {{ ref('int_fusion') }}
),

agrement as (
    select
        agrement.* exclude (nature_logement, nb_logements, surface_utile_m2),
        rapproche.* exclude (agrement_id, nature_logement_convention, methode),
        agrement.agrement_id as objet_id,
        agrement.maitre_ouvrage_id as bailleur_id,
        agrement.statut as statut_operation,
        parametre.date_reference,
        agrement.nb_logements_adaptes_compris as nb_logements,
        agrement.surface_utile_adaptes_comprise_m2 as surface_utile_m2,
        -- a foyer of which SIAP does not say the public can't be compared with the foyer of an agreement
        nullif(agrement.nature_comparable, 'FOYER_AUTRE') as nature_logement,
        -- nor can an inclusive foyer be with one of SISAL, which has no word for it
        case
            when
                rapproche.nature_logement_convention <> 'FOYER_INCLUSIF' or agrement.nature_comparable = 'ORDINAIRE'
                then rapproche.nature_logement_convention
        end as nature_logement_convention,
        case
            when journal.est_livre and agrement.siren_maitre_ouvrage is not null and rapproche.siren_bailleur is not null
                then fusion.siren is not null
        end as est_fusion_connue
    from {{ ref('int_agrement') }} as agrement
    cross join {{ source('meta', 'parametre') }} as parametre
    cross join journal
    left join {{ ref('int_agrement_rapproche') }} as rapproche on agrement.agrement_id = rapproche.agrement_id
    left join fusion
        on
            least(agrement.siren_maitre_ouvrage, rapproche.siren_bailleur) = fusion.siren
            and greatest(agrement.siren_maitre_ouvrage, rapproche.siren_bailleur) = fusion.autre_siren
    -- what SIAP gives of an operation replaces what SISAL gave
    where not agrement.est_reprise_siap
)

select
    {{ published_columns() }}
from agrement

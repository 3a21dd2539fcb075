-- Grain: one operation × aid, as SIAP or SISAL gives it.
with agrement as (
    select
        agrement.* exclude (siret_source, type_construction),
        rapproche.nb_conventions,
        rapproche.nb_conventions_terminees,
        rapproche.nb_conventions_a_verifier,
        rapproche.convention_id,
        maitre_ouvrage_id as bailleur_id,
        code_parcelle as code_commune_parcelle,
        case when source = 'sisal' or siren_maitre_ouvrage is not null then siret_source end as siret_source,
        case
            when nb_logements_individuels is not null and nb_logements_collectifs is not null then 'MIXTE'
            when nb_logements_individuels is not null then 'INDIVIDUEL'
            when nb_logements_collectifs is not null then 'COLLECTIF'
            else case type_construction when 'TC_I' then 'INDIVIDUEL' when 'TC_C' then 'COLLECTIF' when 'TC_M' then 'MIXTE' end
        end as type_construction,
        case sous_nature
            when 'CNE' then 'NEUF'
            when 'AAM' then 'ACQUISITION_AMELIORATION'
            when 'AST' then 'ACQUISITION'
        end as nature_operation,
        list_filter(
            [
                case when not est_aide_connue then 'AIDE_INCONNUE' end,
                case when code_commune is null then 'COMMUNE_INCONNUE' end,
                case when methode_commune = 'parcelle' then 'COMMUNE_PAR_LA_PARCELLE' end,
                case when nb_lignes_sans_logement > 0 then 'LIGNE_SANS_LOGEMENT' end,
                case when est_maitre_ouvrage_inconnu then 'MAITRE_OUVRAGE_INCONNU' end,
                case when nature_logement is null then 'NATURE_INCONNUE' end,
                case when est_d_une_autre_annee then 'NUMERO_D_UNE_AUTRE_ANNEE' end,
                case when not est_numero_bien_forme then 'NUMERO_MAL_FORME' end,
                case when est_parcelle_ailleurs then 'PARCELLE_AILLEURS' end,
                case when est_siret_faux then 'SIRET_FAUX' end,
                case when est_siret_repare then 'SIRET_SANS_ZERO' end,
                case when source = 'siap' and est_abandonnee is null then 'STATUT_INCONNU' end,
                case when nb_surfaces_vides > 0 then 'SURFACE_VIDE' end,
                case when est_zone_inversee then 'ZONES_INVERSEES' end
            ],
            lambda signalement: signalement is not null
        ) as signalements
    from {{ ref('int_agrement') }} as agrement
    left join {{ ref('int_agrement_rapproche') }} as rapproche on agrement.agrement_id = rapproche.agrement_id
)

select
    {{ published_columns() }}
from agrement

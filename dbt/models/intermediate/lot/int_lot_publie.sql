-- Grain: one lot of one period whose agreement exists, under its public identifiers.
{{ config(materialized="view") }}

select
    lot.* exclude (periode_id, programme_id, gestionnaire_id, nb_logements_sortis),
    periode.date_debut,
    periode.date_fin,
    periode.est_courante,
    lot.programme_id,
    lot.description as libelle,
    lot.reference_dossier as numero_operation,
    lot.date_mise_service as date_mise_en_service,
    lot.date_mise_chantier as date_mise_en_chantier,
    lot.date_livraison_logements as date_livraison,
    lot.programme_id as lot_id,
    periode.periode_id as version_id,
    convention.convention_id,
    proprietaire.bailleur_id,
    gestionnaire.bailleur_id as gestionnaire_id,
    coalesce(lot.nb_logements_sortis, 0) as nb_logements_sortis,
    case
        when lot.etat_programme in ('RES', 'DEN') then 0
        when coalesce(lot.nb_logements_sortis, 0) = 0 then lot.nb_logements
        -- the total may have been lowered already: the rows that are still there are its floor
        else least(lot.nb_logements, greatest(lot.nb_logements, lot.nb_logements_lignes) - lot.nb_logements_sortis)
    end as nb_logements_restants
from {{ ref('int_lot') }} as lot
inner join {{ ref('int_periode') }} as periode on lot.periode_id = periode.periode_id
inner join {{ ref('int_convention_recue') }} as convention on periode.convention_id = convention.convention_id
left join {{ ref('int_bailleur') }} as proprietaire on lot.proprietaire_id = proprietaire.bailleur_id
left join {{ ref('int_bailleur') }} as gestionnaire on lot.gestionnaire_id = gestionnaire.bailleur_id

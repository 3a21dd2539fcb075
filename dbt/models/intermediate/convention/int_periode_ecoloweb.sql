-- Grain: one period of an agreement's history in Ecoloweb, in the vocabulary of the warehouse.
select
    periode.* exclude (est_courante)
    replace (
        {{ ecoloweb_id('periode.periode_id') }} as periode_id,
        {{ ecoloweb_id('periode.convention_id') }} as convention_id,
        {{ ecoloweb_id('periode.avenant_id') }} as avenant_id
    ),
    'ecoloweb' as source,
    periode.periode_id as cle_source,
    periode.est_courante as est_courante_source,
    etat.code as code_etat,
    vocabulaire.statut,
    type_convention.libelle as convention_type,
    type_convention.est_anah as est_type_anah,
    type_convention.renouvellement_ans,
    nature_logement.nature_logement,
    nature_logement.est_foyer,
    nature_bailleur.nature_bailleur,
    coalesce(
        periode.date_signature_prefet, periode.date_signature_delegataire, periode.date_signature_bailleur
    ) as date_signature,
    -- the last state wins: the flag of the source first, then the open period, then the latest one
    row_number() over (
        partition by periode.convention_id
        order by
            periode.est_courante desc nulls last,
            periode.date_fin is null desc,
            periode.date_debut desc nulls last,
            periode.periode_id desc
    ) = 1 as est_derniere
from {{ ref('stg_ecoloweb__periode') }} as periode
left join {{ ref('stg_ecoloweb__valeur') }} as etat on periode.etat_convention_id = etat.valeur_id
left join {{ ref('etat_convention') }} as vocabulaire on etat.code = vocabulaire.code
left join {{ ref('int_convention_type') }} as type_convention
    on periode.convention_type_id = type_convention.convention_type_id
left join {{ ref('stg_ecoloweb__nature_logement') }} as source_logement
    on periode.nature_logement_id = source_logement.nature_logement_id
left join {{ ref('nature_logement') }} as nature_logement on source_logement.code = nature_logement.code
left join {{ ref('stg_ecoloweb__nature_bailleur') }} as source_bailleur
    on periode.nature_bailleur_id = source_bailleur.nature_bailleur_id
left join {{ ref('nature_bailleur') }} as nature_bailleur on source_bailleur.code = nature_bailleur.code

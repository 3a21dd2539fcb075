-- Grain: one owner or manager of Ecoloweb, with its nature from the source's own code list.
with nature as (
    select
        bailleur.*,
        sous_nature.code as code_sous_nature,
        vocabulaire.sous_nature_bailleur,
        vocabulaire.nature_bailleur,
        coalesce(upper(bailleur.raison_sociale) = 'ANAH', false) as est_anah,
        coalesce(sous_nature.code = '611' or vocabulaire.nature_bailleur = 'PRIVE', false) as est_prive,
        vocabulaire.nature_bailleur is null as est_inconnu
    from {{ ref('stg_ecoloweb__bailleur') }} as bailleur
    left join {{ ref('stg_ecoloweb__sous_nature_bailleur') }} as sous_nature
        on bailleur.sous_nature_bailleur_id = sous_nature.sous_nature_bailleur_id
    left join {{ ref('sous_nature_bailleur') }} as vocabulaire
        on sous_nature.code = vocabulaire.code
),

identite as (
    select
        *,
        est_prive and not est_anah as est_personne_physique,
        -- an owner of unknown nature is hidden like a person, as it was at import
        (est_prive or est_inconnu) and not est_anah as est_masque
    from nature
)

select
    {{ ecoloweb_id('identite.bailleur_id') }} as bailleur_id,
    'ecoloweb' as source,
    identite.est_personne_physique,
    identite.est_anah,
    case
        when identite.est_personne_physique then 'Personne physique'
        when identite.est_masque then 'Bailleur de nature inconnue'
        else identite.raison_sociale
    end as nom,
    case when identite.raison_sociale like 'p:%' then identite.raison_sociale end as nom_pseudonyme,
    case when not identite.est_masque then identite.sigle end as sigle,
    -- the SIREN is the beginning of the SIRET, never its end, and sometimes typed in its place; ANAH is no identity
    case
        when identite.est_masque or identite.est_anah then null
        when regexp_full_match(identite.code_siret, '\d{14}') then substr(identite.code_siret, 1, 9)
        when regexp_full_match(identite.code_siren, '\d{9}') then identite.code_siren
        when regexp_full_match(identite.code_siret, '\d{9}') then identite.code_siret
    end as siren,
    case
        when identite.est_masque or identite.est_anah then null
        when regexp_full_match(identite.code_siret, '\d{14}') then identite.code_siret
    end as siret,
    case when not identite.est_masque then identite.code_siren end as code_siren_source,
    case when not identite.est_masque then identite.code_siret end as code_siret_source,
    identite.code_sous_nature,
    identite.sous_nature_bailleur,
    identite.nature_bailleur,
    identite.est_actif,
    identite.est_gestionnaire,
    departement.code_departement,
    case when not identite.est_masque then adresse.code_postal end as code_postal,
    case when not identite.est_masque then adresse.ville end as ville
from identite
left join {{ ref('stg_ecoloweb__adresse_bailleur') }} as adresse
    on identite.adresse_id = adresse.adresse_bailleur_id
left join {{ ref('stg_ecoloweb__departement') }} as source_departement
    on identite.departement_id = source_departement.departement_id
left join {{ source('referentiel', 'departement') }} as departement
    on source_departement.code_insee = departement.code_departement

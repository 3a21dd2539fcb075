-- Grain: one programme; each amendment has a copy, whose `racine_id` is the first one.
with recursive {{ cte_racine(source('apilos', 'programmes_programme')) }},

lue as (
    select
        *,
        upper(nullif(trim(code_insee_commune), '')) as code_commune_source,
        nullif(trim(code_postal), '') as code_postal_saisi,
        nullif(trim(ville), '') as ville_saisie,
        {{ nom_de_commune('ville') }} as nom_cherche
    from {{ source('apilos', 'programmes_programme') }}
),

-- a code that no commune can have, such as A3063, is told by the postal code and the name, when only one commune has both
nommee as (
    select
        commune.code_commune,
        {{ nom_de_commune('commune.nom_commune') }} as nom_cherche,
        unnest(string_split_regex(commune.codes_postaux, '[^0-9]+')) as code_postal_saisi
    from {{ source('referentiel', 'commune') }} as commune
),

retrouvee as (
    select
        nom_cherche,
        code_postal_saisi,
        min(code_commune) as code_commune
    from nommee
    group by all
    having count(distinct code_commune) = 1
),

situee as (
    select
        lue.*,
        case
            when regexp_full_match(lue.code_commune_source, '(\d\d|2[AB])\d{3}') then lue.code_commune_source
            else retrouvee.code_commune
        end as code_commune
    from lue
    left join retrouvee on lue.nom_cherche = retrouvee.nom_cherche and lue.code_postal_saisi = retrouvee.code_postal_saisi
),

-- the département of the commune; without a commune the one typed, which a postal code made of Corse (20) or of overseas (97)
departementale as (
    select
        *,
        upper(nullif(trim(code_insee_departement), '')) as code_departement_source,
        case
            when code_commune is not null
                then case when left(code_commune, 2) in ('97', '98') then left(code_commune, 3) else left(code_commune, 2) end
            when trim(code_insee_departement) = '20'
                then case left(code_postal_saisi, 3) when '200' then '2A' when '201' then '2A' when '202' then '2B' when '206' then '2B' end
            when trim(code_insee_departement) in ('97', '98') then left(code_postal_saisi, 3)
            else upper(nullif(trim(code_insee_departement), ''))
        end as code_departement
    from situee
)

select
    programme.id as programme_id,
    programme.uuid,
    programme.parent_id,
    racine.racine_id,
    racine.rang as nb_parents,
    nullif(trim(programme.nom), '') as libelle,
    upper(nullif(trim(programme.numero_operation), '')) as numero_operation,
    programme.seconde_vie as est_seconde_vie,
    programme.bailleur_id,
    programme.administration_id,
    programme.reassign_command_old_admin_backup as administration_precedente_id,
    nullif(trim(programme.adresse), '') as adresse,
    programme.code_postal_saisi,
    programme.ville_saisie,
    programme.code_commune,
    programme.code_commune_source,
    programme.code_departement,
    programme.code_departement_source,
    nullif(trim(programme.code_insee_region), '') as code_region_source,
    try_cast(programme.annee_gestion_programmation as integer) as annee_programmation,
    {{ zone_123('programme.zone_123', 'programme.zone_abc') }} as zone_123,
    {{ zone_abc('programme.zone_123', 'programme.zone_abc') }} as zone_abc,
    nullif(trim(programme.zone_123), '') as zone_123_source,
    nullif(trim(programme.zone_abc), '') as zone_abc_source,
    coalesce(regexp_full_match(trim(programme.zone_abc), '(?i)0?[123]( ?bis)?'), false)
    or coalesce(regexp_full_match(trim(programme.zone_123), '(?i)a( ?bis)?|b[12]|c'), false) as est_zone_inversee,
    nullif(try_cast(programme.surface_utile_totale as decimal(14, 2)), 0) as surface_utile_m2,
    nullif(try_cast(programme.surface_corrigee_totale as decimal(14, 2)), 0) as surface_corrigee_m2,
    upper(nullif(trim(programme.type_operation), '')) as type_operation,
    upper(nullif(trim(programme.nature_logement), '')) as nature_logement,
    programme.anru as est_anru,
    programme.anah as est_anah,
    try_cast(programme.nb_locaux_commerciaux as integer) as nb_locaux_commerciaux,
    try_cast(programme.nb_bureaux as integer) as nb_bureaux,
    {{ texte_apilos('programme.autres_locaux_hors_convention') }} as autres_locaux_hors_convention,
    programme.vendeur is not null as est_vendeur_renseigne,
    programme.acquereur is not null as est_acquereur_renseigne,
    programme.reference_notaire is not null as est_notaire_renseigne,
    programme.reference_publication_acte is not null as est_publication_acte_renseignee,
    programme.acte_de_propriete is not null as est_acte_propriete_present,
    programme.effet_relatif is not null as est_effet_relatif_present,
    programme.certificat_adressage is not null as est_certificat_adressage_present,
    programme.reference_cadastrale is not null as est_piece_cadastrale_presente,
    programme.edd_volumetrique is not null as est_edd_volumetrique_present,
    {{ texte_apilos('programme.mention_publication_edd_volumetrique') }} as publication_edd_volumetrique,
    programme.edd_classique is not null as est_edd_classique_present,
    {{ texte_apilos('programme.mention_publication_edd_classique') }} as publication_edd_classique,
    programme.edd_stationnements is not null as est_edd_stationnements_present,
    nullif(trim(programme.permis_construire), '') as numero_permis_construire,
    programme.date_acte_notarie,
    programme.date_achat,
    programme.date_achevement_previsible,
    programme.date_achevement,
    programme.date_achevement_compile as date_achevement_retenue,
    programme.date_autorisation_hors_habitat_inclusif,
    programme.date_convention_location,
    programme.date_residence_argement_gestionnaire_intermediation as date_agrement_intermediation,
    nullif(trim(programme.departement_residence_argement_gestionnaire_intermediation), '') as departement_agrement_intermediation,
    nullif(trim(programme.ville_signature_residence_agrement_gestionnaire_intermediation), '') as ville_agrement_intermediation,
    {{ jour_de_paris('programme.cree_le') }} as date_creation,
    programme.cree_le as creation_utc,
    {{ jour_de_paris('programme.mis_a_jour_le') }} as date_modification,
    programme.mis_a_jour_le as modification_utc,
    programme._ligne as ligne_source,
    programme._illisible as valeurs_illisibles
from departementale as programme
left join racine on programme.id = racine.id

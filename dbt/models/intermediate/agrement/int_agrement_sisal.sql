-- Grain: one operation × aid of SISAL, its kinds of housing added up.
with ligne as (
    select
        agrement.*,
        coalesce(aide.aide, agrement.produit) as aide,
        substr(agrement.numero_operation, 5, 5) as code_gestionnaire,
        {{ siret_entier('agrement.siret_source') }} as siret,
        nature.code as code_nature,
        case nature.code
            when 'ALF' then coalesce(public_sisal.nature_foyer, nature.nature_logement)
            else nature.nature_logement
        end as nature_vocabulaire,
        {{ departement_du_gestionnaire('substr(agrement.numero_operation, 5)') }} as departement_gestionnaire,
        {{ commune_de_la_parcelle('agrement.reference_parcelle') }} as code_parcelle,
        string_split_regex(agrement.reference_parcelle, ' +') as parcelle,
        string_split_regex(agrement.coordonnees, ' *; *') as position
    from {{ ref('stg_sisal__agrement') }} as agrement
    left join {{ ref('aide_siap') }} as aide on agrement.produit = aide.produit_sisal
    left join {{ ref('nature_siap') }} as nature on agrement.nature_logement = nature.nature_sisal
    left join {{ ref('public_sisal') }} as public_sisal on agrement.type_beneficiaire = public_sisal.type_beneficiaire
),

-- what an operation says of itself is the same on each of its rows; were it not, the first one would speak for it
agrement as (
    select
        numero_operation,
        aide,
        count(*) as nb_lignes_source,
        min(ligne_source) as ligne_source,
        arg_min(produit, ligne_source) as aide_source,
        arg_min(annee_programmation, ligne_source) as annee,
        arg_min(annee_cloture, ligne_source) as annee_cloture,
        arg_min(nom_operation, ligne_source) as nom_operation,
        arg_min(nom_gestionnaire, ligne_source) as nom_gestionnaire,
        arg_min(code_gestionnaire, ligne_source) as code_gestionnaire,
        arg_min(departement_gestionnaire, ligne_source) as departement_gestionnaire,
        arg_min(nom_maitre_ouvrage, ligne_source) as nom_maitre_ouvrage,
        arg_min(siret, ligne_source) as siret,
        arg_min(siret_source, ligne_source) as siret_source,
        arg_min(code_postal_maitre_ouvrage, ligne_source) as code_postal_maitre_ouvrage,
        arg_min(ville_maitre_ouvrage, ligne_source) as ville_maitre_ouvrage,
        arg_min(nature_vocabulaire, ligne_source) as nature_logement,
        arg_min(code_nature, ligne_source) as code_nature,
        arg_min(nature_logement, ligne_source) as nature_source,
        arg_min(type_beneficiaire, ligne_source) as type_beneficiaire,
        arg_min(nom_commune, ligne_source) as nom_commune_source,
        arg_min(code_parcelle, ligne_source) as code_parcelle,
        arg_min(parcelle[2], ligne_source) as prefixe_parcelle,
        arg_min(parcelle[3], ligne_source) as section_parcelle,
        arg_min(parcelle[4], ligne_source) as numero_parcelle,
        arg_min(try_cast(position[1] as decimal(9, 6)), ligne_source) as longitude,
        arg_min(try_cast(position[2] as decimal(9, 6)), ligne_source) as latitude,
        arg_min(adresse, ligne_source) as adresse,
        arg_min({{ zone_123('zone_123', 'zone_abc') }}, ligne_source) as zone_123,
        arg_min({{ zone_abc('zone_123', 'zone_abc') }}, ligne_source) as zone_abc,
        sum(nb_logements)::integer as nb_logements,
        (sum(nb_logements) filter (where type_habitat = 'individuel'))::integer as nb_logements_individuels,
        (sum(nb_logements) filter (where type_habitat = 'collectif'))::integer as nb_logements_collectifs,
        -- a part without its area makes the whole unknown; a part without dwellings has none to give
        case
            when count(*) filter (where surface_utile_m2 is null and nb_logements is not null) = 0 then sum(surface_utile_m2)
        end as surface_utile_m2,
        sum(nb_garages_aeriens + nb_garages_enterres)::integer as nb_garages,
        sum(nb_places_stationnement)::integer as nb_places_stationnement,
        count(*) filter (where nb_logements is null) as nb_lignes_sans_logement,
        count(*) filter (where surface_utile_saisie_m2 is null) as nb_surfaces_vides,
        bool_or(annee_programmation::varchar <> substr(numero_operation, 1, 4)) as est_d_une_autre_annee
    from ligne
    group by all
)

select
    agrement.*,
    place.code_commune as code_commune_source,
    place.methode as methode_commune,
    place.est_parcelle_ailleurs
from agrement
left join {{ ref('int_commune_sisal') }} as place
    on
        agrement.nom_commune_source is not distinct from place.nom_commune
        and agrement.departement_gestionnaire is not distinct from place.departement_gestionnaire
        and agrement.code_parcelle is not distinct from place.code_parcelle

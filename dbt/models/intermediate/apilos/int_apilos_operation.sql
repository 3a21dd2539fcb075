-- Grain: one programme of APiLos, its owner, its office, its commune of today and its codes read.
select
    programme.programme_id as operation_id,
    programme.libelle,
    programme.numero_operation,
    programme.annee_programmation,
    programme.adresse as voie,
    programme.code_postal_saisi,
    programme.ville_saisie,
    programme.code_commune_source,
    programme.zone_123,
    programme.zone_abc,
    programme.zone_123_source,
    programme.zone_abc_source,
    programme.surface_utile_m2,
    programme.surface_corrigee_m2,
    programme.est_anru,
    coalesce(programme.est_anah, false) as est_anah,
    programme.date_achevement,
    programme.date_achevement_retenue,
    proprietaire.bailleur_id as proprietaire_id,
    administration.administration_id,
    nature_operation.nature_operation,
    nature_logement.nature_logement,
    coalesce(nature_logement.est_foyer, false) as est_foyer,
    coalesce(proprietaire.siren, proprietaire.nom_pseudonyme) as cle_proprietaire,
    commune.code_commune,
    commune.nom_commune,
    coalesce(commune.code_departement, programme.code_departement) as code_departement,
    commune.code_region,
    commune.codes_postaux,
    coalesce(departement.est_outre_mer::boolean, false) as est_outre_mer,
    nullif(
        concat_ws(', ', programme.adresse, nullif(concat_ws(' ', programme.code_postal_saisi, programme.ville_saisie), '')), ''
    ) as adresse
from {{ ref('stg_apilos__programme') }} as programme
left join {{ ref('int_bailleur_apilos') }} as proprietaire on programme.bailleur_id = proprietaire.cle_source
left join {{ ref('int_administration_apilos') }} as administration on programme.administration_id = administration.cle_source
left join {{ ref('nature_operation_apilos') }} as nature_operation on programme.type_operation = nature_operation.code
left join {{ ref('nature_apilos') }} as nature_logement on programme.nature_logement = nature_logement.code
left join {{ source('referentiel', 'commune_ancienne') }} as ancienne on programme.code_commune = ancienne.code_ancien
left join {{ source('referentiel', 'commune') }} as commune
    on coalesce(ancienne.code_commune, programme.code_commune) = commune.code_commune
left join {{ source('referentiel', 'departement') }} as departement
    on coalesce(commune.code_departement, programme.code_departement) = departement.code_departement

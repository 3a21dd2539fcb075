-- Grain: one amendment that only APiLos gives, whatever its status.
with type_avenant as (
    select
        acte.periode_id as avenant_id,
        list_sort(list(distinct coalesce(type_source.code, 'id ' || lien.type_avenant_id))) as types,
        list(distinct coalesce(type_avenant.libelle, 'Type inconnu') order by coalesce(type_avenant.libelle, 'Type inconnu'))
            as types_libelles
    from {{ ref('stg_apilos__avenant_type') }} as lien
    inner join {{ ref('int_apilos_acte') }} as acte on lien.convention_id = acte.acte_id
    left join {{ ref('stg_apilos__type_avenant') }} as type_source on lien.type_avenant_id = type_source.type_avenant_id
    left join {{ ref('type_avenant_apilos') }} as type_avenant on type_source.code = type_avenant.code
    group by all
),

-- the parts of one amendment that was split by financing say the same
acte as (
    select
        acte.*,
        racine.date_expiration as date_expiration_racine,
        programme.administration_id as administration_source_id,
        programme.date_achevement_retenue as date_achevement
    from {{ ref('int_apilos_acte') }} as acte
    left join {{ ref('int_apilos_acte') }} as racine on acte.racine_id = racine.acte_id and not racine.est_avenant
    left join {{ ref('stg_apilos__programme') }} as programme on acte.programme_id = programme.programme_id
    where acte.est_avenant and acte.est_apport
    qualify row_number() over (partition by acte.periode_id order by acte.uuid) = 1
)

select
    acte.periode_id as avenant_id,
    'apilos' as source,
    acte.acte_id as cle_source,
    acte.convention_id,
    acte.numero_avenant as numero,
    acte.date_premiere_soumission as date_depot,
    acte.date_signature as date_signature_prefet,
    acte.date_publication,
    acte.reference_publication,
    coalesce(acte.description_avenant, acte.champ_libre_avenant) as description,
    coalesce(acte.statut in ('PROJET', 'INSTRUCTION', 'CORRECTION', 'A_SIGNER'), false) as est_en_cours,
    administration.administration_id,
    nullif(acte.date_expiration, acte.date_expiration_racine) as date_expiration_nouvelle,
    coalesce(type_avenant.types, []) as types,
    coalesce(type_avenant.types_libelles, []) as types_libelles,
    []::varchar[] as types_descriptif,
    coalesce(acte.statut = 'ANNULEE', false) as est_annule,
    case when acte.est_signe then 1 else 0 end as nb_versions,
    acte.date_achevement,
    coalesce(acte.date_denonciation, acte.date_resiliation) as date_fin_demandee,
    -- an orphan knows no root; a chained one knows it, through another amendment
    acte.est_parent_connu and acte.parent_id is not null as est_mere_connue,
    acte.est_parent_avenant as est_mere_avenant
from acte
left join {{ ref('int_administration_apilos') }} as administration
    on acte.administration_source_id = administration.cle_source
left join type_avenant on acte.periode_id = type_avenant.avenant_id

-- Grain: one operation × aid of one source, in the vocabulary of the warehouse.
with lu as (
    select
        * exclude (siret, siret_source),
        'sisal' as source,
        'rapport_1' as table_source,
        'programmation' as origine_annee,
        siret_source,
        siret,
        left(siret, 9) as siren_maitre_ouvrage,
        -- whoever has no SIREN is told apart by its pseudonym
        coalesce(
            left(siret, 9), siret_source, case when nom_maitre_ouvrage like 'p:%' then nom_maitre_ouvrage end
        ) as cle_maitre_ouvrage,
        coalesce(siret <> siret_source, false) as est_siret_repare,
        coalesce(siret is null and siret_source is not null, false) as est_siret_faux,
        siret_source is null as est_maitre_ouvrage_inconnu,
        false as est_abandonnee
    from {{ ref('int_agrement_sisal') }}
    union all by name
    select
        * exclude (siret_source, nb_logements_declares),
        'siap' as source,
        'operation' as table_source,
        nullif(nb_logements_declares, 0) as nb_logements,
        -- a number of SIAP begins with the year in which the operation was created
        case when regexp_full_match(numero_operation, '\d{11}') then 'numero' end as origine_annee,
        case when regexp_full_match(numero_operation, '\d{11}') then left(numero_operation, 4)::integer end as annee,
        siret_source,
        {{ siret_entier('siret_source') }} as siret,
        case when regexp_full_match(siren_source, '\d{9}') then siren_source end as siren_maitre_ouvrage,
        coalesce(siren_source, email_pseudonyme) as cle_maitre_ouvrage,
        false as est_siret_repare,
        coalesce(not regexp_full_match(siren_source, '\d{9}|p:.*'), false) as est_siret_faux,
        siren_source is null and email_pseudonyme is null as est_maitre_ouvrage_inconnu
    from {{ ref('int_agrement_siap') }}
),

-- the dwellings of the adapted PLAI are a part of those that the agreement of the PLAI holds
adapte as (
    select
        source,
        numero_operation,
        sum(nb_logements)::integer as nb_logements,
        case when count(surface_utile_m2) = count(*) then sum(surface_utile_m2) end as surface_utile_m2
    from lu
    where aide = 'PLAI_ADP'
    group by all
),

reprise as (
    select distinct numero_operation
    from lu
    where source = 'siap'
)

select
    lu.* exclude (aide, code_departement, code_region),
    lu.source || ':' || lu.numero_operation || ':' || lu.aide as agrement_id,
    lu.aide,
    coalesce(aide.financement, nullif(lu.aide, 'SANS_AIDE')) as financement,
    case when lu.aide = 'SANS_FINANCEMENT' then lu.aide else aide.famille_financement end as famille_financement,
    lu.aide = 'SANS_FINANCEMENT' or aide.est_conventionnable as est_conventionnable,
    aide.aide is not null or lu.aide = 'SANS_FINANCEMENT' as est_aide_connue,
    case
        when lu.aide = 'PLAI' then coalesce(lu.nb_logements + adapte.nb_logements, lu.nb_logements, adapte.nb_logements)
        else lu.nb_logements
    end as nb_logements_adaptes_compris,
    case
        when lu.aide = 'PLAI' and adapte.numero_operation is not null then lu.surface_utile_m2 + adapte.surface_utile_m2
        else lu.surface_utile_m2
    end as surface_utile_adaptes_comprise_m2,
    coalesce(nullif(officielle.code_commune_parent, ''), officielle.code_commune) as code_commune,
    mere.nom_commune,
    coalesce(mere.code_departement, lu.code_departement, lu.departement_gestionnaire) as code_departement,
    mere.code_region,
    lu.source || ':' || lu.cle_maitre_ouvrage as maitre_ouvrage_id,
    lu.source = 'sisal' and reprise.numero_operation is not null as est_reprise_siap,
    {{ est_numero_operation('lu.numero_operation') }} as est_numero_bien_forme,
    -- SIAP writes the kind of a résidence sociale as that of ordinary dwellings
    case when coalesce(lu.nature_source, '') <> 'RELS' then lu.nature_logement end as nature_comparable
from lu
left join {{ ref('aide_siap') }} as aide on lu.aide = aide.aide
left join adapte on lu.source = adapte.source and lu.numero_operation = adapte.numero_operation
left join reprise on lu.numero_operation = reprise.numero_operation
left join {{ source('referentiel', 'commune') }} as officielle on lu.code_commune_source = officielle.code_commune
left join {{ source('referentiel', 'commune') }} as mere
    on coalesce(nullif(officielle.code_commune_parent, ''), officielle.code_commune) = mere.code_commune

-- Grain: one agrément that may have an agreement, with those that are linked to it and are neither cancelled nor given up.
with convention as (
    select
        convention_id,
        statut,
        est_en_vigueur,
        nature_logement,
        date_signature,
        date_publication,
        {{ est_suivie('statut') }} as est_suivie,
        coalesce(statut in ('RESILIEE', 'DENONCEE'), false) as est_terminee
    from {{ ref('int_convention') }}
),

-- APiLos alone tells it
anru as (
    select distinct convention_id
    from {{ ref('int_lot_compare') }}
    where est_anru
),

-- an agreement that ended is linked still, and no longer one of those that an agrément has
vivant as (
    select
        lien.*,
        convention.est_en_vigueur,
        convention.nature_logement,
        convention.date_signature,
        convention.date_publication,
        anru.convention_id is not null as est_anru
    from {{ ref('int_rapprochement') }} as lien
    inner join convention on lien.convention_id = convention.convention_id
    left join anru on lien.convention_id = anru.convention_id
    where lien.statut = 'lien' and convention.est_suivie and not convention.est_terminee
),

compte as (
    select
        lien.agrement_id,
        count(*) filter (where lien.statut = 'lien' and convention.est_suivie and convention.est_terminee)
            as nb_conventions_terminees,
        count(*) filter (where lien.statut = 'a_verifier') as nb_conventions_a_verifier,
        min(lien.methode) filter (where lien.statut = 'lien') as methode
    from {{ ref('int_rapprochement') }} as lien
    inner join convention on lien.convention_id = convention.convention_id
    group by all
),

reuni as (
    select
        agrement_id,
        count(*) as nb_conventions,
        count(*) filter (where est_anru) as nb_conventions_anru,
        list(convention_id order by convention_id)[1:5] as conventions,
        case when count(*) = 1 then min(convention_id) end as convention_id,
        case when count(*) = count(nb_logements_convention) then sum(nb_logements_convention)::integer end
            as nb_logements_convention,
        case when count(distinct nature_logement) = 1 then min(nature_logement) end as nature_logement_convention,
        bool_or(est_en_vigueur) as est_convention_en_vigueur,
        min(date_signature) as date_signature,
        min(date_publication) as date_publication,
        list_sort(list_distinct(flatten(list(codes_commune)))) as codes_commune,
        list_sort(list_distinct(flatten(list(sirens)))) as sirens
    from vivant
    group by all
),

-- who bears the number of the operation, whatever the financing
lieu as (
    select
        lien.agrement_id,
        count(distinct concat_ws('|', coalesce(lot.siren_suivi, lot.bailleur_id, ''), lot.code_commune)) as nb_lieux
    from {{ ref('int_lot_agrement') }} as lien
    inner join {{ ref('int_lot_compare') }} as lot on lien.lot_id = lot.lot_id
    where lien.est_numerote and lot.est_suivie
    group by all
),

-- without a source of agreements, nothing is known of any
source_de_conventions as (
    select bool_or(source in ('ecoloweb', 'apilos')) as est_la
    from {{ source('meta', 'livraison') }}
)

select
    agrement.agrement_id,
    coalesce(reuni.nb_conventions, 0) as nb_conventions,
    coalesce(reuni.nb_conventions_anru, 0) as nb_conventions_anru,
    coalesce(compte.nb_conventions_terminees, 0) as nb_conventions_terminees,
    coalesce(compte.nb_conventions_a_verifier, 0) as nb_conventions_a_verifier,
    compte.methode,
    reuni.convention_id,
    coalesce(reuni.conventions, []) as conventions,
    reuni.nb_logements_convention,
    reuni.nature_logement_convention,
    coalesce(reuni.est_convention_en_vigueur, false) as est_convention_en_vigueur,
    reuni.date_signature,
    reuni.date_publication,
    lieu.nb_lieux,
    -- of several places or owners, that of the operation when it is one of them
    case when list_contains(reuni.codes_commune, agrement.code_commune) then agrement.code_commune else reuni.codes_commune[1] end
        as code_commune_convention,
    case when list_contains(reuni.sirens, agrement.siren_maitre_ouvrage) then agrement.siren_maitre_ouvrage else reuni.sirens[1] end
        as siren_bailleur
from {{ ref('int_agrement') }} as agrement
cross join source_de_conventions
left join reuni on agrement.agrement_id = reuni.agrement_id
left join compte on agrement.agrement_id = compte.agrement_id
left join lieu on agrement.agrement_id = lieu.agrement_id
where agrement.est_conventionnable and source_de_conventions.est_la

-- Grain: one instructing office of APiLos.
with compte as (
    select
        role.administration_id,
        count(distinct role.utilisateur_id) as nb_comptes,
        count(distinct role.utilisateur_id) filter (where utilisateur.derniere_connexion_utc is not null) as nb_comptes_connectes
    from {{ ref('stg_apilos__role') }} as role
    left join {{ ref('stg_apilos__utilisateur') }} as utilisateur on role.utilisateur_id = utilisateur.utilisateur_id
    where role.typologie = 'INSTRUCTEUR'
    group by all
),

bailleur_connecte as (
    select distinct role.bailleur_id
    from {{ ref('stg_apilos__role') }} as role
    inner join {{ ref('stg_apilos__utilisateur') }} as utilisateur on role.utilisateur_id = utilisateur.utilisateur_id
    where role.typologie = 'BAILLEUR' and utilisateur.derniere_connexion_utc is not null
),

bailleur as (
    select
        programme.administration_id,
        count(distinct programme.bailleur_id) as nb_bailleurs_connectes
    from {{ ref('stg_apilos__programme') }} as programme
    inner join bailleur_connecte on programme.bailleur_id = bailleur_connecte.bailleur_id
    group by all
),

departement as (
    select
        administration_id,
        code_departement
    from {{ ref('stg_apilos__programme') }}
    where code_departement is not null
    group by administration_id, code_departement
    qualify row_number() over (partition by administration_id order by count(*) desc, code_departement asc) = 1
),

etape as (
    select
        dossier_id,
        bool_or(type_passage = 'soumission') as est_soumis,
        bool_or(type_passage in ('correction', 'validation')) as est_instruit,
        bool_or(type_passage = 'validation') as est_valide
    from {{ ref('fct_passage') }}
    group by all
),

dossier as (
    select
        dossier.administration_id,
        count(*) as nb_dossiers,
        count(*) filter (where etape.est_soumis or etape.est_instruit) as nb_soumis,
        count(*) filter (where etape.est_instruit) as nb_instruits,
        count(*) filter (where etape.est_valide) as nb_valides
    from {{ ref('int_dossier_apilos') }} as dossier
    left join etape on dossier.dossier_id = etape.dossier_id
    where not dossier.est_reprise
    group by all
),

service as (
    select
        administration.nom,
        departement.code_departement,
        administration.administration_id,
        coalesce(compte.nb_comptes, 0) as nb_comptes,
        coalesce(compte.nb_comptes_connectes, 0) as nb_comptes_connectes,
        coalesce(bailleur.nb_bailleurs_connectes, 0) as nb_bailleurs_connectes,
        coalesce(dossier.nb_dossiers, 0) as nb_dossiers,
        coalesce(dossier.nb_soumis, 0) as nb_soumis,
        coalesce(dossier.nb_instruits, 0) as nb_instruits,
        coalesce(dossier.nb_valides, 0) as nb_valides
    from {{ ref('int_administration_apilos') }} as administration
    left join compte on administration.cle_source = compte.administration_id
    left join bailleur on administration.cle_source = bailleur.administration_id
    left join departement on administration.cle_source = departement.administration_id
    left join dossier on administration.administration_id = dossier.administration_id
)

select
    {{ published_columns() }}
from service

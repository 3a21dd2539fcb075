-- Grain: one indicator × measure × axis × value of the axis × period.
with {{ marts_par_leur_nom(marts_des_indicateurs()) }},

mesure as (
    {{ requetes_unies(source('meta', 'indicateur'), 'kpi_id', "select null as kpi_id where false") }}
),

libelle as (
    select
        'departement' as axe,
        code_departement as modalite,
        nom_departement as libelle
    from {{ ref('dim_departement') }}
    union all
    select
        'bailleur' as axe,
        bailleur_id as modalite,
        nom as libelle
    from {{ ref('dim_bailleur') }}
    union all
    select
        'regle' as axe,
        regle_id as modalite,
        titre as libelle
    from {{ ref('dim_regle') }}
    union all
    select
        'severite' as axe,
        severite as modalite,
        libelle
    from {{ source('meta', 'severite') }}
    union all
    select distinct
        'champ' as axe,
        mart || '.' || champ as modalite,
        libelle
    from {{ ref('agg_completude') }}
    union all
    select
        'type_avenant' as axe,
        code as modalite,
        libelle
    from {{ ref('type_avenant') }}
),

-- no figure tells of an owner who is, or may be, a person
organisme as (
    select bailleur_id
    from {{ ref('dim_bailleur') }}
    where nature_bailleur in ('HLM', 'SEM', 'AUTRE') and not est_personne_physique
),

publiable as (
    select
        mesure.* replace (coalesce(mesure.periode, strftime(parametre.date_reference, '%Y-%m-%d')) as periode),
        coalesce(libelle.libelle, mesure.modalite) as libelle_modalite
    from mesure
    cross join parametre
    left join libelle on mesure.axe = libelle.axe and mesure.modalite = libelle.modalite
    where mesure.axe <> 'bailleur' or mesure.modalite in (select organisme.bailleur_id from organisme)
)

select
    {{ published_columns() }}
from publiable

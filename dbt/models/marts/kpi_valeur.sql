-- Grain: one indicator × measure × axis × value of the axis × period.
with libelle as (
    select
        'departement' as axe,
        code_departement as modalite,
        nom_departement as libelle
    from {{ ref('dim_departement') }}
    union all
    select distinct
        'region' as axe,
        code_region as modalite,
        nom_region as libelle
    from {{ ref('dim_departement') }}
    union all
    select
        'commune' as axe,
        code_commune as modalite,
        nom_commune as libelle
    from {{ ref('dim_commune') }}
    union all
    select
        'code_financement' as axe,
        code_typefinancement as modalite,
        libelle
    from {{ ref('dim_financement') }}
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

situee as (
    select
        mesure.*,
        coalesce(libelle.libelle, mesure.modalite) as libelle_modalite,
        protegee.seuil is not null and not mesure.est_libre as est_protegee
    from {{ ref('mesure') }} as mesure
    left join libelle on mesure.axe = libelle.axe and mesure.modalite = libelle.modalite
    left join {{ ref('cellule_protegee') }} as protegee
        on
            mesure.kpi_id = protegee.kpi_id
            and mesure.volet = protegee.volet
            and mesure.periode = protegee.periode
            and mesure.axe = protegee.axe
            and mesure.modalite = protegee.modalite
),

publiable as (
    select
        * replace (
            case when not est_protegee then valeur end as valeur,
            case when not est_protegee then numerateur end as numerateur,
            case when not est_protegee then denominateur end as denominateur,
            case when not est_protegee or est_effectif_publie then effectif end as effectif,
            case when not est_protegee or est_effectif_publie then population end as population
        ),
        case
            when est_protegee then 'Moins de ' || seuil || ', ou ce qui ferait retrouver un nombre inférieur à ' || seuil
        end as motif
    from situee
)

select
    {{ published_columns() }}
from publiable

-- Grain: one indicator.
with valeur as (
    select
        kpi_id,
        count(*) as nb_valeurs,
        count(*) filter (where est_protegee) as nb_valeurs_protegees
    from {{ ref('kpi_valeur') }}
    group by all
),

-- the sources that an indicator waits for: one of them would do
attente as (
    select
        indicateur.kpi_id,
        coalesce(bool_or(livraison.source is not null), false) or len(indicateur.sources) = 0 as est_livree
    from {{ source('meta', 'indicateur') }} as indicateur
    left join {{ source('meta', 'livraison') }} as livraison on list_contains(indicateur.sources, livraison.source)
    group by indicateur.kpi_id, indicateur.sources
),

catalogue as (
    select
        indicateur.* exclude (motif),
        coalesce(valeur.nb_valeurs, 0) as nb_valeurs,
        coalesce(valeur.nb_valeurs_protegees, 0) as nb_valeurs_protegees,
        case
            when indicateur.etat_declare <> 'actif' then indicateur.etat_declare
            when valeur.nb_valeurs > 0 then 'calcule'
            when not attente.est_livree then 'en_attente_de_source'
            else 'sans_valeur'
        end as etat,
        case etat
            when 'en_attente_de_source'
                then coalesce(indicateur.motif, 'En attente de la source : ' || array_to_string(indicateur.sources, ' ou ') || '.')
            when 'non_derivable' then indicateur.motif
            when 'sans_valeur' then 'Les livraisons lues ne contiennent rien que cet indicateur compte.'
        end as motif
    from {{ source('meta', 'indicateur') }} as indicateur
    inner join attente on indicateur.kpi_id = attente.kpi_id
    left join valeur on indicateur.kpi_id = valeur.kpi_id
)

select
    {{ published_columns() }}
from catalogue

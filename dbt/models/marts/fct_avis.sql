-- Grain: one answer to a satisfaction survey.
with reponse as (
    select
        'satisfaction:' || reponse.pseudonyme as avis_id,
        'satisfaction' as source,
        enquete.canal,
        enquete.cle as enquete_id,
        enquete.titre as enquete,
        enquete.public,
        reponse.date_reponse as date,
        reponse.note,
        reponse.valeur,
        reponse.echelle_min,
        reponse.echelle_max,
        10 * (reponse.valeur - reponse.echelle_min) / (reponse.echelle_max - reponse.echelle_min) as note_10,
        case
            when reponse.valeur is null then null
            when enquete.canal = 'jdma' then reponse.valeur = reponse.echelle_max
            when reponse.echelle_min = 1 and reponse.echelle_max = 5 then reponse.valeur >= 4
        end as est_satisfait,
        case when reponse.echelle_min = 0 and reponse.echelle_max = 10 then reponse.valeur end as recommandation,
        reponse.clarte,
        reponse.verbatim,
        enquete.nb_envoyes,
        departement.code_departement,
        reponse.fichier,
        reponse.ligne_fichier,
        reponse.ligne_source
    from {{ ref('stg_satisfaction__reponse') }} as reponse
    inner join {{ ref('stg_satisfaction__enquete') }} as enquete on reponse.cle_enquete = enquete.cle
    left join {{ ref('dim_departement') }} as departement on reponse.code_departement_saisi = departement.code_departement
),

theme as (
    select
        reponse.avis_id,
        list(theme_avis.theme order by theme_avis.theme) as themes
    from reponse
    inner join {{ ref('theme_avis') }} as theme_avis
        on regexp_matches(lower(strip_accents(reponse.verbatim)), theme_avis.motif)
    group by reponse.avis_id
),

avis as (
    select
        reponse.*,
        coalesce(theme.themes, []) as themes
    from reponse
    left join theme on reponse.avis_id = theme.avis_id
)

select
    {{ published_columns() }}
from avis

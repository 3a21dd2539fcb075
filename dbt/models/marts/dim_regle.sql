-- Grain: one rule of the catalogue, with what this run and the analysts' decisions say of it.
with constat as (
    select
        regle_id,
        count(*) filter (where etat = 'ouverte') as nb_constats_ouverts,
        count(*) filter (where est_close) as nb_constats_clos,
        count(*) filter (where est_close and decision = 'faux_positif') as nb_faux_positifs
    from {{ ref('fct_anomalie') }}
    group by all
),

mesuree as (
    select
        regle.regle_id,
        objet.nb_applicables,
        coalesce(constat.nb_constats_ouverts, 0) as nb_constats_ouverts,
        coalesce(constat.nb_constats_clos, 0) as nb_constats_clos,
        coalesce(constat.nb_faux_positifs, 0) as nb_faux_positifs,
        100 * constat.nb_faux_positifs / nullif(constat.nb_constats_clos, 0) as taux_faux_positifs_pct
    from {{ source('meta', 'regle') }} as regle
    left join {{ ref('objet_applicable') }} as objet on regle.regle_id = objet.regle_id
    left join constat on regle.regle_id = constat.regle_id
    where regle.est_evaluee
),

catalogue as (
    select
        regle.*,
        mesuree.* exclude (regle_id),
        coalesce(mesuree.taux_faux_positifs_pct > parametre.faux_positifs_max_pct, false) as est_a_reviser
    from {{ source('meta', 'regle') }} as regle
    cross join {{ source('meta', 'parametre') }} as parametre
    left join mesuree on regle.regle_id = mesuree.regle_id
)

select
    {{ published_columns() }}
from catalogue

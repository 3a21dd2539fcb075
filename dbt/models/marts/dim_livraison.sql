-- Grain: one delivery read by this run.
with compte as (
    select
        livraison_id,
        sum(nb_recus) as nb_recus,
        sum(nb_poses) as nb_poses,
        sum(nb_quarantaine) as nb_quarantaine
    from {{ source('meta', 'livraison_table') }}
    group by all
),

livraison as (
    select
        livraison.*,
        compte.* exclude (livraison_id),
        livraison.recue_le as date_reception
    from {{ source('meta', 'livraison') }} as livraison
    inner join compte on livraison.livraison_id = compte.livraison_id
)

select
    {{ published_columns() }}
from livraison

-- Grain: one table of one delivery.
with compte as (
    {{ staging_row_counts() }}
),

rec as (
    select
        livraison_table.*,
        compte.nb_staging,
        livraison_table.nb_recus - livraison_table.nb_poses - livraison_table.nb_quarantaine as ecart
    from {{ source('meta', 'livraison_table') }} as livraison_table
    left join compte
        on livraison_table.source = compte.source and livraison_table.table_source = compte.table_source
)

select
    {{ published_columns() }}
from rec

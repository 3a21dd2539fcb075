-- Grain: one table of one delivery × one clause that refused rows of it.
with compte as (
    select
        livraison_id,
        source,
        table_source,
        clause,
        motif,
        count(*) as nb_lignes,
        list({{ cle_montrable('cle', 'ligne') }} order by ligne, clause)[:5] as cles
    from {{ source('meta', 'quarantaine') }}
    group by all
)

select
    {{ published_columns() }}
from compte

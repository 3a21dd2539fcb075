-- Grain: one row of the source that hangs on another, and whether that one is there: what rules may read of a broken key.
with orpheline as (
    {{ lignes_orphelines() }}
),

ligne as (
    select
        orpheline.table_source,
        orpheline.cle_etrangere,
        orpheline.table_mere,
        orpheline.valeur_cle,
        concat_ws(':', orpheline.source, orpheline.table_source, orpheline.cle) as objet_id,
        orpheline.source,
        null as convention_id,
        null as code_departement,
        null as bailleur_id,
        parametre.date_reference,
        false as est_rattachee
    from orpheline
    cross join {{ source('meta', 'parametre') }} as parametre
)

select
    {{ published_columns() }}
from ligne

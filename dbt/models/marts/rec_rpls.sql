-- Grain: one number of agreement in one département of RPLS.
with numero as (
    select
        * replace (coalesce(code_departement, '') as code_departement, coalesce(numero_norm, '') as numero_norm),
        'rpls' as source,
        annee_construction_min as annee_construction,
        annee_premiere_location_min as annee_premiere_location
    from {{ ref('int_rpls_numero') }}
)

select
    {{ published_columns() }}
from numero

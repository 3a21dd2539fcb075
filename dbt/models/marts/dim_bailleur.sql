-- Grain: one owner or manager of one source.
with nombre as (
    select
        proprietaire_id,
        count(*) as nb_conventions
    from {{ ref('int_convention') }}
    group by all
),

bailleur as (
    select
        bailleur.* exclude (bailleur_id),
        'ecoloweb' as source,
        {{ ecoloweb_id('bailleur.bailleur_id') }} as bailleur_id,
        coalesce(nombre.nb_conventions, 0) as nb_conventions
    from {{ ref('int_bailleur') }} as bailleur
    left join nombre on bailleur.bailleur_id = nombre.proprietaire_id
)

select
    {{ published_columns() }}
from bailleur

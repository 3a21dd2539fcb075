-- Grain: one period of an agreement but the first, beside the period before it, as rules may read them.
with suite as (
    select
        periode.periode_id,
        periode.convention_id,
        periode.statut,
        periode.date_debut,
        periode.avenant_id,
        periode.date_signature,
        periode.rang,
        lots.familles_financement,
        lag(lots.familles_financement) over suite as familles_precedentes,
        lag(lots.nb_logements) over suite as nb_logements_precedents,
        lag(periode.date_debut) over suite as date_debut_precedente
    from {{ ref('int_periode') }} as periode
    left join {{ ref('int_lot_periode') }} as lots on periode.periode_id = lots.periode_id
    window suite as (partition by periode.convention_id order by periode.rang)
),

version_ as (
    select
        suite.* exclude (convention_id, avenant_id),
        {{ ecoloweb_id('suite.periode_id') }} as objet_id,
        'ecoloweb' as source,
        convention.convention_id,
        convention.code_departement,
        convention.bailleur_id,
        'ecolo_conventiondonneesgenerales' as table_source,
        convention.date_reference,
        {{ ecoloweb_id('suite.avenant_id') }} as avenant_id,
        coalesce(origine.est_reprise, false) as est_reprise,
        suite.rang - 1 as rang_precedent
    from suite
    inner join {{ ref('stg_ecoloweb__convention') }} as origine on suite.convention_id = origine.convention_id
    inner join {{ ref('vue_convention') }} as convention on {{ ecoloweb_id('suite.convention_id') }} = convention.convention_id
    where suite.rang > 1
)

select
    {{ published_columns() }}
from version_

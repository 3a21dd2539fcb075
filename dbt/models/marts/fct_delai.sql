-- Grain: one agreement or amendment × stage, closed or still open, whose dates hold together.
with delai as (
    select
        delai.*,
        etape.libelle as etape,
        etape.objet_type,
        convention.administration_id,
        convention.familles_financement,
        delai.destin = 'ouvert' as est_censure,
        not delai.est_reprise
        and not delai.est_anah
        -- no figure tells of an owner who is, or may be, a person
        and coalesce(delai.nature_bailleur in ('HLM', 'SEM', 'AUTRE'), false) as est_suivi,
        strftime(delai.date_debut, '%Y-%m') as mois_debut,
        year(delai.date_debut) as annee_debut,
        strftime(delai.date_fin, '%Y-%m') as mois_fin,
        year(delai.date_fin) as annee_fin
    from {{ ref('int_delai') }} as delai
    inner join {{ ref('etape_delai') }} as etape on delai.etape_id = etape.etape_id
    inner join {{ ref('fct_convention') }} as convention on delai.convention_id = convention.convention_id
    where delai.destin in ('ferme', 'ouvert')
)

select
    {{ published_columns() }}
from delai

-- Grain: one agreement or amendment × stage, closed or still open, whose dates hold together.
with delai as (
    select
        delai.*,
        etape.libelle as etape,
        etape.objet_type,
        delai.destin = 'ouvert' as est_censure,
        strftime(delai.date_debut, '%Y-%m') as mois_debut,
        year(delai.date_debut) as annee_debut,
        strftime(delai.date_fin, '%Y-%m') as mois_fin,
        year(delai.date_fin) as annee_fin
    from {{ ref('int_delai') }} as delai
    inner join {{ ref('etape_delai') }} as etape on delai.etape_id = etape.etape_id
    where delai.destin in ('ferme', 'ouvert')
)

select
    {{ published_columns() }}
from delai

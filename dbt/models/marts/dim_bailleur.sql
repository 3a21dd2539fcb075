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
        bailleur.*,
        coalesce(nombre.nb_conventions, 0) as nb_conventions
    from {{ ref('int_bailleur') }} as bailleur
    left join nombre on bailleur.bailleur_id = nombre.proprietaire_id
    union all by name
    select
        maitre_ouvrage_id as bailleur_id,
        source,
        case
            when est_personne_physique then 'Personne physique'
            when est_masque then 'Bailleur de nature inconnue'
            else nom_source
        end as nom,
        siren,
        siret,
        siren_source as code_siren_source,
        siret_source as code_siret_source,
        case when code_famille in ('HLM', 'SEM') then code_famille when est_personne_physique then 'PRIVE' end as nature_bailleur,
        est_personne_physique,
        false as est_anah,
        code_postal,
        ville,
        0 as nb_conventions
    from {{ ref('int_maitre_ouvrage') }}
)

select
    {{ published_columns() }}
from bailleur

-- Grain: one event; a type that no list of ours knows keeps the code and label of the source, or its id there.
with evenement as (
    select
        evenement.date,
        evenement.description,
        coalesce(valeur.code, 'id ' || evenement.type_evenement_id) as type,
        {{ ecoloweb_id('evenement.evenement_id') }} as evenement_id,
        {{ ecoloweb_id('convention.convention_id') }} as convention_id,
        coalesce(valeur.libelle, vocabulaire.libelle) as type_libelle
    from {{ ref('stg_ecoloweb__evenement') }} as evenement
    left join {{ ref('stg_ecoloweb__convention') }} as convention on evenement.convention_id = convention.convention_id
    left join {{ ref('stg_ecoloweb__valeur') }} as valeur on evenement.type_evenement_id = valeur.valeur_id
    left join {{ ref('type_evenement') }} as vocabulaire on valeur.code = vocabulaire.code
)

select
    {{ published_columns() }}
from evenement

-- Grain: one event of an agreement; a type that no list of ours knows keeps the code and label of the source, or its id there.
select
    {{ ecoloweb_id('evenement.evenement_id') }} as evenement_id,
    {{ ecoloweb_id('evenement.convention_id') }} as convention_id,
    evenement.date,
    evenement.description,
    coalesce(valeur.code, 'id ' || evenement.type_evenement_id) as type,
    coalesce(valeur.libelle, vocabulaire.libelle) as type_libelle
from {{ ref('stg_ecoloweb__evenement') }} as evenement
left join {{ ref('stg_ecoloweb__valeur') }} as valeur on evenement.type_evenement_id = valeur.valeur_id
left join {{ ref('type_evenement') }} as vocabulaire on valeur.code = vocabulaire.code

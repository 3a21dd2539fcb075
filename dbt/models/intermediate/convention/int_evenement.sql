-- Grain: one event of an agreement; a type that no list of ours knows keeps the code and label of the source, or its id there.
with apilos as (
    select
        {{ apilos_id_ou_cle('evenement', 'evenement', 'evenement_id') }} as evenement_id,
        acte.convention_id,
        evenement.date,
        evenement.description,
        evenement.type_evenement as type
    from {{ ref('stg_apilos__evenement') }} as evenement
    inner join {{ ref('int_apilos_acte') }} as acte on evenement.convention_id = acte.acte_id and acte.est_apport
    union all by name
    -- what the application writes of the life of an agreement
    select
        {{ apilos_id_ou_cle('historique', 'historique', 'historique_id') }} as evenement_id,
        acte.convention_id,
        historique.date_creation as date,
        historique.commentaire as description,
        'STATUT_' || historique.statut as type,
        concat_ws(' → ', historique.statut_precedent_source, historique.statut_source) as type_libelle
    from {{ ref('stg_apilos__historique') }} as historique
    inner join {{ ref('int_apilos_acte') }} as acte on historique.convention_id = acte.acte_id
    where acte.convention_id is not null
)

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
union all by name
select * from apilos

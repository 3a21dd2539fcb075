-- Grain: one remark of an instructor.
select
    id as commentaire_id,
    uuid,
    convention_id,
    nullif(trim(nom_objet), '') as nom_objet,
    nullif(trim(champ_objet), '') as champ_objet,
    uuid_objet,
    user_id as utilisateur_id,
    {{ texte_apilos('message') }} as message,
    upper(nullif(trim(statut), '')) as statut,
    {{ jour_de_paris('cree_le') }} as date_creation,
    cree_le as creation_utc,
    {{ jour_de_paris('mis_a_jour_le') }} as date_modification,
    mis_a_jour_le as modification_utc,
    {{ jour_de_paris('resolu_le') }} as date_resolution,
    resolu_le as resolution_utc,
    {{ jour_de_paris('clos_le') }} as date_cloture,
    clos_le as cloture_utc,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('apilos', 'comments_comment') }}

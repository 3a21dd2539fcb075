-- Grain: one account, under a pseudonym.
select
    id as utilisateur_id,
    {{ jour_de_paris('last_login') }} as date_derniere_connexion,
    last_login as derniere_connexion_utc,
    {{ jour_de_paris('date_joined') }} as date_inscription,
    date_joined as inscription_utc,
    is_active as est_actif,
    is_staff as est_equipe,
    is_superuser as est_super_utilisateur,
    administrateur_de_compte as est_administrateur_de_compte,
    upper(nullif(trim(preferences_email), '')) as preferences_courriel,
    nullif(trim(filtre_departements), '') as departements_choisis,
    cerbere_login is not null as est_cerbere,
    creator_id as createur_id,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('apilos', 'users_user') }}

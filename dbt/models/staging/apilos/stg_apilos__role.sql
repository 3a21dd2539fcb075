-- Grain: one role of an account.
select
    id as role_id,
    user_id as utilisateur_id,
    upper(nullif(trim(typologie), '')) as typologie,
    bailleur_id,
    administration_id,
    group_id as groupe_id,
    nullif(trim(perimetre_region), '') as perimetre_region,
    nullif(trim(perimetre_departement), '') as perimetre_departement,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('apilos', 'users_role') }}

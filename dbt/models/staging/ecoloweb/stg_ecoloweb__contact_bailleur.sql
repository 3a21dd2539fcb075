-- Grain: one owner's contact, without its personal data.
select
    id as contact_bailleur_id,
    datemodif as date_modif,
    entitegest_id as administration_id,
    bailleur_id,
    version as no_verrou,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('ecoloweb', 'ecolo_contactbailleur') }}

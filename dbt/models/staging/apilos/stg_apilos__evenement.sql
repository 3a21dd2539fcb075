-- Grain: one event of an agreement, taken over from Ecoloweb.
select
    id as evenement_id,
    uuid,
    convention_id,
    upper(nullif(trim(type_evenement), '')) as type_evenement,
    survenu_le as date,
    {{ texte_apilos('description') }} as description,
    pieces_jointes is not null as est_pieces_jointes_presentes,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('apilos', 'conventions_evenement') }}

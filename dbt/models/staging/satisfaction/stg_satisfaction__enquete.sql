-- Grain: one survey.
select
    cle,
    canal,
    trim(titre) as titre,
    public,
    try_cast(nb_envoyes as integer) as nb_envoyes,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('satisfaction', 'enquete') }}

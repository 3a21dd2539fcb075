-- Grain: one answer to a survey.
select
    enquete as cle_enquete,
    reponse as pseudonyme,
    date_reponse,
    nullif(trim(note), '') as note,
    try_cast(valeur as decimal(6, 2)) as valeur,
    try_cast(echelle_min as integer) as echelle_min,
    try_cast(echelle_max as integer) as echelle_max,
    case when clarte between 1 and 5 then try_cast(clarte as decimal(3, 2)) end as clarte,
    nullif(trim(verbatim), '') as verbatim,
    nullif(trim(departement), '') as code_departement_saisi,
    fichier,
    ligne_fichier,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('satisfaction', 'reponse') }}

-- Grain: what an operation counts for one aid. An empty number is not a zero.
select
    upper(trim(numero_operation)) as numero_operation,
    rang as rang_detail,
    upper(nullif(trim(aide_code), '')) as aide,
    nullif(trim(aide_libelle), '') as libelle,
    try_cast(logement_nb_logements_individuels as integer) as nb_logements_individuels,
    try_cast(logement_nb_logements_collectifs as integer) as nb_logements_collectifs,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('siap', 'detail_aide') }}

-- Grain: one dwelling type of one programme.
select
    id as infos_type_logement_id,
    programmelogement_id as programme_id,
    typelogement_id as type_logement_id,
    nblogtind as nb_logements_individuels,
    nblogtcol as nb_logements_collectifs,
    version as no_verrou,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('ecoloweb', 'ecolo_infostypelogement') }}

-- Grain: one agreement.
select
    id as convention_id,
    nullif(trim(noreglementaire), '') as numero,
    nullif(trim(noordre), '') as numero_ordre,
    nullif(trim(libelle), '') as libelle,
    nullif(trim(description), '') as description,
    datedepot as date_depot,
    nullif(trim(designationinstructeur), '') as instructeur_pseudonyme,
    datesaisie as date_saisie,
    datemodification as date_modification,
    estreprise as est_reprise,
    nullif(trim(identifiantreprise), '') as identifiant_reprise,
    nullif(trim(repertoirepiecesjointesreprise), '') as repertoire_pieces_jointes_reprise,
    nullif(trim(memoreprise), '') as memo_reprise,
    conventioninstruite_id as periode_instruite_id,
    entitecreatrice_id as administration_creatrice_id,
    entitemodification_id as administration_modification_id,
    version as no_verrou,
    nullif(trim(nonormalise), '') as numero_normalise,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('ecoloweb', 'ecolo_conventionapl') }}

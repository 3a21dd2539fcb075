-- Grain: one kind of dwelling.
select
    id as nature_logement_id,
    nullif(trim(code), '') as code,
    ordre,
    nullif(trim(libelle), '') as libelle,
    debutvalidite as debut_validite,
    finvalidite as fin_validite,
    estenregistrable as est_enregistrable,
    estbesoingestionnaire as est_besoin_gestionnaire,
    estbesoinindividuel as est_besoin_individuel,
    estbesoincollectif as est_besoin_collectif,
    estbesoinloyers as est_besoin_loyers,
    estbesoinredevances as est_besoin_redevances,
    estbesoinlits as est_besoin_lits,
    estbesoinchambres as est_besoin_chambres,
    estactualisationloyers as est_actualisation_loyers,
    estactualisationredevances as est_actualisation_redevances,
    estfoyer as est_foyer,
    agregationnumreglementaire as agregation_num_reglementaire,
    version as no_verrou,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('ecoloweb', 'ecolo_naturelogement') }}

"""Agreements in a file: who they are, where they stand, and what is found of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data_contracts.extraits import formats
from data_contracts.extraits.classeur import ColonneFichier
from data_contracts.extraits.libelles import NATURES_LOGEMENT, STATUTS, nommer

if TYPE_CHECKING:
    from data_contracts.extraits.lecture import Ligne

CONCERNEES = """
,

compte as (
    select
        convention_id,
        count(*) filter (where severite = 'non_reglementaire') as nb_non_reglementaires,
        count(*) filter (where severite = 'anomalie') as nb_anomalies,
        count(*) filter (where severite = 'a_verifier') as nb_a_verifier
    from retenu
    where convention_id is not null
    group by convention_id
)

select
    convention.*,
    departement.nom_departement,
    bailleur.nom as nom_bailleur,
    bailleur.siren as siren_bailleur,
    compte.nb_non_reglementaires,
    compte.nb_anomalies,
    compte.nb_a_verifier
from compte
inner join fct_convention as convention on compte.convention_id = convention.convention_id
left join dim_departement as departement on convention.code_departement = departement.code_departement
left join dim_bailleur as bailleur on convention.bailleur_id = bailleur.bailleur_id
order by
    compte.nb_non_reglementaires desc,
    compte.nb_anomalies desc,
    compte.nb_a_verifier desc,
    convention.numero_norm nulls last,
    convention.convention_id
"""
"""The agreements of a query's `retenu` (rows of fct_anomalie), with their findings counted, those that have most first."""

COLONNES = (
    ColonneFichier("numero", "N° de convention", 24, "Numéro de la convention, tel que la source l'écrit."),
    ColonneFichier("code_departement", "Code du département", 13, "Code officiel, en texte."),
    ColonneFichier("nom_departement", "Département", 18, "Son nom."),
    ColonneFichier("code_commune", "Code de la commune", 12, "Commune principale (code officiel, en texte)."),
    ColonneFichier("nom_commune", "Commune", 20, "Son nom."),
    ColonneFichier("nom_bailleur", "Bailleur", 28, "Propriétaire de la majorité des logements."),
    ColonneFichier("siren_bailleur", "SIREN du bailleur", 12, "Vide pour une personne physique."),
    ColonneFichier("nature", "Nature des logements", 20, "Logements ordinaires, foyer, résidence sociale."),
    ColonneFichier("financements_ecrits", "Financements", 16, "Financements de la période courante."),
    ColonneFichier("etat", "État", 14, "État de la période courante."),
    ColonneFichier("date_signature", "Signature", 12, "Préfet, à défaut délégataire, à défaut bailleur."),
    ColonneFichier("date_effet", "Prise d'effet", 12, "Signature ou publication, selon le bailleur et les logements."),
    ColonneFichier("date_expiration_initiale", "Expiration initiale", 12, "Fin prévue à la signature, avant tout avenant."),
    ColonneFichier("date_expiration", "Expiration", 12, "Fin de la période courante."),
    ColonneFichier("date_echeance_tacite", "Échéance tacite", 12, "Prochaine échéance de reconduction ; vide hors vigueur."),
    ColonneFichier("nb_logements", "Logements", 11, "Logements de la période courante ; vide s'ils sont inconnus."),
    ColonneFichier("nb_avenants", "Avenants", 10, "Nombre d'avenants, annulés compris."),
    ColonneFichier("nb_non_reglementaires", "Non réglementaires", 15, "Constats à traiter de cette sévérité."),
    ColonneFichier("nb_anomalies", "Anomalies", 11, "Constats à traiter de cette sévérité."),
    ColonneFichier("nb_a_verifier", "À vérifier", 11, "Constats à traiter de cette sévérité."),
    ColonneFichier("score_qualite", "Score de qualité (%)", 11, "Part des contrôles applicables que la convention respecte."),
    ColonneFichier("convention_id", "Identifiant de la convention", 20, "Le même d'une publication à l'autre.", est_imprimee=False),
)


def en_ligne(convention: Ligne) -> Ligne:
    """Return the row of an agreement, as `CONCERNEES` gives it."""
    return {
        **convention,
        "nature": nommer(convention["nature_logement"], NATURES_LOGEMENT, ""),
        "financements_ecrits": formats.brut(convention["financements"]),
        "etat": nommer(convention["statut"], STATUTS, ""),
    }

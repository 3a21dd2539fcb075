"""The columns of agréments, of operations and of what links them to agreements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.components.colonnes.partagees import DEPARTEMENT, FICHE, SOURCE, annee
from dashboards.components.tableau import Colonne, entier
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import (
    AIDES,
    AVANCEMENTS,
    METHODES_RAPPROCHEMENT,
    NATURES_LOGEMENT,
    RAISONS_SANS_CONVENTION,
    STATUTS,
    STATUTS_OPERATION,
    nommer,
)

if TYPE_CHECKING:
    from collections.abc import Sequence


def raisons(codes: Sequence[str] | None) -> str:
    """Write why an agrément has no agreement."""
    return formats.typographie(formats.texte(" ; ".join(nommer(code, RAISONS_SANS_CONVENTION) for code in codes or ())))


NUMERO_OPERATION = Colonne("numero_operation", "Numéro d'opération", genre="serre")
AIDE = Colonne("aide", "Aide", lambda code: nommer(code, AIDES))
ANNEE = Colonne("annee", "Année", annee, aide="Année de programmation dans SISAL, de création de l'opération dans le SIAP.")
AGREMENTS = (
    NUMERO_OPERATION,
    Colonne("nom_operation", "Opération", genre="texte"),
    AIDE,
    entier("nb_logements", "Logements"),
    DEPARTEMENT,
    Colonne("nom_commune", "Commune"),
    Colonne("nom_bailleur", "Bailleur", genre="texte"),
    ANNEE,
    Colonne("avancement", "Avancement", lambda code: nommer(code, AVANCEMENTS)),
    Colonne("raisons", "Pourquoi sans convention", raisons, "long", "Ce que le rapprochement a cherché, et ce qui lui manque."),
    FICHE,
    Colonne("statut", "Statut dans le SIAP", lambda code: nommer(code, STATUTS_OPERATION)),
    Colonne("nature_logement", "Nature", lambda code: nommer(code, NATURES_LOGEMENT)),
    Colonne("siren_maitre_ouvrage", "SIREN"),
    Colonne("nom_gestionnaire", "Gestionnaire", genre="texte"),
    Colonne("adresse", "Adresse", genre="texte"),
    SOURCE,
)
OPERATIONS = (
    NUMERO_OPERATION,
    Colonne("nom_operation", "Opération", genre="texte"),
    Colonne("aides", "Aides à conventionner", lambda codes: formats.liste(nommer(code, AIDES) for code in codes or ())),
    entier("nb_logements", "Logements"),
    DEPARTEMENT,
    Colonne("nom_commune", "Commune"),
    Colonne("nom_bailleur", "Bailleur", genre="texte"),
    ANNEE,
    Colonne("est_couverte", "Couverte", aide="L'un de ses agréments au moins est lié à une convention."),
    Colonne("est_entierement_couverte", "Entièrement couverte", aide="Chacun de ses agréments est lié à une convention."),
    Colonne("est_a_verifier", "Proposition à vérifier"),
    SOURCE,
)
LIENS = (
    NUMERO_OPERATION,
    Colonne("nom_operation", "Opération", genre="texte"),
    AIDE,
    Colonne("confiance", "Confiance", lambda valeur: formats.mesure(valeur * 100, "%", 1), "nombre"),
    FICHE,
    Colonne("methode", "Rapproché par", lambda code: nommer(code, METHODES_RAPPROCHEMENT)),
    Colonne("explication", "Ce qui s'accorde et ce qui diffère", lambda dit: formats.typographie(formats.texte(dit)), "long"),
    Colonne("numero_convention", "Convention", genre="serre"),
    Colonne("statut_convention", "Statut de la convention", lambda code: nommer(code, STATUTS)),
    Colonne("date_signature", "Signée le"),
    DEPARTEMENT,
    Colonne("nom_commune", "Commune"),
    Colonne("nom_bailleur", "Bailleur", genre="texte"),
    entier("nb_logements_agrement", "Logements agréés"),
    entier("nb_logements_convention", "Logements conventionnés"),
    Colonne("annee_agrement", "Année de l'agrément", annee),
    SOURCE,
)
DUREES = (
    NUMERO_OPERATION,
    Colonne("nom_operation", "Opération", genre="texte"),
    AIDE,
    ANNEE,
    Colonne("date_signature", "Première signature"),
    entier("annees", "Années d'écart"),
    FICHE,
    entier("nb_logements", "Logements"),
    DEPARTEMENT,
    Colonne("nom_commune", "Commune"),
    Colonne("nom_bailleur", "Bailleur", genre="texte"),
    SOURCE,
)

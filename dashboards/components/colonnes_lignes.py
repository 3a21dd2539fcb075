"""The columns that a list of rows shows, by kind of rows; the files hold the same."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from dashboards import donnees
from dashboards.components.adresse import CONVENTION
from dashboards.components.tableau import Colonne, Html, entier
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import FAMILLES, NATURES_BAILLEUR, NATURES_LOGEMENT, SOURCES, STATUTS, nommer

if TYPE_CHECKING:
    from collections.abc import Sequence


def vers_la_fiche(convention_id: str | None) -> str:
    """Return the link that opens an agreement in another tab, on the run that this one reads."""
    if not convention_id:
        return formats.VIDE
    adresse = urlencode({CONVENTION: convention_id, donnees.PUBLICATION: donnees.ouvrir().run.run_id})
    nom = f"Ouvrir la fiche {escape(convention_id)} (nouvel onglet)"
    return Html(f'<a href="fiche_convention?{adresse}" target="_blank" aria-label="{nom}">Ouvrir</a>')


def familles(codes: Sequence[str] | None) -> str:
    """Write families of financing."""
    return formats.liste(nommer(code, FAMILLES) for code in codes or ())


FICHE = Colonne("convention_id", "Fiche", vers_la_fiche, "serre", "Ouvre la fiche de la convention dans un autre onglet.")
DEPARTEMENT = Colonne("code_departement", "Département")
CONVENTIONS = (
    Colonne("numero", "Numéro", genre="serre"),
    FICHE,
    Colonne("statut", "Statut", lambda code: nommer(code, STATUTS)),
    DEPARTEMENT,
    Colonne("nom_commune", "Commune"),
    Colonne("nom_bailleur", "Bailleur", genre="texte"),
    Colonne("familles_financement", "Financements", familles),
    entier("nb_logements", "Logements"),
    Colonne("date_signature", "Signée le"),
    Colonne("date_publication", "Publiée le"),
    Colonne("date_effet", "Prise d'effet"),
    Colonne("date_expiration", "Expire le"),
    Colonne("date_echeance_tacite", "Échéance tacite"),
    Colonne("nature_logement", "Nature", lambda code: nommer(code, NATURES_LOGEMENT)),
    Colonne("source", "Source", lambda code: nommer(code, SOURCES)),
)
AVENANTS = (
    Colonne("numero_convention", "Convention", genre="serre"),
    FICHE,
    entier("numero", "Avenant n°"),
    Colonne("types_libelles", "Types", genre="texte"),
    DEPARTEMENT,
    Colonne("nom_commune", "Commune"),
    Colonne("date_depot", "Déposé le"),
    Colonne("date_signature", "Signé le"),
    Colonne("date_publication", "Publié le"),
    Colonne("date_expiration_nouvelle", "Nouvelle expiration"),
    Colonne("est_annule", "Annulé"),
)
BAILLEURS = (
    Colonne("nom", "Nom", genre="texte"),
    Colonne("siren", "SIREN"),
    Colonne("sigle", "Sigle"),
    Colonne("nature_bailleur", "Nature", lambda code: nommer(code, NATURES_BAILLEUR)),
    Colonne("ville", "Ville"),
    DEPARTEMENT,
    entier("nb_conventions", "Conventions", "Toutes ses conventions, quels que soient les filtres."),
    Colonne("bailleur_id", "Identifiant"),
    Colonne("source", "Source", lambda code: nommer(code, SOURCES)),
)
PAR_GENRE = {"convention": CONVENTIONS, "avenant": AVENANTS, "bailleur": BAILLEURS}
"""Columns by the code of the kind of rows."""

"""The links of a table that open something else in another tab."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from dashboards import donnees
from dashboards.components.adresse import CONVENTION, ENSEMBLE, gardee
from dashboards.fichiers import Html
from dashboards.requetes.ensembles_connus import ENSEMBLES
from data_contracts.extraits import formats

if TYPE_CHECKING:
    from dashboards.components.adresse import Adresse


def vers_la_fiche(convention_id: str | None, run_id: str | None = None) -> str:
    """Return the link that opens an agreement in another tab, on the run of this identifier, else on the one read here."""
    if not convention_id:
        return formats.VIDE
    adresse = urlencode({CONVENTION: convention_id, donnees.PUBLICATION: run_id or donnees.lue().run_id})
    nom = f"Ouvrir la fiche {escape(convention_id)} (nouvel onglet)"
    return Html(f'<a href="fiche_convention?{adresse}" target="_blank" aria-label="{nom}">Ouvrir</a>')


def vers_les_lignes(adresse: Adresse, quoi: str) -> str:
    """Return the link that opens the rows behind one figure of a table in another tab, on the run that this one reads."""
    ecrite = urlencode(gardee() | adresse | {donnees.PUBLICATION: donnees.lue().run_id})
    nom = f"Voir les lignes, {escape(quoi)} (nouvel onglet)"
    return Html(f'<a href="lignes?{escape(ecrite)}" target="_blank" aria-label="{nom}">Voir</a>')


def vers_l_ensemble(code: str | None) -> str:
    """Return the link that opens the rows of a set in another tab."""
    return vers_les_lignes({ENSEMBLE: code}, ENSEMBLES[code].titre) if code else formats.VIDE

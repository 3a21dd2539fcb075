"""The list of changes, page by page, each leading to its agreement or its finding, and the files that hold them all."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from math import ceil
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

from dashboards import donnees
from dashboards.components.adresse import CONSTAT, a_la_page, page_demandee, pagination
from dashboards.components.blocs import etiquette, note, remonter
from dashboards.components.colonnes.liens import vers_la_fiche
from dashboards.components.colonnes.partagees import DEPARTEMENT
from dashboards.components.tableau import Colonne, fichiers, tableau_html
from dashboards.fichiers import Html, Table
from dashboards.filtres.changements import CHOIX_CAUSE, CHOIX_NATURE
from dashboards.requetes import changements as requetes_changements
from data_contracts import words
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import NATURES_BAILLEUR, NATURES_LOGEMENT, OBJETS, SEVERITES, STATUTS, nommer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboards.comparaison import Paire
    from dashboards.donnees import Ligne
    from dashboards.filtres.changements import Filtres

_LEGENDE = "Ce qui a changé"
_GENRES = {
    "convention_ajoutee": "information",
    "convention_disparue": "erreur",
    "constat_nouveau": "alerte",
    "constat_resolu": "succes",
}
"""Colours of the natures; the others have none."""
_DISPARUS = frozenset({"convention_disparue", "constat_non_juge"})
"""What only the earlier run shows."""
_CODES = {"statut": STATUTS, "nature_logement": NATURES_LOGEMENT, "nature_bailleur": NATURES_BAILLEUR}
"""Words of the values, by field."""


def _tel_quel(ecrit: str) -> str:
    return ecrit


_NATURE = Colonne("nature", "Changement", lambda code: etiquette(CHOIX_NATURE.get(code, code), _GENRES.get(code, "")))
_NUMERO = Colonne("numero", "Convention", genre="serre")
_QUOI = Colonne("quoi", "Champ ou règle", genre="texte")
_AVANT, _APRES = Colonne("avant", "Avant", genre="texte"), Colonne("apres", "Après", genre="texte")
_POURQUOI = Colonne("cause_detail", "Pourquoi", genre="texte")
_MONTREES = (_NATURE, _NUMERO, Colonne("lien", "Ouvrir", _tel_quel, "serre"), DEPARTEMENT, _QUOI, _AVANT, _APRES, _POURQUOI)
_AU_FICHIER = (
    _NATURE,
    _NUMERO,
    Colonne("convention_id", "Identifiant de la convention"),
    DEPARTEMENT,
    _QUOI,
    _AVANT,
    _APRES,
    Colonne("cause", "Cause", lambda code: nommer(code, CHOIX_CAUSE)),
    _POURQUOI,
    Colonne("severite", "Sévérité", lambda code: nommer(code, SEVERITES)),
    Colonne("objet_type", "Objet", lambda code: nommer(code, OBJETS)),
    Colonne("objet_id", "Identifiant de l'objet"),
    Colonne("anomalie_id", "Identifiant du constat"),
    Colonne("changement_id", "Identifiant du changement"),
)


@dataclass(frozen=True)
class _Tous:
    """Every change that the filters keep, read when a file is asked for."""

    ici: Paire
    filtres: Filtres

    def __iter__(self) -> Iterator[Ligne]:
        return map(_dite, requetes_changements.tous(self.ici, self.filtres))


def liste(ici: Paire, filtres: Filtres, total: int) -> None:
    """Show one page of the changes that the filters keep; `total` is how many they are."""
    pages = max(1, ceil(total / requetes_changements.PAR_PAGE))
    page = page_demandee() if page_demandee() <= pages else 1
    with st.container(key="liste_changements"):
        debut = (page - 1) * requetes_changements.PAR_PAGE
        fin = min(total, debut + requetes_changements.PAR_PAGE)
        note(
            f"Changements {formats.nombre(debut + 1)} à {formats.nombre(fin)} sur {formats.nombre(total)}, "
            "les conventions d'abord. Les fichiers les ont tous."
        )
        remonter(f"changements {page}", "liste_changements" if page > 1 else "")
        lignes = [{**_dite(ligne), "lien": _lien(ici, ligne)} for ligne in requetes_changements.liste(ici, filtres, page)]
        st.html(tableau_html(lignes, _MONTREES, _LEGENDE))
        fichiers(fichier(ici, filtres), "changements")
        pagination(page, pages, lambda rang: a_la_page(filtres.adresse, rang))


def fichier(ici: Paire, filtres: Filtres) -> Table:
    """Return what is downloaded: every change that the filters keep."""
    return Table(ici.apres, _LEGENDE, _AU_FICHIER, _Tous(ici, filtres))


def valeur(champ: str | None, brute: str | None) -> str:
    """Write a value of a field as its changes hold it: a day, a number, a code in its words, « vide »."""
    if champ is None:
        return formats.texte(brute)
    return nommer(brute, _CODES[champ]) if brute in _CODES.get(champ, {}) else words.value(brute)


def _dite(ligne: Ligne) -> Ligne:
    champ = ligne["champ"]
    return {
        **ligne,
        "quoi": ligne["libelle_champ"] or ligne["regle_id"],
        "avant": valeur(champ, ligne["avant"]),
        "apres": valeur(champ, ligne["apres"]),
    }


def _lien(ici: Paire, ligne: Ligne) -> str:
    """Return the link to the agreement or the finding, on a run that has it; nothing when that run is no longer there."""
    run = ici.avant if ligne["nature"] in _DISPARUS else ici.apres
    if run.path.parent != run.home.published:
        return formats.VIDE
    if not ligne["anomalie_id"]:
        return vers_la_fiche(ligne["convention_id"], run.run_id)
    adresse = urlencode({CONSTAT: ligne["anomalie_id"], donnees.PUBLICATION: run.run_id})
    nom = f"Ouvrir le constat {escape(ligne['regle_id'])} sur {escape(ligne['objet_id'])} (nouvel onglet)"
    return Html(f'<a href="cas?{escape(adresse)}" target="_blank" aria-label="{nom}">Constat</a>')

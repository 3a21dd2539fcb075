"""What the page « Dictionnaire et téléchargements » reads: the dictionary and the files that one run was published with."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from dashboards.donnees import Ligne, cle
from dashboards.normes import mots, norme
from data_contracts.publication import PublishedRun

if TYPE_CHECKING:
    from collections.abc import Iterator

_FICHIER = "dictionnaire.json"
_CHERCHES = ("nom", "description", "unite", "type_en_clair", "reference")
"""What is searched in a column, beside its closed list and the name of its table."""


@dataclass(frozen=True)
class Fichier:
    """A file, or a folder given as one ZIP, that a run may have been published with."""

    chemin: str
    libelle: str
    genre: str
    """Its media type."""
    est_national: bool = False
    """It tells of all of France at once: it is for who sees all of it, personal data included."""

    def dans(self, run: PublishedRun) -> Path:
        """Return where it is in a run."""
        return run.path / self.chemin

    def contenu(self, run: PublishedRun) -> bytes:
        """Return what is downloaded."""
        path = self.dans(run)
        return _archive(path) if path.is_dir() else path.read_bytes()

    def nom(self, run: PublishedRun) -> str:
        """Return the name it is downloaded under: its own, and the run's."""
        path = Path(self.chemin)
        return f"{path.stem}_{run.run_id}{path.suffix or '.zip'}"


_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FICHIERS = {
    "Dictionnaire": (
        Fichier("dictionnaire.html", "Page à lire (HTML)", "text/html"),
        Fichier("dictionnaire.csv", "Tableau (CSV pour Excel)", "text/csv"),
        Fichier(_FICHIER, "Pour un programme (JSON)", "application/json"),
    ),
    "Modèles et lignage": (Fichier("documentation/dbt.html", "Documentation de dbt (HTML)", "text/html"),),
    "Rapport qualité": (
        Fichier("rapport-qualite/rapport-qualite.html", "Page à lire (HTML)", "text/html", est_national=True),
        Fichier("rapport-qualite/rapport-qualite.xlsx", "Classeur (XLSX)", _EXCEL, est_national=True),
    ),
    "Contrôles": (Fichier("controles", "Pages de Great Expectations (ZIP)", "application/zip", est_national=True),),
}
"""What may be downloaded, by subject."""


@st.cache_data(show_spinner=False, max_entries=2, hash_funcs={PublishedRun: cle})
def dictionnaire(run: PublishedRun) -> Ligne | None:
    """Return the dictionary of a run; None when it was published before there was one."""
    path = run.path / _FICHIER
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def fichiers(run: PublishedRun) -> dict[str, list[Fichier]]:
    """Return the files that a run has and that its reader may see, by subject; a subject without file has an empty list."""
    return {
        sujet: [fichier for fichier in siens if fichier.dans(run).exists() and _est_visible(fichier, run)]
        for sujet, siens in FICHIERS.items()
    }


def est_reserve(run: PublishedRun, sujet: str) -> bool:
    """Tell whether the files of a subject are kept from the reader of a run."""
    return not any(_est_visible(fichier, run) for fichier in FICHIERS[sujet])


def _est_visible(fichier: Fichier, run: PublishedRun) -> bool:
    return run.perimetre.est_entier or not fichier.est_national


def colonnes_trouvees(tables: list[Ligne], recherche: str) -> list[Ligne]:
    """Return the columns that hold every word searched, whatever accents and case, each with its `table`."""
    cherches = mots(recherche)
    return [ligne for ligne in _colonnes(tables) if all(mot in ligne["_mots"] for mot in cherches)]


def _colonnes(tables: list[Ligne]) -> Iterator[Ligne]:
    for table in tables:
        for colonne in table["colonnes"]:
            paroles = [table["nom"], table["titre"], *(colonne[champ] or "" for champ in _CHERCHES), *(colonne["valeurs"] or ())]
            # a name is found whole (fct_lot), or by one of its words
            tenus = " ".join([*mots(" ".join(paroles)), norme(table["nom"]), norme(colonne["nom"])])
            yield {**colonne, "table": table["nom"], "_mots": tenus}


def _archive(folder: Path) -> bytes:
    """Return a folder as a ZIP."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, path.relative_to(folder.parent))
    return content.getvalue()

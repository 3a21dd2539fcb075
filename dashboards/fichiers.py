"""The files that a table of the application is downloaded as: CSV for a French Excel, workbook, Parquet. No Streamlit."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import unescape
from typing import TYPE_CHECKING, Any, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from data_contracts.extraits import formats, provenance
from data_contracts.extraits.classeur import ColonneFichier, Feuille, classeur
from data_contracts.extraits.csv_excel import csv_excel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from data_contracts.extraits.lecture import Ligne
    from data_contracts.publication import PublishedRun

_LARGEUR_MIN, _LARGEUR_LONGUE = 14, 46
"""Characters."""


class Html(str):
    """A text that is HTML already: everything else is escaped."""

    __slots__ = ()


class ColonneTitree(Protocol):
    """A column as a page shows it."""

    @property
    def champ(self) -> str:
        """The field it reads."""

    @property
    def titre(self) -> str:
        """Its title."""

    @property
    def ecrire(self) -> Callable[[Any], str]:
        """How its values are written on the page."""

    @property
    def aide(self) -> str:
        """What its title means."""

    @property
    def genre(self) -> str:
        """« long » for sentences."""

    @property
    def est_cle(self) -> bool:
        """The page makes a link of what it holds: a file, which may be made outside any session, has the key itself."""


@dataclass(frozen=True)
class Table:
    """Rows to download: the run they come from, what they are, and their columns."""

    run: PublishedRun
    legende: str
    colonnes: Sequence[ColonneTitree]
    lignes: Iterable[Ligne]


@dataclass(frozen=True)
class Forme:
    """A form of file: its name, the end of the file's name, its type, and what makes it."""

    nom: str
    suffixe: str
    genre: str
    faire: Callable[[Table], bytes]


def en_csv(table: Table) -> bytes:
    """Return the rows as CSV: numbers and days as such, codes in the words of the page."""
    return csv_excel(_lues(table), table.colonnes)


def en_classeur(table: Table) -> bytes:
    """Return the rows as a workbook, with a second sheet that says what its columns mean and where its figures come from."""
    colonnes = [
        ColonneFichier(
            colonne.champ,
            colonne.titre,
            _LARGEUR_LONGUE if colonne.genre == "long" else max(_LARGEUR_MIN, len(colonne.titre) + 2),
            colonne.aide,
        )
        for colonne in table.colonnes
    ]
    return classeur([
        Feuille("Données", colonnes, _lues(table)),
        Feuille("Provenance", provenance.COLONNES, [
            {"rubrique": "Tableau", "nom": "Contenu", "valeur": table.legende},
            *provenance.publication(table.run),
            *provenance.livraisons(table.run),
            *provenance.definitions("Colonnes", [colonne for colonne in colonnes if colonne.definition]),
        ]),
    ])  # fmt: skip


def en_parquet(table: Table) -> bytes:
    """Return the rows as Parquet, codes and types as the run has them, columns named after their fields."""
    lignes = list(table.lignes)
    colonnes = {colonne.champ: _colonne([ligne.get(colonne.champ) for ligne in lignes]) for colonne in table.colonnes}
    contenu = io.BytesIO()
    pq.write_table(pa.table(colonnes), contenu, compression="zstd")
    return contenu.getvalue()


FORMES = (
    Forme("CSV", "csv", "text/csv", en_csv),
    Forme("XLSX", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", en_classeur),
    Forme("Parquet", "parquet", "application/vnd.apache.parquet", en_parquet),
)


def _lues(table: Table) -> Iterable[Ligne]:
    return ({colonne.champ: _lue(colonne, ligne.get(colonne.champ)) for colonne in table.colonnes} for ligne in table.lignes)


def _lue(colonne: ColonneTitree, valeur: Any) -> Any:  # noqa: ANN401 - one value of any column
    if valeur is None or colonne.est_cle or isinstance(valeur, int | float | Decimal | date):
        return valeur
    ecrite = colonne.ecrire(valeur)
    if isinstance(ecrite, Html):
        ecrite = unescape(re.sub(r"<[^>]+>", "", ecrite))
    return None if ecrite == formats.VIDE else ecrite


def _colonne(valeurs: Sequence[Any]) -> pa.Array:
    try:
        return pa.array(valeurs)
    except (pa.ArrowInvalid, pa.ArrowTypeError):  # values of several types: what a page made for itself
        return pa.array([None if valeur is None else formats.brut(valeur) for valeur in valeurs])

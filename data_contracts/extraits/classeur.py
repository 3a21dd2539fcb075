"""A workbook that opens well: real dates, real numbers, texts that can't become formulas. Written row by row, no Streamlit."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from data_contracts.extraits import formats
from data_contracts.extraits.formats import FORMULE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

    from data_contracts.extraits.lecture import Ligne

LIGNES_MAX = 1_048_575
"""Rows that a sheet of Excel holds under its titles."""
_TEXTE_MAX = 32_767
"""Characters that a cell of Excel holds."""
_ENTETE = Font(bold=True, color="FFFFFF")
_FOND = PatternFill("solid", start_color="000091")
_HAUT = Alignment(vertical="top", wrap_text=True)


@dataclass(frozen=True)
class ColonneFichier:
    """A column of a file: the field it reads, its title, its width in characters, what it means."""

    champ: str
    titre: str
    largeur: int
    definition: str = ""


@dataclass(frozen=True)
class Feuille:
    """A sheet: its name, its columns, its rows. More rows than a sheet holds go on the next ones."""

    nom: str
    colonnes: Sequence[ColonneFichier]
    lignes: Iterable[Ligne]
    est_a_lire: bool = False
    """Long texts go to the line: for a short sheet, as each such cell takes as long to write as three others."""


def classeur(feuilles: Sequence[Feuille]) -> bytes:
    """Return the workbook of these sheets."""
    workbook = Workbook(write_only=True)
    for feuille in feuilles:
        _ecrire(workbook, feuille)
    contenu = io.BytesIO()
    workbook.save(contenu)
    return contenu.getvalue()


def _ecrire(workbook: Workbook, feuille: Feuille) -> None:
    sheet, ecrites = _ouvrir(workbook, feuille, 1), 0
    rang = 1
    for ligne in feuille.lignes:
        if ecrites == LIGNES_MAX:
            _fermer(sheet, feuille, ecrites)
            rang += 1
            sheet, ecrites = _ouvrir(workbook, feuille, rang), 0
        sheet.append([_cellule(sheet, ligne.get(colonne.champ), feuille) for colonne in feuille.colonnes])
        ecrites += 1
    _fermer(sheet, feuille, ecrites)


def _ouvrir(workbook: Workbook, feuille: Feuille, rang: int) -> WriteOnlyWorksheet:
    sheet = workbook.create_sheet(feuille.nom if rang == 1 else f"{feuille.nom} ({rang})")
    sheet.freeze_panes = "A2"
    for numero, colonne in enumerate(feuille.colonnes, start=1):
        sheet.column_dimensions[get_column_letter(numero)].width = colonne.largeur
    entetes = [WriteOnlyCell(sheet, colonne.titre) for colonne in feuille.colonnes]
    for entete in entetes:
        entete.font, entete.fill, entete.alignment = _ENTETE, _FOND, _HAUT
    sheet.append(entetes)
    return sheet  # type: ignore[no-any-return] # a write-only workbook makes write-only sheets


def _fermer(sheet: WriteOnlyWorksheet, feuille: Feuille, ecrites: int) -> None:
    cellules = f"A1:{get_column_letter(len(feuille.colonnes))}{ecrites + 1}"
    sheet.auto_filter.ref = cellules  # type: ignore[attr-defined] # its stubs forget that a write-only sheet has a filter too


def _cellule(sheet: WriteOnlyWorksheet, valeur: Any, feuille: Feuille) -> Any:  # noqa: ANN401 - one value of any column
    """Return what the sheet takes for a value: the value itself, or a cell when it needs a form of its own."""
    est_nombre = isinstance(valeur, int | float | Decimal) and not isinstance(valeur, bool)
    if valeur is None or (est_nombre and not feuille.est_a_lire):
        return valeur
    est_texte = not (est_nombre or isinstance(valeur, date))
    ecrite = _texte(valeur) if est_texte else valeur
    est_formule = est_texte and ecrite.startswith(FORMULE)
    if est_texte and not est_formule and not feuille.est_a_lire:
        return ecrite
    cellule = WriteOnlyCell(sheet, ecrite)
    if feuille.est_a_lire:
        cellule.alignment = _HAUT
    if est_formule:
        cellule.data_type = "s"  # openpyxl takes a text that starts with = for a formula
        cellule.quotePrefix = True  # and so would Excel, once the cell is edited
    elif isinstance(valeur, date):
        cellule.number_format = "dd/mm/yyyy"
    return cellule


def _texte(valeur: object) -> str:
    lisible: str = ILLEGAL_CHARACTERS_RE.sub("", formats.brut(valeur))
    return lisible[:_TEXTE_MAX]

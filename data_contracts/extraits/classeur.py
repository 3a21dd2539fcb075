"""A workbook that opens, reads and prints well: real dates, real numbers, texts that can't become formulas. Written row by row."""

from __future__ import annotations

import io
import math
import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties

from data_contracts.extraits import formats
from data_contracts.extraits.formats import FORMULE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from data_contracts.extraits.lecture import Ligne

LIGNES_MAX = 1_048_575
"""Rows that a sheet of Excel holds under its titles."""
_TEXTE_MAX = 32_767
"""Characters that a cell of Excel holds, counted as UTF-16 does."""
_CHIFFRES_MAX = 15
"""Digits that Excel keeps in a number."""
_PREMIER_JOUR = date(1900, 3, 1)
"""Excel takes 1900 for a leap year, and knows no day before it: earlier ones are written as texts."""
_INDICIBLE = re.compile("[^\\t\\n\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""What the XML of a workbook can't hold."""
_GRANDE_LARGEUR = 190
"""Characters beyond which a sheet is printed on A3."""
_A3, _A4 = 8, 9
_MARGE = 0.4
"""Inches."""
_HAUTEUR_LIGNE, _LIGNES_LUES = 15, 20
"""Points that a line of text takes, and how many lines a row shows at most."""
_ENTETE = Font(name="Calibri", size=11, bold=True, color="FFFFFF")
_FOND = PatternFill("solid", start_color="000091")
_FOND_A_REMPLIR = PatternFill("solid", start_color="18753C")
_HAUT = Alignment(vertical="top", wrap_text=True)
_HAUT_GAUCHE = Alignment(vertical="top", horizontal="left", wrap_text=True)
_JOUR, _INSTANT, _TEXTE = "dd/mm/yyyy", "dd/mm/yyyy hh:mm", "@"


@dataclass(frozen=True)
class ColonneFichier:
    """A column of a file: the field it reads, its title, its width in characters, what it means."""

    champ: str
    titre: str
    largeur: int
    definition: str = ""
    choix: tuple[str, ...] = ()
    """Values that a drop-down list offers; another one is refused."""
    est_a_remplir: bool = False
    """For the reader to fill: its title has a colour of its own."""
    est_texte: bool = False
    """Its cells hold texts even once typed over: a spreadsheet makes neither a date nor a number of them."""
    est_imprimee: bool = True
    """False for what serves machines: such columns, when they stand last, are left out of the printed pages."""


@dataclass(frozen=True)
class Feuille:
    """A sheet: its name, its columns, its rows. More rows than a sheet holds go on the next ones."""

    nom: str
    colonnes: Sequence[ColonneFichier]
    lignes: Iterable[Ligne]


def classeur(feuilles: Sequence[Feuille]) -> bytes:
    """Return the workbook of these sheets."""
    workbook = _vierge()
    try:
        for feuille in feuilles:
            _ecrire(workbook, feuille)
    except BaseException:
        for sheet in workbook.worksheets:
            sheet.close()  # each holds a file open
        raise
    contenu = io.BytesIO()
    workbook.save(contenu)
    return contenu.getvalue()


def _vierge() -> Workbook:
    """Return an empty workbook whose cells go to the line, from the top, unless they have a form of their own.

    A form given cell by cell would take twice as long to write, and openpyxl has no other way to change the one that all share:
    Excel reads it in the first of the cells' forms, LibreOffice in the style « Normal ».
    """
    workbook = Workbook(write_only=True)
    commune = StyleArray()
    commune.alignmentId = workbook._alignments.add(_HAUT)  # type: ignore[attr-defined] # noqa: SLF001 - see above
    workbook._cell_styles = IndexedList([commune])  # type: ignore[attr-defined] # noqa: SLF001 - same reason
    workbook._named_styles["Normal"].alignment = _HAUT  # type: ignore[attr-defined] # noqa: SLF001 - same reason
    return workbook


def _ecrire(workbook: Workbook, feuille: Feuille) -> None:
    sheet, ecrites, rang = _ouvrir(workbook, feuille, 1), 0, 1
    cellules = _Cellules(sheet)
    for ligne in feuille.lignes:
        if ecrites == LIGNES_MAX:
            _fermer(sheet, feuille, ecrites)
            rang += 1
            sheet, ecrites = _ouvrir(workbook, feuille, rang), 0
            cellules = _Cellules(sheet)
        ecrites += 1
        valeurs = [ligne.get(colonne.champ) for colonne in feuille.colonnes]
        _donner_hauteur(sheet, ecrites + 1, valeurs, feuille.colonnes)
        # one after the other: each cell is written before the next value takes its place
        portees = (
            cellules.en_texte(valeur) if colonne.est_texte else cellules.portant(valeur)
            for valeur, colonne in zip(valeurs, feuille.colonnes, strict=True)
        )
        sheet.append(portees)  # type: ignore[arg-type] # its stubs ask for a narrower type
    _fermer(sheet, feuille, ecrites)


def _ouvrir(workbook: Workbook, feuille: Feuille, rang: int) -> Worksheet:
    # a write-only workbook makes sheets of another class, which answer the same here
    sheet: Worksheet = workbook.create_sheet(feuille.nom if rang == 1 else f"{feuille.nom} ({rang})")
    sheet.freeze_panes = "A2"
    for numero, colonne in enumerate(feuille.colonnes, start=1):
        dimension = sheet.column_dimensions[get_column_letter(numero)]
        dimension.width, dimension.alignment = colonne.largeur, _HAUT
    _donner_hauteur(sheet, 1, [colonne.titre for colonne in feuille.colonnes], feuille.colonnes)
    _mettre_en_page(sheet, feuille)
    entetes = [WriteOnlyCell(sheet, colonne.titre) for colonne in feuille.colonnes]
    for entete, colonne in zip(entetes, feuille.colonnes, strict=True):
        entete.font, entete.alignment = _ENTETE, _HAUT
        entete.fill = _FOND_A_REMPLIR if colonne.est_a_remplir else _FOND
    sheet.append(entetes)
    return sheet


def _donner_hauteur(sheet: Worksheet, rang: int, valeurs: Sequence[Any], colonnes: Sequence[ColonneFichier]) -> None:
    """Give a row the height of its longest text: LibreOffice, which takes openpyxl for Excel, would leave it one line high."""
    textes = zip(valeurs, colonnes, strict=True)
    nb_lignes = max((_nb_lignes(texte, colonne.largeur) for texte, colonne in textes if isinstance(texte, str)), default=1)
    if nb_lignes > 1:
        sheet.row_dimensions[rang].height = _HAUTEUR_LIGNE * min(nb_lignes, _LIGNES_LUES)


def _nb_lignes(texte: str, largeur: int) -> int:
    """Return the lines that a text takes: letters are narrower than the digits that columns are measured in."""
    lettres = largeur + largeur // 10
    if len(texte) <= lettres and "\n" not in texte:
        return 1
    return sum(1 + max(len(paragraphe) - 1, 0) // lettres for paragraphe in texte.split("\n"))


def _mettre_en_page(sheet: Worksheet, feuille: Feuille) -> None:
    """Print on landscape pages as wide as the columns, under their titles, with the sheet's name and the page's number."""
    largeur = sum(colonne.largeur for colonne in feuille.colonnes if colonne.est_imprimee)
    setup = sheet.page_setup
    setup.orientation, setup.paperSize = "landscape", _A3 if largeur > _GRANDE_LARGEUR else _A4
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.page_margins = PageMargins(left=_MARGE, right=_MARGE, top=_MARGE, bottom=2 * _MARGE)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.gridLines = True
    sheet.print_title_rows = "1:1"
    pied = sheet.oddFooter
    pied.left.text, pied.right.text = "&A", "&P / &N"  # type: ignore[union-attr] # a sheet always has one


def _fermer(sheet: Worksheet, feuille: Feuille, ecrites: int) -> None:
    derniere = ecrites + 1
    imprimees = max(numero for numero, colonne in enumerate(feuille.colonnes, start=1) if colonne.est_imprimee)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(feuille.colonnes))}{derniere}"
    sheet.print_area = f"A1:{get_column_letter(imprimees)}{derniere}"
    for numero, colonne in enumerate(feuille.colonnes, start=1):
        if colonne.choix and ecrites:
            lettre = get_column_letter(numero)
            liste = DataValidation("list", formula1=f'"{",".join(colonne.choix)}"', allow_blank=True, showErrorMessage=True)
            liste.errorTitle, liste.error = colonne.titre, f"Choisir : {', '.join(colonne.choix)}."
            liste.add(f"{lettre}2:{lettre}{derniere}")
            sheet.data_validations.append(liste)


class _Cellules:
    """The cells of a sheet that have a form of their own: each is written as soon as it is given, then holds another value."""

    def __init__(self, sheet: Worksheet) -> None:
        self._texte, self._saisie, self._jour, self._instant = (WriteOnlyCell(sheet) for _ in range(4))
        self._texte.alignment, self._jour.alignment, self._instant.alignment = _HAUT, _HAUT_GAUCHE, _HAUT_GAUCHE
        self._jour.number_format, self._instant.number_format = _JOUR, _INSTANT
        self._texte.quotePrefix = True  # Excel would take the text for a formula once the cell is edited

        self._saisie.alignment, self._saisie.number_format = _HAUT, _TEXTE
        self._saisie.quotePrefix = True

    def en_texte(self, valeur: object) -> Cell:
        """Return the cell of a text that stays one when somebody types over it; an empty one when it is missing."""
        cellule = _remplie(self._saisie, texte(valeur) or None)
        cellule.data_type = "s" if cellule.value else "n"  # openpyxl takes some texts for formulas, and writes empty texts
        return cellule

    def portant(self, valeur: Any) -> Any:  # noqa: ANN401 - one value of any column, or its cell
        """Return what the sheet takes for a value: itself, or a cell when it needs a form of its own; nothing when it is missing.

        A day before 1900 and a number too long for Excel are texts.
        """
        match valeur:
            case int() | float() | Decimal() if not isinstance(valeur, bool):
                if not math.isfinite(valeur):
                    return None
                if _est_exact(valeur):
                    return valeur
            case datetime() if valeur.date() >= _PREMIER_JOUR:
                return _remplie(self._instant, formats.a_paris(valeur).replace(tzinfo=None))
            case date() if not isinstance(valeur, datetime) and valeur >= _PREMIER_JOUR:
                return _remplie(self._jour, valeur)
        ecrite = texte(valeur)
        if not ecrite.startswith(FORMULE) and ecrite not in ERROR_CODES:
            return ecrite or None
        cellule = _remplie(self._texte, ecrite)
        cellule.data_type = "s"  # openpyxl takes such a text for a formula or an error
        return cellule


def _remplie(cellule: Cell, valeur: Any) -> Cell:  # noqa: ANN401 - one value of any column
    cellule.value = valeur
    return cellule


def _est_exact(nombre: float | Decimal) -> bool:
    """Tell whether Excel keeps every digit of a number. A float is what it is."""
    if isinstance(nombre, float):
        return True
    return len(Decimal(nombre).normalize().as_tuple().digits) <= _CHIFFRES_MAX


def texte(valeur: object) -> str:
    """Write a value as a text that a cell holds, its lines ended the same way; one cut says so with an ellipsis."""
    lisible = _INDICIBLE.sub("", formats.brut(valeur).replace("\r\n", "\n").replace("\r", "\n"))
    if len(lisible) <= _TEXTE_MAX // 2:
        return lisible
    unites = lisible.encode("utf-16-le")
    if len(unites) <= 2 * _TEXTE_MAX:
        return lisible
    return unites[: 2 * (_TEXTE_MAX - 1)].decode("utf-16-le", errors="ignore") + "…"

"""`parc export`: every published table, the clean-up workbooks, the corrections for APiLos; all, or a part."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
from rich.console import Console

from dagster_project import french
from dagster_project.terminal import say
from data_contracts.clauses import literal, quote
from data_contracts.extraits import corrections, formats, nettoyage, provenance
from data_contracts.extraits.formats import FORMULE
from data_contracts.extraits.selection import Selection
from data_contracts.loader import products
from data_contracts.publication import PublishedRun, current_run

if TYPE_CHECKING:
    from data_contracts.extraits.corrections import Ecrite
    from data_contracts.extraits.lisez_moi import Comptes
    from data_contracts.layout import Home
    from data_contracts.product_contract import Product

BOM = b"\xef\xbb\xbf"
"""What makes Excel read UTF-8."""
README = "LISEZ-MOI.txt"
_APOSTROPHE = "'"
"""What keeps a spreadsheet from running a text."""
_TOLD = 6
"""Workbooks named in the terminal."""


CLASSEURS, CORRECTIONS = "classeurs", "corrections"
"""Folders of the clean-up workbooks of the whole parc, and of the corrections ready for APiLos."""


@dataclass(frozen=True)
class Exported:
    """What an export wrote."""

    rows: dict[str, int]
    """Rows by table."""
    workbooks: dict[str, Comptes]
    """Findings by clean-up workbook, named from the folder."""
    corrections: list[Ecrite]


def run(home: Home, folder: Path, departements: Sequence[str], siren: str | None, *, workbooks: bool = True) -> None:
    """Export the current run. Raises BadInputError for a département or an owner that it doesn't know."""
    selection = Selection(tuple(departements), siren)
    published = current_run(home)
    console = Console(highlight=False)
    exported = export(published, folder, selection, workbooks=workbooks)
    for name, count in exported.rows.items():
        console.print(f"  {name:<28} {french.count(count, 'ligne'):>20}", markup=False)
    say([*told(exported), f"Exporté dans {folder} : {selection.describe()}."], console)


def export(published: PublishedRun, folder: Path, selection: Selection, *, workbooks: bool = True) -> Exported:
    """Write a published run in a folder: its tables, the corrections ready for APiLos and, unless told otherwise, the workbooks."""
    rows = {}
    with duckdb.connect(str(published.database), read_only=True) as connection:
        connection.execute("use marts")
        selection.check(connection)
        folder.mkdir(parents=True, exist_ok=True)
        for name, product in products().items():
            if name in published.manifest["marts"]:
                rows[name] = _table(connection, folder, product, selection)
        written = _workbooks(connection, published, folder, selection) if workbooks else {}
        exported = Exported(rows, written, corrections.ecrire(connection, published, selection, folder / CORRECTIONS))
    (folder / README).write_text("\n".join(_readme(published, selection, exported)) + "\n", encoding="utf-8")
    return exported


def _workbooks(
    connection: duckdb.DuckDBPyConnection, published: PublishedRun, folder: Path, selection: Selection
) -> dict[str, Comptes]:
    """Write one workbook a département asked for, one for an owner; for the whole parc, one a département that has a finding."""
    place = folder / CLASSEURS if selection.is_whole else folder
    codes = nettoyage.departements(connection) if selection.is_whole else selection.departements
    place.mkdir(exist_ok=True)
    parts = [replace(selection, departements=(code,)) for code in codes] if codes or selection.is_whole else [selection]
    written = {}
    for part in parts:
        path = place / nettoyage.nom_fichier(published, part)
        content, counts = nettoyage.en_classeur(connection, published, part)
        path.write_bytes(content)
        written[str(path.relative_to(folder))] = counts
    return written


def _table(connection: duckdb.DuckDBPyConnection, folder: Path, product: Product, selection: Selection) -> int:
    columns = [(name, kind) for name, kind, *_ in connection.execute(f"describe {quote(product.mart)}").fetchall()]
    condition = selection.condition(dict(columns))
    where = f" where {condition}" if condition else ""
    order = f" order by {', '.join(map(quote, product.cle_primaire))}"
    rest = f"from {quote(product.mart)}{where}{order}"
    parquet = folder / f"{product.mart}.parquet"
    copied = connection.execute(f"copy (select * {rest}) to {literal(str(parquet))} (format parquet, compression zstd)").fetchone()
    draft = folder / f".{product.mart}.csv"
    selected = ", ".join(f"{french_cell(name, kind)} as {quote(name)}" for name, kind in columns)
    form = "format csv, delimiter ';', header true, quote '\"', escape '\"'"
    connection.execute(f"copy (select {selected} {rest}) to {literal(str(draft))} ({form})")
    with (folder / f"{product.mart}.csv").open("wb") as target, draft.open("rb") as source:
        target.write(BOM)
        shutil.copyfileobj(source, target)
    draft.unlink()
    return int(copied[0]) if copied else 0


def french_cell(name: str, kind: str) -> str:
    """Return the SQL that writes a column as French Excel reads it: decimal comma, JJ/MM/AAAA, oui and non."""
    column = quote(name)
    if kind.endswith("[]"):
        return _disarmed(f"array_to_string({column}, ', ')")
    if kind.startswith("DECIMAL") or kind in {"DOUBLE", "FLOAT"}:
        return f"replace({column}::varchar, '.', ',')"
    if kind == "DATE":
        return f"strftime({column}, '%d/%m/%Y')"
    if kind.startswith("TIMESTAMP"):
        return f"strftime({column}, '%d/%m/%Y %H:%M:%S')"
    if kind == "BOOLEAN":
        return f"case when {column} then 'oui' when not {column} then 'non' end"
    return _disarmed(f"{column}::varchar") if kind in {"VARCHAR", "JSON"} else column


def _disarmed(text: str) -> str:
    """Return the SQL of a text that no spreadsheet runs as a formula."""
    starts = ", ".join(literal(start) for start in FORMULE)
    return f"case when substr({text}, 1, 1) in ({starts}) then {literal(_APOSTROPHE)} || {text} else {text} end"


def told(exported: Exported) -> Iterator[str]:
    """Say the workbooks and the corrections in a few lines, however many there are."""
    for name, counts in list(exported.workbooks.items())[:_TOLD]:
        yield f"  {name} : {french.count(counts.a_traiter, 'constat')} à traiter"
    if len(exported.workbooks) > _TOLD:
        total = sum(counts.a_traiter for counts in exported.workbooks.values())
        others = french.count(len(exported.workbooks) - _TOLD, "autre classeur", "autres classeurs")
        yield f"  … et {others} : {french.count(total, 'constat')} à traiter en tout"
    for written in exported.corrections:
        yield f"  {CORRECTIONS}/{_correction(written)}"


def _correction(written: Ecrite) -> str:
    waiting = f", {french.number(written.nb_a_completer)} à compléter" if written.nb_a_completer else ""
    ready = french.count(written.nb_pretes, "convention") if written.nb_pretes else "aucune convention"
    return f"{written.fichier} : {written.titre}, {ready}{waiting}"


def _readme(published: PublishedRun, selection: Selection, exported: Exported) -> Iterator[str]:
    contracts = products()
    yield "Parc conventionné : export de l'entrepôt"
    yield ""
    for line in provenance.publication(published):
        yield f"{line['nom']} : {formats.valeur(line['valeur'])}"
    yield f"Contenu : {selection.describe()}"
    yield ""
    yield "Livraisons lues :"
    for line in provenance.livraisons(published):
        yield f"- {line['nom']} : {line['valeur']}"
    if exported.workbooks:
        yield ""
        yield "Classeurs de nettoyage (à remplir, puis à rendre par « parc decision --fichier ») :"
        for name, counts in exported.workbooks.items():
            yield f"- {name} : {french.count(counts.a_traiter, 'constat')} à traiter"
    yield ""
    yield f"Corrections qu'APiLos applique par liste et conventions de l'ANAH, dans {CORRECTIONS}/ (chacune en .xlsx et en .csv) :"
    for written in exported.corrections:
        yield f"- {_correction(written)}"
    yield ""
    yield "Tables (chacune en .csv et en .parquet) :"
    for name, count in exported.rows.items():
        yield f"- {name} : {contracts[name].titre} ({contracts[name].grain}), {french.count(count, 'ligne')}"
    yield ""
    yield "CSV : UTF-8 avec BOM, point-virgule, virgule décimale, dates JJ/MM/AAAA ; un double clic les ouvre dans Excel français."
    yield "Un texte qu'un tableur prendrait pour une formule y est précédé d'une apostrophe ; le Parquet le garde tel quel."
    if not selection.is_whole:
        yield "Les tables qui n'ont pas de colonne convention_id sont entières."

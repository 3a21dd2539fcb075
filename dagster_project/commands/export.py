"""`parc export`: every published table in CSV for French Excel and in Parquet, all of it or what touches some agreements."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
from rich.console import Console

from dagster_project import french
from data_contracts.clauses import literal, quote
from data_contracts.errors import BadInputError
from data_contracts.loader import products
from data_contracts.publication import PublishedRun, current_run

if TYPE_CHECKING:
    from data_contracts.layout import Home
    from data_contracts.product_contract import Product

BOM = b"\xef\xbb\xbf"
"""What makes Excel read UTF-8."""
README = "LISEZ-MOI.txt"


@dataclass(frozen=True)
class Selection:
    """Which agreements an export keeps; everything when both are empty."""

    departements: tuple[str, ...] = ()
    siren: str | None = None

    @property
    def is_whole(self) -> bool:
        """True when everything is kept."""
        return not self.departements and not self.siren

    def condition(self, columns: Collection[str]) -> str | None:
        """Return the SQL condition on the rows of a table with these columns, None when they are all kept.

        A row of no agreement (a finding on a commune) is kept by its département, when no owner is asked for.
        """
        if self.is_whole or "convention_id" not in columns:
            return None
        here = f"code_departement in ({', '.join(map(literal, self.departements))})" if self.departements else "true"
        owned = (
            f"bailleur_id in (select bailleur_id from dim_bailleur where siren = {literal(self.siren)})" if self.siren else "true"
        )
        kept = f"convention_id in (select convention_id from fct_convention where {here} and {owned})"
        alone = "code_departement" in columns and self.departements and not self.siren
        return f"({kept} or (convention_id is null and {here}))" if alone else kept

    def describe(self) -> str:
        """Say in French what is kept."""
        parts = []
        if self.departements:
            parts.append(f"département{'s' if len(self.departements) > 1 else ''} {', '.join(self.departements)}")
        if self.siren:
            parts.append(f"bailleur de SIREN {self.siren}")
        return " et ".join(parts) or "tout le parc"


def run(home: Home, folder: Path, departements: Sequence[str], siren: str | None) -> None:
    """Export the current run. Raises BadInputError for a département or an owner that it doesn't know."""
    selection = Selection(tuple(departements), siren)
    published = current_run(home)
    console = Console(highlight=False)
    rows = export(published, folder, selection)
    for name, count in rows.items():
        console.print(f"  {name:<28} {french.count(count, 'ligne'):>20}", markup=False)
    console.print(f"Exporté dans {folder} : {selection.describe()}.", markup=False, soft_wrap=True)


def export(published: PublishedRun, folder: Path, selection: Selection) -> dict[str, int]:
    """Write every table of a published run in a folder, and return their rows."""
    rows = {}
    with duckdb.connect(str(published.database), read_only=True) as connection:
        connection.execute("use marts")
        _known(connection, selection)
        folder.mkdir(parents=True, exist_ok=True)
        for name, product in products().items():
            if name in published.manifest["marts"]:
                rows[name] = _table(connection, folder, product, selection)
    (folder / README).write_text("\n".join(_readme(published, selection, rows)) + "\n", encoding="utf-8")
    return rows


def _known(connection: duckdb.DuckDBPyConnection, selection: Selection) -> None:
    for code in selection.departements:
        if not connection.execute("select 1 from dim_departement where code_departement = ?", [code]).fetchone():
            raise BadInputError(f"Le département « {code} » n'existe pas : donner son code officiel, par exemple 33 ou 2A.")
    if selection.siren and not connection.execute("select 1 from dim_bailleur where siren = ?", [selection.siren]).fetchone():
        raise BadInputError(f"Aucun bailleur publié n'a le SIREN « {selection.siren} » : le vérifier dans dim_bailleur.")


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
        return f"array_to_string({column}, ', ')"
    if kind.startswith("DECIMAL") or kind in {"DOUBLE", "FLOAT"}:
        return f"replace({column}::varchar, '.', ',')"
    if kind == "DATE":
        return f"strftime({column}, '%d/%m/%Y')"
    if kind.startswith("TIMESTAMP"):
        return f"strftime({column}, '%d/%m/%Y %H:%M:%S')"
    if kind == "BOOLEAN":
        return f"case when {column} then 'oui' when not {column} then 'non' end"
    return column


def _readme(published: PublishedRun, selection: Selection, rows: dict[str, int]) -> Iterator[str]:
    manifest = published.manifest
    contracts = products()
    yield "Parc conventionné : export de l'entrepôt"
    yield ""
    yield f"Publication : {published.run_id}, le {french.local_moment(datetime.fromisoformat(manifest['publie_le']))}"
    yield f"Date de référence : {datetime.fromisoformat(manifest['date_reference']):%d/%m/%Y}"
    yield f"Code : {manifest['version_code']}"
    yield f"Contenu : {selection.describe()}"
    yield ""
    yield "Livraisons lues :"
    for delivery in manifest["livraisons"]:
        received = french.local_moment(datetime.fromisoformat(delivery["recue_le"]))
        yield f"- {delivery['source']} : {delivery['origine']}, reçue le {received}, sha256 {delivery['sha256']}"
        if delivery["departements"]:
            yield f"  Elle ne couvre que les départements {', '.join(delivery['departements'])}."
    yield ""
    yield "Fichiers (chaque table en .csv et en .parquet) :"
    for name, count in rows.items():
        yield f"- {name} : {contracts[name].titre} ({contracts[name].grain}), {french.count(count, 'ligne')}"
    yield ""
    yield "CSV : UTF-8 avec BOM, point-virgule, virgule décimale, dates JJ/MM/AAAA ; un double clic les ouvre dans Excel français."
    if not selection.is_whole:
        yield "Les tables qui n'ont pas de colonne convention_id sont entières."

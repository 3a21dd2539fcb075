"""Two demos of 4,000 agreements, with planted cases and without, read back from their dumps into DuckDB, and their truths."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ingest.demo import DemoDelivery, generate
from ingest.demo.schema import APILOS, ECOLOWEB

CONVENTIONS, GRAINE = 4000, 42
TYPES = {
    "bigint": "BIGINT",
    "integer": "INTEGER",
    "date": "DATE",
    "boolean": "BOOLEAN",
    "real": "DOUBLE",
    "double precision": "DOUBLE",
    "numeric(12,2)": "DOUBLE",
    "numeric(12,4)": "DOUBLE",
    "timestamp with time zone": "TIMESTAMP",
}
COLONNES = ECOLOWEB.colonnes | APILOS.colonnes


@dataclass(frozen=True)
class Demo:
    """The files of a demo, its rows by table (`ecolo_` left out, typed, instants in UTC), its truth and that of APiLos."""

    livraison: DemoDelivery
    base: duckdb.DuckDBPyConnection
    verite: dict[str, Any]
    verite_apilos: dict[str, Any]

    def lignes(self, requete: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        return self.base.execute(requete).fetchall()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demo that people see: with planted cases."""
    yield from _relue(tmp_path_factory, cas=True)


@pytest.fixture(scope="session")
def reglementaire(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The same country without planted case."""
    yield from _relue(tmp_path_factory, cas=False)


def _relue(dossiers: pytest.TempPathFactory, *, cas: bool) -> Iterator[Demo]:
    livraison = generate(CONVENTIONS, GRAINE, dossiers.mktemp("demo"), cas=cas)
    with duckdb.connect() as base:
        sections = dossiers.mktemp("sections")
        for dump in (livraison.dump, livraison.apilos):
            for table, chemin in _sections(dump, sections).items():
                base.execute(_lecture(table, chemin))
        verites = [json.loads(chemin.read_text(encoding="utf-8")) for chemin in (livraison.verite, livraison.verite_apilos)]
        yield Demo(livraison, base, *verites)


def _sections(dump: Path, dossier: Path) -> dict[str, Path]:
    """Write the COPY rows of each table to a file of its own."""
    chemins: dict[str, Path] = {}
    sortie = None
    with dump.open(encoding="utf-8", newline="\n") as lignes:
        for ligne in lignes:
            if ligne.startswith("COPY "):
                table = ligne.split(" ")[1].removeprefix("ecolo.ecolo_").removeprefix("public.")
                chemins[table] = dossier / table
                sortie = chemins[table].open("w", encoding="utf-8", newline="\n")
            elif ligne == "\\.\n" and sortie is not None:
                sortie.close()
                sortie = None
            elif sortie is not None:
                sortie.write(ligne)
    return chemins


def _lecture(table: str, chemin: Path) -> str:
    colonnes = {nom: TYPES.get(colonne["type"], "VARCHAR") for nom, colonne in COLONNES[table].items()}
    textes = ", ".join(f"'{nom}': 'VARCHAR'" for nom in colonnes)
    types = ", ".join(f"cast({nom} as {type_}) as {nom}" for nom, type_ in colonnes.items())
    options = "auto_detect=false, header=false, delim='\t', quote='', escape='', nullstr='\\N', new_line='\\n'"
    return f"create table {table} as select {types} from read_csv('{chemin}', {options}, columns={{{textes}}})"

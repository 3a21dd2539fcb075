"""Tables made to be misread: too wide, too long or too hollow, or under a name that stands for the files of others."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from data_contracts.delivery import current_deliveries
from data_contracts.errors import BadInputError
from data_contracts.layout import Home
from data_contracts.text_file import ROW_MAX, UnreadableRowError, csv_rows
from ingest.importer import import_delivery
from tests.support import made_rpls, made_sisal
from tests.support.hostile import READERS, ecoloweb_contracts

NOW = datetime(2026, 11, 1, tzinfo=UTC)
NAMES = ["livraison [1]", "a*b", "qui ?", "libelle=autre", 'l\'"autre"', "{a,b}"]


def reworked(path: Path, change: Callable[[str], str]) -> Path:
    """Change the first sheet of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    changed = change(parts[sheet].decode())
    assert changed != parts[sheet].decode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (parts | {sheet: changed.encode()}).items():
            archive.writestr(name, content)
    return path


def report(folder: Path) -> Path:
    """Write a workbook of three rows."""
    return made_sisal.write_xlsx(folder / "rapport.xlsx", [{"N° Opération GALION": f"2016130550{rank}"} for rank in (1, 2, 3)])


def landed(home: Home) -> list[str]:
    """Return the first column of the regions landed."""
    [delivery] = current_deliveries(home).values()
    [found] = home.delivery("ecoloweb", delivery.livraison_id).glob("region.parquet")
    return [libelle for (libelle,) in duckdb.sql(f"select libelle from '{found}' order by _ligne").fetchall()]


def test_a_sheet_that_lies_about_its_extent_loses_no_row(tmp_path: Path, home: Home) -> None:
    path = reworked(report(tmp_path), lambda sheet: re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1:AG5"', sheet))
    assert import_delivery(home, "sisal", path, now=NOW).delivery.tables[0].nb_recus == 3


@pytest.mark.parametrize(
    "row",
    ['<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>', '<row r="90"><c r="XFD90"><v>1</v></c></row>'],
    ids=["far below", "far to the right"],
)
def test_a_cell_far_from_the_others_is_refused(row: str, tmp_path: Path, home: Home) -> None:
    path = reworked(report(tmp_path), lambda sheet: sheet.replace("</sheetData>", f"{row}</sheetData>"))
    with pytest.raises(BadInputError, match="a plus de 1048576 lignes ou de 2000 colonnes"):
        import_delivery(home, "sisal", path, now=NOW)


@pytest.mark.parametrize("end", ["", "x"], ids=["at the end", "before a row"])
def test_endless_empty_lines_are_refused(end: str, tmp_path: Path, home: Home) -> None:
    path = made_sisal.write_csv(tmp_path / "rapport.csv", [{}])
    path.write_bytes(path.read_bytes() + b"\n" * 10_002 + end.encode())
    with pytest.raises(BadInputError, match="10001 lignes vides avant celle-ci"):
        import_delivery(home, "sisal", path, now=NOW)


def test_a_zoning_of_endless_lines_is_refused(tmp_path: Path, home: Home) -> None:
    path = tmp_path / "abc.csv"
    path.write_bytes(b"CODGEO;Zone au 05/07/2024\n" + b"\n" * 500_000)
    with pytest.raises(BadInputError, match="a plus de 500000 lignes"):
        import_delivery(home, "referentiels", path, now=NOW)


@pytest.mark.parametrize("row", [";" * ROW_MAX + ";", '"a\n";' * (ROW_MAX // 5 + 1)], ids=["on one line", "over many lines"])
def test_a_row_made_of_separators_is_no_csv(row: str) -> None:
    found = csv_rows(f"a;b\n{row}\n", ";")
    assert next(found) == ["a", "b"]
    with pytest.raises(UnreadableRowError):
        next(found)


def test_many_short_rows_are_csv() -> None:
    assert sum(1 for _ in csv_rows("a;b\n" * (ROW_MAX // 3), ";")) == ROW_MAX // 3


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", ["dossier de CSV", "dossier de Parquet"])
def test_a_folder_is_read_alone_whatever_its_name_stands_for(form: str, name: str, tmp_path: Path, home: Home) -> None:
    contracts = _prepared(form, tmp_path, name, ["livraison 1", "a-b", "qui !", "b"])
    import_delivery(home, "ecoloweb", tmp_path / name, now=NOW, contracts=contracts)
    assert landed(home) == ["Île « inventée »", None, "a\tb\\c"]


def test_a_damaged_file_is_named_whatever_its_folder_is_called(tmp_path: Path, home: Home) -> None:
    contracts = _prepared("dossier de CSV", tmp_path, "livraison [1]", [])
    (tmp_path / "livraison [1]" / "region.csv").write_bytes(b"id,libelle,ouverte,active\n1,a,2001-02-03,t,de trop\n")
    with pytest.raises(BadInputError, match=r"region\.csv.*ligne 2"):
        import_delivery(home, "ecoloweb", tmp_path / "livraison [1]", now=NOW, contracts=contracts)


@pytest.mark.parametrize("name", ["rpls[1].csv", "rpls*.csv", "rpls?.csv"])
def test_a_file_of_rpls_is_read_alone_whatever_its_name_stands_for(name: str, tmp_path: Path, home: Home) -> None:
    made_rpls.write_rpls(tmp_path / "rpls1.csv", [{}, {}, {}])
    path = made_rpls.write_rpls(tmp_path / name, [{}])
    assert import_delivery(home, "rpls", path, now=NOW).delivery.tables[0].nb_recus == 1


def _prepared(form: str, folder: Path, name: str, others: Sequence[str]) -> Path:
    """Write the sound delivery under a name, and damaged ones beside it; return the contracts."""
    sound = READERS[form].sound
    (folder / name).mkdir()
    (folder / "sain").mkdir()
    files = sound(folder / "sain")
    for file, content in files.items():
        (folder / name / file).write_bytes(content)
    for other in others:
        shutil.copytree(folder / name, folder / other)
        for file in files:
            (folder / other / file).write_bytes(b"autre chose")
    return ecoloweb_contracts(folder)

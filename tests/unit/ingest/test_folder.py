"""Folders of CSV or Parquet: what is read is what was written, and what can't be read is refused with its file and line."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_contracts.errors import BadInputError
from data_contracts.source_contract import SourceTable
from ingest.readers.folder import receive_csv
from ingest.readers.reception import Identity, Request

DATABASE = duckdb.connect(config={"threads": 1})
TABLE = {"colonnes": {"id": "entier", "libelle": "texte", "montant": {"type": "reel", "presence": "facultative"}}}
VALUES = st.none() | st.text(
    st.sampled_from("\"',;\t\n\r\\Na é\ufeff") | st.characters(exclude_categories=["Cs"], exclude_characters="\0")
)


@pytest.fixture
def read(contracts: Callable[..., Path], deliver: Callable[..., Any], landed: Callable[..., Any]) -> Callable[[Path], list[Any]]:
    """Import a folder whose only table is ecolo_a; return its rows."""

    def rows(folder: Path) -> list[Any]:
        report = deliver(folder, contracts(ecolo_a=TABLE))
        return [(row["id"], row["libelle"], row["montant"], row["_ligne"]) for row in landed(report, "ecolo_a")]

    return rows


def _csv(folder: Path, content: bytes) -> Path:
    (folder / "ecolo_a.csv").write_bytes(content)
    return folder


@pytest.mark.parametrize("delimiter", [b",", b";", b"\t"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_csv_is_read_with_its_delimiter_its_line_ends_and_its_byte_order_mark(
    delimiter: bytes, end: bytes, mark: bytes, tmp_path: Path, read: Callable[[Path], list[Any]]
) -> None:
    lines = [
        delimiter.join(fields) for fields in ([b"id", b"libelle", b"montant"], [b"1", "Été".encode(), b"2.5"], [b"2", b"", b""])
    ]
    folder = tmp_path / "reçu"
    folder.mkdir()

    assert read(_csv(folder, mark + end.join(lines) + end)) == [(1, "Été", 2.5, 2), (2, None, None, 3)]


def test_an_empty_field_is_null_and_a_quoted_empty_field_is_an_empty_text(
    tmp_path: Path, read: Callable[[Path], list[Any]]
) -> None:
    assert read(_csv(tmp_path, b'id,libelle\n1,\n2,""\n')) == [(1, None, None, 2), (2, "", None, 3)]


def test_the_order_of_the_columns_does_not_matter(tmp_path: Path, read: Callable[[Path], list[Any]]) -> None:
    assert read(_csv(tmp_path, b"montant,libelle,id\n2.5,a,1\n")) == [(1, "a", 2.5, 2)]


def test_the_line_of_a_row_is_its_rank_even_after_a_text_of_several_lines(
    tmp_path: Path, read: Callable[[Path], list[Any]]
) -> None:
    assert read(_csv(tmp_path, b'id,libelle\n1,"a\nb"\n2,c\n')) == [(1, "a\nb", None, 2), (2, "c", None, 3)]


@settings(deadline=None, max_examples=50)
@given(st.lists(st.lists(VALUES, min_size=2, max_size=2), max_size=6), st.sampled_from(",;\t"))
def test_every_value_written_to_a_csv_is_read_back(rows: list[list[str | None]], delimiter: str) -> None:
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, delimiter=delimiter, lineterminator="\n")
    for row in (["a", "b"], *rows):
        writer.writerow(["\0" if value is None else value for value in row])
    contract = SourceTable.model_validate(
        dict.fromkeys(("source", "table", "titre", "description"), "t")
        | {
            "cle_primaire": ["a"],
            "colonnes": [{"nom": name, "type": "texte", "description": "t"} for name in "ab"],
        }
    )
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "t.csv").write_text(text.getvalue().replace('"\0"', ""), encoding="utf-8", newline="")
        reception = receive_csv(Path(folder), Identity("", 0), Request({"t": contract}, "", Path(folder)))
        read = DATABASE.execute(f"select c0, c1 from {reception.tables['t'].relation}").fetchall()

    assert read == [tuple(row) for row in rows]


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"", "est vide"),
        (b"\n\n", "est vide"),
        (b"id libelle\n1 a\n", "pas d'en-tête"),
        ("id,libellé\n".encode("latin-1"), "pas encodé en UTF-8"),
        ("id,libelle\n1,a\n2,été\n".encode("latin-1"), "ligne 3 : le texte n'est pas encodé en UTF-8"),
        (b"id,libelle\n1,a\n2,b,c\n", "ligne 3 : les champs ne correspondent pas"),
        (b"id,libelle\n1,a\n2\n", "ligne 3 : les champs ne correspondent pas"),
        (b'id,libelle\n1,"a\n2,b\n', "ligne 2 : les champs ne correspondent pas"),
        (b"id,libelle,id\n1,a,1\n", "la colonne id y est plusieurs fois"),
        (b"id,montant\n1,2\n", "il manque la colonne libelle"),
    ],
)
def test_a_csv_that_can_not_be_read_whole_is_refused_with_its_name(
    content: bytes, cause: str, tmp_path: Path, read: Callable[[Path], list[Any]]
) -> None:
    with pytest.raises(BadInputError, match=rf"« ecolo_a\.csv ».*{cause}"):
        read(_csv(tmp_path, content))


def test_the_refusal_of_a_row_does_not_quote_it(tmp_path: Path, read: Callable[[Path], list[Any]]) -> None:
    with pytest.raises(BadInputError) as refusal:
        read(_csv(tmp_path, b"id,libelle\n1,Anatole,Dupin\n"))

    assert "Anatole" not in f"{refusal.value}{refusal.value.__cause__}"


def test_two_files_for_one_table_are_refused(tmp_path: Path, read: Callable[[Path], list[Any]]) -> None:
    (tmp_path / "ecolo_a.CSV").write_bytes(b"id,libelle\n")

    with pytest.raises(BadInputError, match="deux fichiers pour la table ecolo_a"):
        read(_csv(tmp_path, b"id,libelle\n"))


def test_parquet_columns_of_any_type_are_read_by_their_text(tmp_path: Path, read: Callable[[Path], list[Any]]) -> None:
    path = tmp_path / "ecolo_a.parquet"
    DATABASE.execute(f"copy (select 2.5::decimal(9,2) as montant, 7 as id, 'é' as libelle) to '{path}'")

    assert read(tmp_path) == [(7, "é", 2.5, 1)]


def test_a_damaged_parquet_file_is_refused_with_its_name(tmp_path: Path, read: Callable[[Path], list[Any]]) -> None:
    (tmp_path / "ecolo_a.parquet").write_bytes(b"PAR1 damaged PAR1")

    with pytest.raises(BadInputError, match=r"« ecolo_a\.parquet » n'est pas un fichier Parquet lisible"):
        read(tmp_path)


def test_unknown_files_and_columns_are_reported_and_not_landed(
    tmp_path: Path, contracts: Callable[..., Path], deliver: Callable[..., Any], landed: Callable[..., Any]
) -> None:
    (tmp_path / "ecolo_z.csv").write_bytes(b"\xff not even read")
    report = deliver(_csv(tmp_path, b"id,libelle,surprise\n1,a,b\n"), contracts(ecolo_a=TABLE))

    assert report.delivery.tables_inconnues == ("ecolo_z",)
    assert report.delivery.tables[0].colonnes_inconnues == ("surprise",)
    assert report.delivery.tables[0].colonnes_absentes == ("montant",)
    assert list(landed(report, "ecolo_a")[0]) == ["id", "libelle", "montant", "_ligne", "_illisible"]
    assert [said.split(" :")[0] for said in report.avertissements] == [
        "Tables inconnues du contrat, non reprises",
        "ecolo_a",
        "ecolo_a",
    ]


def test_a_damaged_table_is_named_even_when_another_one_reads_it(
    contracts: Callable[..., Path], deliver: Callable[..., Any], tmp_path: Path
) -> None:
    condition = "libelle not in (select libelle from ecolo_b)"
    personal = {"type": "texte", "personnel": {"traitement": "supprimer", "motif": "made", "si": condition}}
    contract = contracts(
        ecolo_a={"colonnes": {"id": "entier", "libelle": personal}}, ecolo_b={"colonnes": {"id": "entier", "libelle": "texte"}}
    )
    (tmp_path / "ecolo_a.csv").write_bytes(b"id,libelle\n1,a\n")
    (tmp_path / "ecolo_b.csv").write_bytes(b"id,libelle\n1,a\n2\n")

    with pytest.raises(BadInputError, match=r"« ecolo_b\.csv », ligne 3"):
        deliver(tmp_path, contract)


def test_a_parquet_file_damaged_in_the_middle_is_refused_with_its_name(tmp_path: Path, read: Callable[[Path], list[Any]]) -> None:
    path = tmp_path / "ecolo_a.parquet"
    DATABASE.execute(f"copy (select range as id, md5(range::varchar) as libelle from range(50000)) to '{path}'")
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 5000] = b"\xff" * 5000
    path.write_bytes(content)

    with pytest.raises(BadInputError, match=r"« ecolo_a\.parquet » : le contenu est abîmé"):
        read(tmp_path)

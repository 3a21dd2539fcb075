"""The detailed file of RPLS is read in any of its encodings, its addresses never land, and any other file is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data_contracts.errors import BadInputError
from data_contracts.layout import Home
from ingest.demo.rpls import ENTETE
from ingest.importer import ImportReport, import_delivery
from tests.support.made_rpls import write_rpls
from tests.unit.ingest.conftest import NOW

Receive = Callable[..., ImportReport]
Landed = Callable[[ImportReport, str], list[dict[str, Any]]]


@pytest.fixture
def receive(home: Home) -> Receive:
    """Import a made file."""

    def run(path: Path, departements: tuple[str, ...] = ()) -> ImportReport:
        return import_delivery(home, "rpls", path, now=NOW, departements=departements)

    return run


def refusal(receive: Receive, path: Path) -> str:
    with pytest.raises(BadInputError) as refused:
        receive(path)
    return str(refused.value)


def test_the_header_of_the_demo_is_that_of_the_real_file(shared_data: Path) -> None:
    header = (shared_data / "rpls_2025_header.csv").read_text(encoding="utf-8-sig")

    assert header.strip().split(";") == ENTETE


@pytest.mark.parametrize(
    ("encoding", "text"), [("utf-8", "Évry"), ("utf-8-sig", "Évry"), ("latin-1", "Évry"), ("cp1252", "Œuilly, 5 €")]
)
def test_a_dwelling_is_read_whatever_the_encoding(
    encoding: str, text: str, tmp_path: Path, receive: Receive, landed: Landed
) -> None:
    row = {"LIBCOM": text, "NUMCONV": text, "SURFHAB": "62,5", "NBPIECE": "3", "FINAN_CODE": "13", "DATCONV": "05/03/1999"}

    [found] = landed(receive(write_rpls(tmp_path / "rpls.csv", [row], encoding)), "logement")

    assert (found["depcom"], found["numconv"], found["surfhab"], found["nbpiece"]) == ("33063", text, 62.5, 3)
    assert (found["finan_code"], found["datconv"], found["rang"]) == ("13", "05/03/1999", 2)


def test_nothing_that_places_a_dwelling_in_its_commune_lands(tmp_path: Path, receive: Receive, home: Home) -> None:
    report = receive(write_rpls(tmp_path / "rpls.csv", [{"NUMVOIE": "4815", "LIEUDIT": "LE HAUT VAL"}]))

    written = b"".join(path.read_bytes() for path in home.landing.rglob("*.parquet"))
    assert not [text for text in (b"LILAS", b"417000", b"4815", b"HAUT VAL") if text in written]
    assert report.delivery.tables[0].colonnes_inconnues == ()


def test_a_column_that_no_contract_declares_is_told_and_does_not_land(tmp_path: Path, receive: Receive, landed: Landed) -> None:
    report = receive(write_rpls(tmp_path / "rpls.csv", [{"LOCATAIRE": "MARTIN"}], header=(*ENTETE, "LOCATAIRE")))

    assert "locataire" not in landed(report, "logement")[0]
    assert "LOCATAIRE".lower() in " ".join(report.avertissements)


def test_the_columns_of_older_files_are_known_by_their_other_names(tmp_path: Path, receive: Receive, landed: Landed) -> None:
    older = [
        "DEPCOM",
        "CONV",
        "NUMCONV",
        "DATCONV",
        "QPV",
        "TYPECONST",
        "NBPIECE_red",
        "SURFHAB_red",
        "CONSTRUCT",
        "LOCAT",
        "FINAN",
    ]
    row = {"SURFHAB_red": "70", "NBPIECE_red": "4", "FINAN": "12", "QPV": "1"}

    [found] = landed(receive(write_rpls(tmp_path / "rpls.csv", [row], header=older)), "logement")

    assert (found["surfhab"], found["nbpiece"], found["finan_code"], found["qpv_code"]) == (70, 4, "12", "1")


def test_only_the_dwellings_of_the_departements_asked_are_kept(tmp_path: Path, receive: Receive, landed: Landed) -> None:
    path = write_rpls(tmp_path / "rpls.csv", [{"DEPCOM": code} for code in ("33063", "2A004", "97411", "97105", "")])

    found = landed(receive(path, ("2A", "974")), "logement")

    assert [row["depcom"] for row in found] == ["2A004", "97411"]


def test_a_file_without_a_required_column_is_refused_by_its_name(tmp_path: Path, receive: Receive) -> None:
    header = [name for name in ENTETE if name != "NUMCONV"]

    assert "rpls.csv » : il manque la colonne numconv" in refusal(receive, write_rpls(tmp_path / "rpls.csv", [{}], header=header))


def test_a_line_cut_short_is_refused_with_its_number(tmp_path: Path, receive: Receive) -> None:
    path = write_rpls(tmp_path / "rpls.csv", [{}, {}])
    path.write_text(path.read_text(encoding="utf-8") + "33;Gironde\n", encoding="utf-8")

    assert "« rpls.csv », ligne 4 : les champs ne correspondent pas" in refusal(receive, path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "est vide"),
        (b"\n", "est vide"),
        (b"a;b\n1;2\n", "n'a pas l'en-tête d'un fichier détaillé du RPLS"),
        (b"PK\x03\x04rest", "est une archive ou un classeur"),
        ("DEPCOM;CONV".encode("utf-16"), "est en UTF-16"),
    ],
)
def test_what_is_not_that_file_is_refused_in_one_sentence(content: bytes, said: str, tmp_path: Path, receive: Receive) -> None:
    path = tmp_path / "rpls.csv"
    path.write_bytes(content)

    assert said in refusal(receive, path)


def test_a_folder_or_an_absent_file_is_refused(tmp_path: Path, receive: Receive) -> None:
    assert "est un dossier" in refusal(receive, tmp_path)
    assert "n'existe pas" in refusal(receive, tmp_path / "absent.csv")

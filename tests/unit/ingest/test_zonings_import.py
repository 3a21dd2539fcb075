"""Zonings are read as they are published, with the day that their header or their description tells; others are refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data_contracts.errors import BadInputError
from data_contracts.layout import Home
from ingest.importer import ImportReport, import_delivery
from tests.unit.ingest.conftest import NOW

ABC = "CODGEO;REG;DEP;LIBGEO;Zone en vigueur depuis le 5 juillet 2024;Reclassement juillet 2024\n"
CAHORS = "46042;76;46;Cahors;B2;Non\n"
ZONES_123 = "CODGEO,LIBCOM_2014,REG,DEP,Zonage\n01001,L'Abergement-Clémenciat,82,01,3\n75056,Paris,11,75,1bis\n"
DESCRIBED = 'type_zonage: "123"\ndate_debut: 2011-09-14\n'
Receive = Callable[..., ImportReport]
Landed = Callable[[ImportReport, str], list[dict[str, Any]]]


@pytest.fixture
def receive(home: Home) -> Receive:
    """Import made zonings."""

    def run(path: Path, source: str = "referentiels") -> ImportReport:
        return import_delivery(home, source, path, now=NOW)

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Write a folder, each file given as name → text."""

    def write(**files: str) -> Path:
        made = tmp_path / "zonages"
        made.mkdir(exist_ok=True)
        for name, text in files.items():
            stem, _, extension = name.rpartition("_")
            (made / f"{stem}.{extension}").write_text(text, encoding="utf-8")
        return made

    return write


def zones(rows: list[dict[str, Any]]) -> list[tuple[str, date, str, str]]:
    return [(row["type_zonage"], row["date_debut"], row["code_commune"], row["zone"]) for row in rows]


def refusal(receive: Receive, path: Path) -> str:
    with pytest.raises(BadInputError) as refused:
        receive(path)
    return str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_the_zones_abc_are_read_as_the_ministry_publishes_them(
    encoding: str, tmp_path: Path, receive: Receive, landed: Landed
) -> None:
    path = tmp_path / "zonage.csv"
    path.write_bytes((ABC + "1001;84;01;L'Abergement-Clémenciat;C;Non\r\n93066;11;93;Saint-Denis;Abis;Oui\n").encode(encoding))

    assert zones(landed(receive(path), "zonage")) == [
        ("ABC", date(2024, 7, 5), "01001", "C"),
        ("ABC", date(2024, 7, 5), "93066", "Abis"),
    ]


def test_the_command_also_knows_the_source_in_the_singular(tmp_path: Path, receive: Receive) -> None:
    path = tmp_path / "zonage.csv"
    path.write_text(ABC + CAHORS, encoding="utf-8")

    assert receive(path, "referentiel").delivery.source == "referentiels"


def test_each_dated_column_is_a_zoning_and_an_empty_zone_says_nothing(tmp_path: Path, receive: Receive, landed: Landed) -> None:
    path = tmp_path / "zonage.csv"
    path.write_text("CODGEO;Zone au 01/10/2014;Zone depuis le 1er août 2019\n46042;B2;B1\n46001;;C\n", encoding="utf-8")

    assert zones(landed(receive(path), "zonage")) == [
        ("ABC", date(2014, 10, 1), "46042", "B2"),
        ("ABC", date(2019, 8, 1), "46042", "B1"),
        ("ABC", date(2019, 8, 1), "46001", "C"),
    ]


def test_a_folder_holds_several_zonings_each_described_when_its_header_is_silent(
    folder: Callable[..., Path], receive: Receive, landed: Landed
) -> None:
    path = folder(abc_csv=ABC + CAHORS, apl_csv=ZONES_123, apl_yml=DESCRIBED)

    assert zones(landed(receive(path), "zonage")) == [
        ("ABC", date(2024, 7, 5), "46042", "B2"),
        ("123", date(2011, 9, 14), "01001", "3"),
        ("123", date(2011, 9, 14), "75056", "1bis"),
    ]


def test_a_zone_of_no_zoning_goes_to_quarantine(
    tmp_path: Path, receive: Receive, refused: Callable[[ImportReport, str], list[dict[str, Any]]]
) -> None:
    path = tmp_path / "zonage.csv"
    path.write_text(ABC + CAHORS + "46001;76;46;Albas;D;Non\n", encoding="utf-8")

    assert [row["motif"] for row in refused(receive(path), "zonage")] == ["zone n'est pas une zone de ce zonage"]


def test_a_zoning_that_a_new_delivery_does_not_bring_again_is_told(folder: Callable[..., Path], receive: Receive) -> None:
    receive(folder(abc_csv=ABC + CAHORS))
    (folder() / "abc.csv").unlink()

    report = receive(folder(apl_csv=ZONES_123, apl_yml=DESCRIBED))

    assert "ABC du 05/07/2024 ; les réunir dans un même dossier" in " ".join(report.avertissements)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "est vide"),
        ("CODGEO;LIBGEO\n46042;Cahors\n", "n'a aucune colonne « Zone… »"),
        ("LIBGEO;Zone depuis le 5 juillet 2024\nCahors;B2\n", "n'a pas la colonne « CODGEO »"),
        (ZONES_123, "ne dit pas depuis quand son zonage vaut : ajouter zonage.yml"),
        (ABC + "46042;76\n", "ligne 2 : 2 champs pour 6 colonnes"),
    ],
)
def test_a_file_that_is_no_zoning_is_refused_in_one_sentence(text: str, said: str, tmp_path: Path, receive: Receive) -> None:
    path = tmp_path / "zonage.csv"
    path.write_text(text, encoding="utf-8")

    assert said in refusal(receive, path)


def test_a_description_without_a_known_zoning_is_refused_with_its_line(folder: Callable[..., Path], receive: Receive) -> None:
    said = refusal(receive, folder(apl_csv=ZONES_123, apl_yml="date_debut: 2011-09-14\ntype_zonage: XYZ\n"))

    assert "apl.yml, ligne 2" in said


def test_a_description_of_no_file_is_refused(folder: Callable[..., Path], receive: Receive) -> None:
    said = refusal(receive, folder(abc_csv=ABC + CAHORS, autre_csv=ABC + CAHORS, apl_yml=DESCRIBED))

    assert "« apl.yml » ne décrit aucun CSV" in said

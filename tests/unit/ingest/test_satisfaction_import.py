"""Surveys are received whatever their form; what tells a person never lands; a delivery that can't be read whole is refused."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_contracts.errors import BadInputError
from data_contracts.layout import Home
from ingest.importer import ImportReport, import_delivery
from tests.support.made_satisfaction import SURVEY_HEADER, phones, write_csv, write_jdma, write_survey
from tests.unit.ingest.conftest import NOW

REVIEW = ("101", "2026-03-01 10:00:00", "Très bien", "5", "Parfait")


@pytest.fixture
def receive(home: Home) -> Callable[..., ImportReport]:
    """Import a made delivery of surveys."""

    def run(path: Path, departements: tuple[str, ...] = ()) -> ImportReport:
        return import_delivery(home, "satisfaction", path, now=NOW, departements=departements)

    return run


Receive = Callable[..., ImportReport]
Landed = Callable[[ImportReport, str], list[dict[str, Any]]]


def landed_texts(home: Home) -> Iterator[str]:
    """Give everything that can be read under a home: the bytes of its files, and the values of its Parquet."""
    for path in home.root.rglob("*"):
        if path.is_file():
            yield path.read_bytes().decode(errors="replace")
            if path.suffix == ".parquet":
                yield from map(str, duckdb.execute("from read_parquet($1)", [str(path)]).fetchall())


def test_an_export_of_jdma_is_read_without_description(tmp_path: Path, receive: Receive, landed: Landed) -> None:
    report = receive(write_jdma(tmp_path / "avis.csv", [REVIEW, ("102", "2026-03-31 22:30:00", "Pas bien", "", "")]))

    assert landed(report, "enquete") == [
        {
            "cle": "je_donne_mon_avis",
            "canal": "jdma",
            "titre": "Je donne mon avis",
            "public": None,
            "nb_envoyes": None,
            "_ligne": 1,
            "_illisible": None,
        }
    ]
    found = landed(report, "reponse")
    assert [(row["note"], row["valeur"], row["echelle_min"], row["echelle_max"], row["clarte"]) for row in found] == [
        ("Très bien", 3, 1, 3, 5),
        ("Pas bien", 1, 1, 3, None),
    ]
    assert [str(row["date_reponse"]) for row in found] == ["2026-03-01", "2026-04-01"], "the day is that of Paris"
    assert all(row["reponse"].startswith("p:") for row in found)


def test_a_survey_is_read_by_its_description(tmp_path: Path, receive: Receive, landed: Landed) -> None:
    rows = [("05/02/2026", "4", "Bien", "33 - Gironde"), ("06/02/2026", "4,5", "", "2a"), ("", "", "Sans note", "Gironde")]
    report = receive(write_survey(tmp_path / "enquete", rows, nb_envoyes=40))

    assert [(row["titre"], row["public"], row["nb_envoyes"]) for row in landed(report, "enquete")] == [
        ("Enquête bailleurs 2026", "bailleur", 40)
    ]
    found = landed(report, "reponse")
    assert [(str(row["date_reponse"]), row["valeur"], row["verbatim"], row["departement"]) for row in found] == [
        ("2026-02-05", 4, "Bien", "33"),
        ("2026-02-06", 4.5, None, "2A"),
        ("None", None, "Sans note", "Gironde"),
    ]
    assert [row["ligne_fichier"] for row in found] == [2, 3, 4]


def test_a_note_in_words_takes_the_value_described(tmp_path: Path, receive: Receive, landed: Landed) -> None:
    note = {"colonne": "Note", "minimum": 0, "maximum": 10, "libelles": {"Oui, tout à fait": 10}}
    report = receive(write_survey(tmp_path / "e", [("05/02/2026", "OUI tout à fait", "", ""), ("", "7", "", "")], note=note))

    assert [row["valeur"] for row in landed(report, "reponse")] == [10, 7]


def test_a_folder_holds_several_surveys(tmp_path: Path, receive: Receive, landed: Landed) -> None:
    folder = write_survey(tmp_path / "e", [("05/02/2026", "4", "", "")], "bailleurs")
    write_survey(folder, [("05/02/2026", "9", "", "")], "instructeurs", titre="Instructeurs", public="instructeur")
    write_jdma(folder / "avis.csv", [REVIEW])
    report = receive(folder)

    assert {row["cle"] for row in landed(report, "enquete")} == {"je_donne_mon_avis", "enquete_bailleurs_2026", "instructeurs"}
    assert len(landed(report, "reponse")) == 2
    assert report.avertissements == ("reponse : 1 ligne sur 3 en quarantaine.",), "9 is beyond a scale of 5"


def test_a_reworded_form_of_jdma_is_described(tmp_path: Path, receive: Receive, landed: Landed) -> None:
    folder = tmp_path / "e"
    write_csv(folder / "avis.csv", ("Review ID", "Review Created At", "Alors ?"), [("1", "2026-03-01 10:00:00", "Moyen")])
    (folder / "avis.yml").write_text("format: jdma\npublic: instructeur\nsatisfaction: Alors ?\n", encoding="utf-8")
    report = receive(folder)

    assert [(row["valeur"], row["verbatim"]) for row in landed(report, "reponse")] == [(2, None)]
    assert [row["public"] for row in landed(report, "enquete")] == ["instructeur"]


def test_equal_answers_stay_apart_and_keep_their_names(tmp_path: Path, receive: Receive, landed: Landed) -> None:
    row = ("05/02/2026", "4", "Bien", "33")
    first = landed(receive(write_survey(tmp_path / "un", [row, row])), "reponse")
    second = landed(receive(write_survey(tmp_path / "deux", [row, row, ("06/02/2026", "1", "", "")])), "reponse")

    names = [answer["reponse"] for answer in first]
    assert len(set(names)) == 2
    assert [answer["reponse"] for answer in second][:2] == names


def test_an_answer_exported_twice_is_refused_once(tmp_path: Path, receive: Receive, landed: Landed) -> None:
    folder = tmp_path / "e"
    write_jdma(folder / "janvier.csv", [REVIEW])
    write_jdma(folder / "fevrier.csv", [REVIEW, ("102", *REVIEW[1:])])

    assert len(landed(receive(folder), "reponse")) == 2


def test_the_surveys_that_a_delivery_does_not_bring_again_are_told(tmp_path: Path, receive: Receive) -> None:
    folder = write_survey(tmp_path / "e", [("05/02/2026", "4", "", "")])
    assert receive(folder).avertissements == ()
    alone = write_jdma(tmp_path / "avis.csv", [REVIEW])
    assert ["« Enquête bailleurs 2026 »" in said for said in receive(alone).avertissements] == [True]
    write_jdma(folder / "avis.csv", [REVIEW])
    assert receive(folder).avertissements == ()


def test_a_date_that_is_none_keeps_its_text_masked(tmp_path: Path, receive: Receive, landed: Landed) -> None:
    rows = [("05/02/2026", "4", "", ""), ("06/02/2026", "4", "", ""), ("a.dupin@exemple.test", "4", "", "")]
    found = landed(receive(write_survey(tmp_path / "e", rows)), "reponse")[2]

    assert found["date_reponse"] is None
    assert found["_illisible"] == '{"date_reponse":"[courriel masqué]"}'


def test_only_the_departements_asked_land(tmp_path: Path, receive: Receive, landed: Landed) -> None:
    rows = [("05/02/2026", "4", "", "33"), ("05/02/2026", "3", "", "13"), ("05/02/2026", "2", "", "")]
    report = receive(write_survey(tmp_path / "e", rows), departements=("33",))

    assert [row["departement"] for row in landed(report, "reponse")] == ["33"]


def test_the_columns_nobody_described_are_told_and_left(tmp_path: Path, receive: Receive, home: Home) -> None:
    folder = write_survey(tmp_path / "e", [])
    write_csv(folder / "reponses.csv", (*SURVEY_HEADER, "Votre nom"), [("05/02/2026", "4", "", "33", "Anatole Dupin")])

    assert any("Votre nom" in said for said in receive(folder).avertissements)
    assert not any("Dupin" in text for text in landed_texts(home))


@settings(max_examples=15)
@given(secrets=st.lists(st.emails() | phones(), min_size=1, max_size=4), around=st.text(st.characters(exclude_categories=("C",))))
def test_no_address_nor_telephone_is_in_any_landed_byte(secrets: list[str], around: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        home = Home(Path(name) / "parc")
        rows = [(f"{around}{said}", f"4{said}", f"{around}{said}{around}", said) for said in secrets]
        fair = [("05/02/2026", str(rank % 5 + 1), "", "33") for rank in range(10)]
        folder = write_survey(Path(name) / "e", [*fair, *rows])
        import_delivery(home, "satisfaction", folder, now=NOW)

        assert not [said for said in secrets for text in landed_texts(home) if said in text]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        ({"note": {"colonne": "Note", "minimum": 5, "maximum": 5}}, "le minimum de l'échelle doit être inférieur à son maximum"),
        ({"public": "notaire"}, "public"),
        ({"public": None}, "il manque le public"),
        ({"verbatim": "Remarque"}, "n'a pas la colonne « Remarque »"),
        ({"date": {"colonne": "Date", "format": "%d/%m/%Y", "fuseau": "Lune"}}, "le fuseau Lune n'existe pas"),
    ],
)
def test_a_wrong_description_is_refused(tmp_path: Path, receive: Receive, home: Home, spoil: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInputError, match=said):
        receive(write_survey(tmp_path / "e", [("05/02/2026", "4", "", "")], **spoil))
    assert not list(home.landing.glob("*/*/*"))


def test_a_csv_that_nothing_describes_is_refused(tmp_path: Path, receive: Receive) -> None:
    path = write_csv(tmp_path / "e" / "inconnu.csv", SURVEY_HEADER, [("05/02/2026", "4", "", "")])

    with pytest.raises(BadInputError, match=r"ajouter inconnu\.yml"):
        receive(path.parent)
    with pytest.raises(BadInputError, match="donner un dossier"):
        receive(path)


def test_two_surveys_of_one_title_are_refused(tmp_path: Path, receive: Receive) -> None:
    folder = write_survey(tmp_path / "e", [], "un")
    write_survey(folder, [], "deux", public="instructeur")

    with pytest.raises(BadInputError, match="leur donner deux titres"):
        receive(folder)


def test_a_line_cut_short_is_refused_with_its_number(tmp_path: Path, receive: Receive) -> None:
    with pytest.raises(BadInputError, match="ligne 3 : 2 champs pour 5 colonnes"):
        receive(write_jdma(tmp_path / "avis.csv", [REVIEW, ("102", "2026-03-01 10:00:00")]))

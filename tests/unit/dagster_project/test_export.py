"""`parc export`: files that French Excel opens by itself, restricted to some agreements when asked."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from pyarrow import parquet

from dagster_project.commands.export import Selection, export, french_cell, run
from data_contracts.errors import BadInputError
from data_contracts.loader import products
from data_contracts.publication import PublishedRun


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


@pytest.fixture
def exported(parc: PublishedRun, tmp_path: Path) -> Path:
    export(parc, tmp_path / "export", Selection())
    return tmp_path / "export"


def test_every_published_table_is_written_in_csv_and_in_parquet(exported: Path) -> None:
    expected = {f"{name}.{form}" for name in products() for form in ("csv", "parquet")}

    assert {path.name for path in exported.iterdir()} == expected | {"LISEZ-MOI.txt"}


def test_csv_starts_with_the_mark_that_makes_excel_read_utf8(exported: Path) -> None:
    assert (exported / "fct_convention.csv").read_bytes().startswith(b"\xef\xbb\xbfconvention_id;")


def test_csv_writes_dates_numbers_lists_and_booleans_the_french_way(exported: Path) -> None:
    first = rows(exported / "fct_convention.csv")[0]

    assert first["date_signature"] == "26/11/1998"
    assert first["surface_utile_m2"] == "1234,50"
    assert first["financements"] == "PLAI, PLUS"
    assert first["est_anah"] == "oui"


def test_csv_keeps_quotes_and_semicolons_of_a_text(exported: Path) -> None:
    assert rows(exported / "fct_convention.csv")[0]["libelle"] == 'Résidence "Les Tilleuls" ; bâtiment A'


def test_parquet_keeps_types(exported: Path) -> None:
    table = parquet.read_table(exported / "fct_convention.parquet")

    assert str(table.schema.field("date_signature").type) == "date32[day]"
    assert table.column("financements").to_pylist()[0] == ["PLAI", "PLUS"]


def test_a_departement_keeps_what_touches_its_agreements(parc: PublishedRun, tmp_path: Path) -> None:
    counts = export(parc, tmp_path, Selection(departements=("2A",)))

    assert counts["fct_convention"] == counts["fct_lot"] == 1
    assert [row["lot_id"] for row in rows(tmp_path / "fct_lot.csv")] == ["ecoloweb:2"]
    assert counts["dim_bailleur"] == 2


def test_a_departement_keeps_the_findings_on_its_communes_which_are_no_agreement_s(parc: PublishedRun, tmp_path: Path) -> None:
    export(parc, tmp_path, Selection(departements=("2A",)))

    assert [row["anomalie_id"] for row in rows(tmp_path / "fct_anomalie.csv")] == ["a", "b"]


def test_an_owner_keeps_the_findings_on_its_agreements_alone(parc: PublishedRun, tmp_path: Path) -> None:
    export(parc, tmp_path, Selection(departements=("2A",), siren="987654321"))

    assert [row["anomalie_id"] for row in rows(tmp_path / "fct_anomalie.csv")] == ["a"]


def test_an_owner_is_found_by_its_siren(parc: PublishedRun, tmp_path: Path) -> None:
    export(parc, tmp_path, Selection(siren="123456782"))

    assert [row["convention_id"] for row in rows(tmp_path / "fct_convention.csv")] == ["ecoloweb:10"]


def test_a_departement_and_an_owner_without_agreement_in_common_give_empty_tables(parc: PublishedRun, tmp_path: Path) -> None:
    counts = export(parc, tmp_path, Selection(departements=("2A",), siren="123456782"))

    assert counts["fct_convention"] == counts["fct_lot"] == 0


@pytest.mark.parametrize(
    ("departements", "siren", "said"),
    [(["99"], None, "Le département « 99 » n'existe pas"), ([], "000000000", "Aucun bailleur publié n'a le SIREN « 000000000 »")],
)
def test_an_unknown_departement_or_owner_is_refused_and_nothing_is_written(
    parc: PublishedRun, tmp_path: Path, departements: list[str], siren: str | None, said: str
) -> None:
    with pytest.raises(BadInputError, match=said):
        run(parc.home, tmp_path / "export", departements, siren)
    assert not (tmp_path / "export").exists()


def test_the_readme_says_where_the_figures_come_from(parc: PublishedRun, tmp_path: Path) -> None:
    export(parc, tmp_path, Selection(departements=("33",)))

    text = (tmp_path / "LISEZ-MOI.txt").read_text(encoding="utf-8")
    assert parc.run_id in text
    assert "essai.sql" in text
    assert parc.manifest["livraisons"][0]["sha256"] in text
    assert "Contenu : département 33" in text
    assert "ne couvre que les départements 33, 2A" in text
    assert "fct_lot : Lots courants" in text


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("VARCHAR", '"c"'),
        ("INTEGER", '"c"'),
        ("DECIMAL(14,2)", "replace(\"c\"::varchar, '.', ',')"),
        ("DOUBLE", "replace(\"c\"::varchar, '.', ',')"),
        ("DATE", "strftime(\"c\", '%d/%m/%Y')"),
    ],
)
def test_cells_are_written_according_to_their_type(kind: str, written: str) -> None:
    assert french_cell("c", kind) == written

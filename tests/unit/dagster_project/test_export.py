"""`parc export`: files that French Excel opens by itself, restricted to some agreements when asked."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pytest
from pyarrow import parquet

from dagster_project.commands.export import Exported, export, french_cell, run, told
from dagster_project.session import Forcing
from data_contracts.errors import BadInputError
from data_contracts.extraits.corrections import Ecrite
from data_contracts.extraits.lisez_moi import Comptes
from data_contracts.extraits.selection import Selection
from data_contracts.layout import Home
from data_contracts.loader import products
from data_contracts.publication import PublishedRun
from tests.unit.dagster_project import made


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def tables(folder: Path) -> set[str]:
    return {name for name in names(folder) if name.endswith((".csv", ".parquet")) and "/" not in name}


def rows_of(parc: PublishedRun, folder: Path, selection: Selection) -> dict[str, int]:
    return export(parc, folder, selection, workbooks=False).rows


@pytest.fixture
def exported(parc: PublishedRun, tmp_path: Path) -> Path:
    export(parc, tmp_path / "export", Selection())
    return tmp_path / "export"


def test_every_published_table_is_written_in_csv_and_in_parquet(exported: Path) -> None:
    expected = {f"{name}.{form}" for name in products() for form in ("csv", "parquet")}

    assert tables(exported) == expected


def test_the_whole_parc_has_a_workbook_a_departement_that_has_a_finding(exported: Path) -> None:
    assert {name for name in names(exported) if "classeur" in name} == {"classeurs/classeur_2A_2026-11-01.xlsx"}


def test_the_corrections_for_apilos_stand_in_a_folder_of_their_own(exported: Path) -> None:
    files = ("resiliations", "denonciations", "financements", "bailleurs", "conventions_anah")
    expected = {f"corrections/{name}.{form}" for name in files for form in ("xlsx", "csv")}
    assert {name for name in names(exported) if name.startswith("corrections/")} == expected


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(("33", "2A")), {"classeur_33_2026-11-01.xlsx", "classeur_2A_2026-11-01.xlsx"}),
        (Selection(siren="123456782"), {"classeur_bailleur_123456782_2026-11-01.xlsx"}),
    ],
)
def test_a_workbook_is_written_for_each_departement_asked_for_and_for_an_owner(
    parc: PublishedRun, tmp_path: Path, selection: Selection, expected: set[str]
) -> None:
    export(parc, tmp_path, selection)

    assert {path.name for path in tmp_path.glob("*.xlsx")} == expected


def test_workbooks_are_left_out_when_asked(parc: PublishedRun, tmp_path: Path) -> None:
    run(parc.home, tmp_path, [], None, workbooks=False)

    assert not [name for name in names(tmp_path) if "classeur" in name]
    assert "classeur" not in (tmp_path / "LISEZ-MOI.txt").read_text(encoding="utf-8")


def test_the_terminal_names_a_few_workbooks_and_counts_the_others() -> None:
    counts = Comptes(a_traiter=2, decides=0, informations=0, conventions=1)
    workbooks = {f"classeurs/classeur_{rank:02d}.xlsx": counts for rank in range(8)}
    said = list(told(Exported({}, workbooks, [Ecrite("bailleurs", "Changements de bailleur", 0, 3)])))

    assert len(said) == 8
    assert said[0] == "  classeurs/classeur_00.xlsx : 2 constats à traiter"
    assert said[6:] == [
        "  … et 2 autres classeurs : 16 constats à traiter en tout",
        "  corrections/bailleurs : Changements de bailleur, aucune convention, 3 à compléter",
    ]


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
    counts = rows_of(parc, tmp_path, Selection(departements=("2A",)))

    assert counts["fct_convention"] == counts["fct_lot"] == 1
    assert [row["lot_id"] for row in rows(tmp_path / "fct_lot.csv")] == ["ecoloweb:2"]
    assert counts["dim_bailleur"] == 2


def test_a_departement_keeps_the_findings_on_its_communes_which_are_no_agreement_s(parc: PublishedRun, tmp_path: Path) -> None:
    export(parc, tmp_path, Selection(departements=("2A",)), workbooks=False)

    assert [row["anomalie_id"] for row in rows(tmp_path / "fct_anomalie.csv")] == ["a", "b"]


def test_an_owner_keeps_the_findings_on_its_agreements_alone(parc: PublishedRun, tmp_path: Path) -> None:
    export(parc, tmp_path, Selection(departements=("2A",), siren="987654321"))

    assert [row["anomalie_id"] for row in rows(tmp_path / "fct_anomalie.csv")] == ["a"]


def test_an_owner_is_found_by_its_siren(parc: PublishedRun, tmp_path: Path) -> None:
    export(parc, tmp_path, Selection(siren="123456782"))

    assert [row["convention_id"] for row in rows(tmp_path / "fct_convention.csv")] == ["ecoloweb:10"]


def test_a_departement_and_an_owner_without_agreement_in_common_give_empty_tables(parc: PublishedRun, tmp_path: Path) -> None:
    counts = rows_of(parc, tmp_path, Selection(departements=("2A",), siren="123456782"))

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
    assert "Ecoloweb, départements couverts : 33, 2A" in text
    assert "classeur_33_2026-11-01.xlsx : " in text
    assert "resiliations : Résiliations, aucune convention" in text
    assert "fct_lot : Lots courants" in text


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("INTEGER", '"c"'),
        ("DECIMAL(14,2)", "replace(\"c\"::varchar, '.', ',')"),
        ("DOUBLE", "replace(\"c\"::varchar, '.', ',')"),
        ("DATE", "strftime(\"c\", '%d/%m/%Y')"),
    ],
)
def test_cells_are_written_according_to_their_type(kind: str, written: str) -> None:
    assert french_cell("c", kind) == written


@pytest.mark.parametrize(
    ("value", "kind", "written"),
    [
        ("'=1+1'", "VARCHAR", "'=1+1"),
        ("'+33 1'", "VARCHAR", "'+33 1"),
        ("'-2'", "VARCHAR", "'-2"),
        ("'@nom'", "VARCHAR", "'@nom"),
        ("chr(9) || '=1'", "VARCHAR", "'\t=1"),
        ("chr(13) || '=1'", "VARCHAR", "'\r=1"),
        ("'1=1'", "VARCHAR", "1=1"),
        ("''", "VARCHAR", ""),
        ("['=1', 'b']", "VARCHAR[]", "'=1, b"),
        ("-1.5::decimal(9, 2)", "DECIMAL(9,2)", "-1,50"),
        ("null::varchar", "VARCHAR", None),
    ],
)
def test_a_text_of_a_csv_never_runs_as_a_formula(value: str, kind: str, written: str | None) -> None:
    with duckdb.connect() as connection:
        (found,) = connection.execute(f"select {french_cell('c', kind)} from (select {value} as c)").fetchall()
    assert found == (written,)


def test_an_export_of_a_forced_publication_says_so_and_what_it_breaks(home: Home, tmp_path: Path) -> None:
    session = made.session(home, {})
    session.forcing = Forcing("Claude Exemple", "commission")
    session.controls.record([made.control("b", succes=False)])

    export(made.publication.publish(session, made.MODELS, 1, dict), tmp_path / "export", Selection())

    said = (tmp_path / "export" / "LISEZ-MOI.txt").read_text(encoding="utf-8")
    assert "À savoir : Publication forcée malgré 1 contrôle bloquant rompu, par Claude Exemple" in said
    assert "Contrôle rompu 1 : ecoloweb.ecolo_avenant : numéro absent (2 au lieu de 0 ; clés : 12, 34)" in said

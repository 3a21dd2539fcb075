"""What `parc export` takes out of a demo, against the marts it was taken from."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import openpyxl
import pytest

from data_contracts.decision import Titre
from data_contracts.layout import Home
from data_contracts.publication import current_run
from ingest.demo import generate
from tests.support.command import parc_does
from tests.support.raw_workbook import raw_sheets

if TYPE_CHECKING:
    from dagster_project.run import RunOutcome

CONVENTIONS = 300
CASES = "etat = 'ouverte' and severite <> 'information'"


@dataclass(frozen=True)
class Exported:
    """A published demo, and the folder that `parc export` made of it."""

    home: Home
    marts: duckdb.DuckDBPyConnection
    folder: Path

    def all(self, query: str) -> list[tuple[Any, ...]]:
        return self.marts.execute(query).fetchall()

    def workbooks(self) -> list[Path]:
        return sorted((self.folder / "classeurs").glob("*.xlsx"))

    def rows(self, path: Path, sheet: str) -> list[dict[str, Any]]:
        book = openpyxl.load_workbook(path, read_only=True)
        if sheet not in book.sheetnames:
            return []
        titles, *lines = book[sheet].iter_rows(values_only=True)
        return [dict(zip(titles, line, strict=True)) for line in lines]

    def correction(self, name: str) -> list[dict[str, str]]:
        with (self.folder / "corrections" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file, delimiter=";"))


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory, publish: Callable[..., RunOutcome]) -> Exported:
    """A small demo, published and exported whole."""
    folder = tmp_path_factory.mktemp("export")
    home = Home(folder / "parc")
    parc_does(home, "import", "ecoloweb", generate(CONVENTIONS, 42, folder / "demo").dump)
    publish(home)
    parc_does(home, "export", "--sortie", folder / "sortie")
    return Exported(home, current_run(home).connect(), folder / "sortie")


def test_every_open_case_is_to_treat_in_one_workbook_and_every_information_told_in_one(exported: Exported) -> None:
    held = {"À traiter": Counter[str](), "Informations": Counter[str]()}
    for path in exported.workbooks():
        for sheet, counter in held.items():
            counter.update(row[Titre.CONSTAT] for row in exported.rows(path, sheet))

    cases = exported.all(f"select anomalie_id from fct_anomalie where {CASES}")
    told = exported.all("select anomalie_id from fct_anomalie where etat = 'ouverte' and severite = 'information'")
    assert held["À traiter"] == Counter(identifier for (identifier,) in cases)
    assert held["Informations"] == Counter(identifier for (identifier,) in told)


def test_a_case_reads_in_the_workbook_as_in_the_marts(exported: Exported) -> None:
    marts = {
        row[0]: row[1:]
        for row in exported.all(f"""
            select anomalie_id, regle_id, message, empreinte_preuve, premiere_vue, numero, nom_commune, nb_logements
            from fct_anomalie as anomalie left join fct_convention using (convention_id) where {CASES}
        """)
    }
    titles = ("Règle", "Constat", Titre.EMPREINTE, "Vu depuis le", "N° de convention", "Commune", "Logements")
    read = {
        row[Titre.CONSTAT]: tuple(_day(row[title]) for title in titles)
        for path in exported.workbooks()
        for row in exported.rows(path, "À traiter")
    }
    assert read == marts


def test_an_agreement_is_told_once_with_all_its_cases(exported: Exported) -> None:
    counted = exported.all(
        f"select convention_id, count(*) from fct_anomalie where {CASES} and convention_id is not null group by 1"
    )
    severities = ("Non réglementaires", "Anomalies", "À vérifier")
    read = [
        (row["Identifiant de la convention"], sum(row[severity] for severity in severities))
        for path in exported.workbooks()
        for row in exported.rows(path, "Conventions concernées")
    ]
    assert sorted(read) == sorted(counted)


def test_no_file_holds_a_formula_nor_an_error(exported: Exported) -> None:
    odd = [
        (path.name, sheet, column, cell)
        for path in exported.folder.rglob("*.xlsx")
        for sheet, rows in raw_sheets(path.read_bytes()).items()
        for row in rows
        for column, cell in row.items()
        if cell.has_formula or cell.kind == "e"
    ]
    assert odd == []


def test_every_terminated_agreement_that_is_not_anah_s_is_asked_or_told_why_not(exported: Exported) -> None:
    waiting = exported.rows(exported.folder / "corrections" / "resiliations.xlsx", "À compléter")
    numbers = [row["Numéro de convention"] for row in (*exported.correction("resiliations"), *waiting)]
    terminated = exported.all("select trim(numero) from fct_convention where statut = 'RESILIEE' and not est_anah")
    assert terminated
    assert Counter(numbers) == Counter(number for (number,) in terminated)


def test_a_financing_asked_for_is_that_of_every_lot_of_the_agreement(exported: Exported) -> None:
    lots = dict(exported.all("""
        select trim(convention.numero), list_sort(list(distinct lot.financement))
        from fct_lot as lot inner join fct_convention as convention using (convention_id) group by all
    """))  # fmt: skip
    asked = exported.correction("financements")
    assert asked
    assert all(lots[row["Numéro de convention"]] == [row["Financement"]] for row in asked)


def test_an_owner_asked_for_is_the_owner_of_today(exported: Exported) -> None:
    owners = dict(exported.all("""
        select trim(convention.numero), bailleur.siren
        from fct_convention as convention inner join dim_bailleur as bailleur using (bailleur_id)
    """))  # fmt: skip
    asked = exported.correction("bailleurs")
    assert asked
    assert all(owners[row["Numéro de convention"]] == row["SIREN du bailleur"] for row in asked)


def test_the_anah_agreements_are_all_listed(exported: Exported) -> None:
    listed = [row["Identifiant de la convention"] for row in exported.correction("conventions_anah")]
    assert listed
    assert sorted(listed) == sorted(key for (key,) in exported.all("select convention_id from fct_convention where est_anah"))


def test_a_filled_workbook_given_back_is_shown_by_the_next_one(
    tmp_path: Path, publish: Callable[..., RunOutcome], exported: Exported
) -> None:
    busiest = max(exported.workbooks(), key=lambda path: len(exported.rows(path, "À traiter")))
    department = busiest.name.split("_")[1]
    shutil.copytree(exported.home.root, tmp_path / "parc", symlinks=True)
    home = Home(tmp_path / "parc")
    first, second = _fill(busiest, tmp_path / "rempli.xlsx", ["faux positif", "corrigé"])

    assert "2 décisions enregistrées" in parc_does(home, "decision", "--fichier", tmp_path / "rempli.xlsx")
    publish(home)
    parc_does(home, "export", "--departement", department, "--sortie", tmp_path / "sortie")

    again = Exported(home, current_run(home).connect(), tmp_path / "sortie")
    (workbook,) = again.folder.glob("classeur_*.xlsx")
    (closed,) = again.rows(workbook, "Déjà décidés")
    waiting = {row[Titre.CONSTAT]: row for row in again.rows(workbook, "À traiter")}
    assert [closed[title] for title in (Titre.CONSTAT, Titre.STATUT, Titre.MOTIF, Titre.AUTEUR)] == [
        first,
        "faux positif",
        "Lu au dossier",
        "A. Analyste",
    ]
    assert (waiting[second][Titre.STATUT], waiting[second]["Décision à revoir"][:7]) == (None, "corrigé")
    assert "0 décision enregistrée" in parc_does(home, "decision", "--fichier", workbook)


def _fill(workbook: Path, filled: Path, decisions: list[str]) -> list[str]:
    """Write a decision on each of the first findings of a workbook, as an analyst does; return their identifiers."""
    book = openpyxl.load_workbook(workbook)
    sheet = book["À traiter"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for row, decision in enumerate(decisions, start=2):
        for title, value in ((Titre.STATUT, decision), (Titre.MOTIF, "Lu au dossier"), (Titre.AUTEUR, "A. Analyste")):
            sheet.cell(row, columns[title]).value = value
    book.save(filled)
    return [sheet.cell(row, columns[Titre.CONSTAT]).value for row in range(2, 2 + len(decisions))]


def _day(value: Any) -> Any:  # noqa: ANN401 - one value of any column
    """Return the day of a moment: a workbook has no other kind of date."""
    return date(value.year, value.month, value.day) if isinstance(value, datetime) else value

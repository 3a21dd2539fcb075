"""The Data Docs of a run: what their pages say, and that they ask nothing of the network."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import duckdb
import pytest

from dagster_project.checks import data_docs, data_docs_index, measure
from dagster_project.checks.suites import product_suites, source_suites
from data_contracts.delivery import current_deliveries, table_path
from data_contracts.layout import Home
from tests.integration.run import tiny

PAGE = f"ecoloweb.{tiny.TABLE}.html"
BROKEN = ({"id": 1, "code": "A"}, {"id": -2, "code": "B"}, {"id": -3, "code": "Z"})


def documented(home: Home, folder: Path) -> Path:
    """Measure what is landed and the marts of a database, document them all, and return the folder."""
    made = tiny.project(folder)
    database = folder / "warehouse.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema marts")
        for mart, columns in tiny.MARTS.items():
            connection.execute(f"create table marts.{mart} ({', '.join(f'{name} {kind}' for name, kind in columns.items())})")
    pages = folder / "controles"
    measured = [
        *measure.measure(source_suites(home, made, current_deliveries(home).values()), None),
        *measure.measure(product_suites(made.marts().values()), database),
    ]
    data_docs.write(pages, measured)
    data_docs_index.write(pages, "un-run", [control for one in measured for control in one.controls])
    return pages


@pytest.fixture
def pages(home: Home, tmp_path: Path) -> Path:
    """The Data Docs of a delivery that breaks two clauses."""
    tiny.land(home, tiny.project(tmp_path), BROKEN)
    return documented(home, tmp_path)


def rows(page: Path) -> list[str]:
    """What each row of the tables of a page says, spaces made single."""
    found = re.findall(r"<tr\b.*?</tr>", page.read_text(encoding="utf-8"), re.DOTALL)
    return [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", row)).split()) for row in found]


def test_a_page_says_what_each_clause_refuses_how_many_rows_break_it_and_their_keys(pages: Path) -> None:
    assert rows(pages / PAGE)[1:4] == [
        "Rompu numéro négatif condition_positif 2 bloquante -2, -3",
        "Alerte code hors de la liste A, B valeurs_code 1 alerte -3",
        "Respecté colonnes absentes, en trop ou d'un autre type colonnes 4 bloquante",
    ]


def test_the_index_shows_what_failed_first_and_leads_to_the_page_of_each_table_and_mart(pages: Path) -> None:
    index = (pages / "index.html").read_text(encoding="utf-8")

    assert "Rompu ecoloweb.ecolo_conventionapl numéro négatif condition_positif 2 0 -2, -3" in rows(pages / "index.html")
    assert set(re.findall(r'href="([^"]+\.html)"', index)) == {PAGE, *(f"marts.{mart}.html" for mart in tiny.MARTS)}


def test_every_link_of_every_page_is_a_file_beside_it(pages: Path) -> None:
    for page in pages.glob("*.html"):
        linked = re.findall(r'(?:href|src)="([^"#]*)', page.read_text(encoding="utf-8"))
        assert [name for name in linked if not (pages / name).is_file()] == []


def test_nothing_written_names_another_machine(pages: Path) -> None:
    named = {path.name for path in pages.iterdir() if re.search(r"https?:|url\(|@import|//\w", path.read_text(encoding="utf-8"))}

    assert named == set()


def test_the_results_are_kept_as_great_expectations_writes_them_without_any_query(pages: Path) -> None:
    [suite] = json.loads((pages / "contrat_source.json").read_text(encoding="utf-8"))
    broken = [result for result in suite["results"] if not result["success"]]

    assert suite["suite_name"] == f"ecoloweb.{tiny.TABLE}"
    assert [result["result"]["details"]["keys"] for result in broken] == [["-3"], ["-2", "-3"]]
    assert "select" not in json.dumps(suite)


def test_a_measure_that_fails_is_said_without_quoting_the_error_which_may_hold_data(home: Home, tmp_path: Path) -> None:
    delivery = tiny.land(home, tiny.project(tmp_path), [{"id": 1, "code": "Madame Untel"}])
    landed = table_path(home, delivery, tiny.TABLE)
    other = landed.with_suffix(".new")
    duckdb.sql(f"select * replace (code as id) from read_parquet('{landed}')").write_parquet(str(other))
    other.replace(landed)

    pages = documented(home, tmp_path)

    assert "Rompu numéro négatif condition_positif mesure impossible bloquante" in rows(pages / PAGE)
    assert [path.name for path in pages.iterdir() if "Untel" in path.read_text(encoding="utf-8")] == []

"""The quality report of the whole demo: it is published, and its figures are those of the marts."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Any

import pytest

from data_contracts import words
from data_contracts.extraits.libelles import SEVERITES
from data_contracts.usage_loader import usages
from tests.support.report import Page, book

if TYPE_CHECKING:
    from tests.integration.demo.conftest import WholeDemo

Sheets = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def sheets(whole_demo: WholeDemo) -> Sheets:
    """The sheets of the workbook."""
    return book(whole_demo.run)


def rows(demo: WholeDemo, query: str) -> list[tuple[Any, ...]]:
    return demo.marts.execute(query).fetchall()


def test_every_declared_use_is_judged(whole_demo: WholeDemo) -> None:
    assert {row[0] for row in rows(whole_demo, "select distinct usage from agg_usage")} == {usage.usage for usage in usages()}


def test_the_state_of_a_use_follows_from_the_counts_of_its_worst_demand(whole_demo: WholeDemo) -> None:
    for state, share, usable, careful, filled, expected in rows(
        whole_demo, "select etat, taux_pct, utilisable_pct, precaution_pct, nb_renseignes, nb_applicables from agg_usage"
    ):
        reached = [
            level for level, bound in (("utilisable", usable), ("avec_precaution", careful)) if 100 * filled >= bound * expected
        ]
        assert state == (reached or ["non_utilisable"])[0]
        assert share == (Decimal(100 * filled) / expected).quantize(Decimal("0.01"), ROUND_FLOOR)


def test_a_field_of_a_use_is_counted_as_completeness_counts_it(whole_demo: WholeDemo) -> None:
    [(worst, filled, expected)] = rows(
        whole_demo,
        "select exigence, nb_renseignes, nb_applicables from agg_usage "
        "where usage = 'publication_fonciere' and source = 'apilos' and code_departement = 'ensemble'",
    )
    [champ] = [
        demand.champ
        for usage in usages()
        if usage.usage == "publication_fonciere"
        for demand in usage.exigences
        if demand.libelle == worst
    ]
    mart, _, column = str(champ).partition(".")
    assert rows(
        whole_demo,
        "select sum(nb_renseignes), sum(nb_applicables) from agg_completude "
        f"where source = 'apilos' and mart = '{mart}' and champ = '{column}'",
    ) == [(filled, expected)]


def test_the_sheet_of_uses_is_the_mart(whole_demo: WholeDemo, sheets: Sheets) -> None:
    told = sorted((line["Usage"], line["Source"], line["Code"]) for line in sheets["Usages"])

    known = rows(whole_demo, "select titre, source, code_departement from agg_usage")
    assert told == sorted((titre, words.SOURCES[source], code) for titre, source, code in known)


def test_open_findings_are_those_of_the_mart(whole_demo: WholeDemo, sheets: Sheets) -> None:
    counted = dict(rows(whole_demo, "select severite, count(*) from fct_anomalie where etat = 'ouverte' group by severite"))

    assert {code: sum(line[label] for line in sheets["Constats"]) for code, label in SEVERITES.items()} == counted
    assert sum(line["Cas"] for line in sheets["Règles"]) == sum(counted.values()) - counted["information"]


def test_rows_received_and_refused_are_those_of_the_deliveries(whole_demo: WholeDemo, sheets: Sheets) -> None:
    tables = [line for line in sheets["Réconciliation"] if line["Sujet"] == "Tables reçues"]

    assert [(sum(line["Nombre"] for line in tables), sum(line["Sur"] for line in tables))] == rows(
        whole_demo, "select sum(nb_poses), sum(nb_recus) from rec_table"
    )
    assert rows(whole_demo, "select count(*) from rec_quarantaine") == rows(whole_demo, "select sum(nb_quarantaine) from rec_table")


def test_completeness_is_that_of_the_mart(whole_demo: WholeDemo, sheets: Sheets) -> None:
    told = sorted((line["Table"], line["Champ"], line["Valeurs"], line["Attendues"]) for line in sheets["Complétude"])

    assert told == rows(
        whole_demo,
        "select mart, champ, sum(nb_renseignes), sum(nb_applicables) from agg_completude "
        "group by mart, champ, source having sum(nb_applicables) > 0 order by all",
    )


def test_every_failed_check_is_listed(whole_demo: WholeDemo, sheets: Sheets) -> None:
    failed = [control["objet"] for control in whole_demo.run.manifest["controles"] if not control["succes"]]

    assert sorted(line["Ce qui est contrôlé"] for line in sheets["Contrôles"]) == sorted(failed)


def test_the_page_answers_first(whole_demo: WholeDemo) -> None:
    page = Page(whole_demo.run)

    assert "Peut-on s'y fier ? ▲ Oui, avec précaution Aucune ligne ne s'est perdue" in page.text
    assert "C'est la première publication" in page.text

"""What a reader limited to some départements sees of a run: their rows of every mart, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest

from data_contracts.acces.perimetre import Perimetre, national_axes
from data_contracts.layout import Home
from data_contracts.loader import products
from data_contracts.product_contract import Product, Restriction
from tests.unit.dashboards import made_run

if TYPE_CHECKING:
    from data_contracts.publication import PublishedRun

TIED = [name for name, mart in products().items() if {Restriction.COMMUN, Restriction.INDICATEUR}.isdisjoint(mart.acces)]
"""Marts whose rows are those of some place."""
HERE, THERE = "35", "56"
AGREEMENTS = {HERE: "ecoloweb:1", THERE: "ecoloweb:2"}


def rows(product: Product) -> list[made_run.Row]:
    """One row of a mart for each of two départements, and one that says nothing of where it is."""
    names = {column.nom for column in product.colonnes}
    made: list[made_run.Row] = []
    for place, agreement in AGREEMENTS.items():
        row = {name: f"{name} {place}" for name in product.cle_primaire}
        row |= {"code_departement": place, "convention_id": agreement, "agrement_id": f"siap:{place}", "bailleur_id": f"b:{place}"}
        row |= {"gestionnaire_id": f"g:{place}", "code_commune": f"{place}001"}
        row |= {column.nom: "Camille Exemple" for column in product.colonnes if column.personnel}
        made.append({name: value for name, value in row.items() if name in names})
    return made


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> PublishedRun:
    """A run whose every mart has a row of each of two départements."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(made_run, "MARTS", {mart: _typed(product) for mart, product in products().items()})
        return made_run.write_run(Home(tmp_path_factory.mktemp("parc")))


def _typed(product: Product) -> list[made_run.Row]:
    kinds = {column.nom: column.type for column in product.colonnes}
    values = {"INTEGER": 1, "BIGINT": 1, "BOOLEAN": False, "TIMESTAMP": "2026-11-01", "DATE": "2026-11-01"}
    return [{name: values.get(kinds[name], value) for name, value in row.items()} for row in rows(product)]


def seen(run: PublishedRun, mart: str, perimetre: Perimetre) -> list[str]:
    """Every value that a reader sees of a mart, as text."""
    with run.vue_par(perimetre).connect() as connection:
        return [str(value) for row in connection.execute(f"select * from {mart}").fetchall() for value in row]


@pytest.mark.parametrize("mart", TIED)
def test_no_row_of_another_departement_is_seen(run: PublishedRun, mart: str) -> None:
    values = seen(run, mart, Perimetre((HERE,)))
    assert not [value for value in values if value.startswith(THERE) or value.endswith((f" {THERE}", f":{THERE}", ":2"))]


@pytest.mark.parametrize("mart", sorted(set(products()) - {"kpi_valeur"}))
def test_the_rows_of_the_departement_are_seen(run: PublishedRun, mart: str) -> None:
    product = products()[mart]
    expected = 0 if Restriction.NATIONAL in product.acces else 2 if Restriction.COMMUN in product.acces else 1
    with run.vue_par(Perimetre((HERE,))).connect() as connection:
        assert connection.execute(f"select count(*) from {mart}").fetchone() == (expected,)


@pytest.mark.parametrize("mart", sorted(products()))
def test_personal_fields_are_empty_for_who_may_not_see_them(run: PublishedRun, mart: str) -> None:
    assert "Camille Exemple" not in seen(run, mart, Perimetre(donnees_personnelles=False))


def test_personal_fields_are_seen_by_who_may(run: PublishedRun) -> None:
    assert "Camille Exemple" in seen(run, "fct_decision", Perimetre((HERE,)))


def test_an_owner_is_seen_through_a_lot_that_it_manages(run: PublishedRun) -> None:
    with run.vue_par(Perimetre((HERE,))).connect() as connection:
        managed = connection.execute("select distinct gestionnaire_id from fct_lot").fetchall()
    assert managed == [("g:35",)]


def test_two_departements_are_seen_together(run: PublishedRun) -> None:
    with run.vue_par(Perimetre((HERE, THERE))).connect() as connection:
        assert connection.execute("select count(*) from fct_convention").fetchone() == (2,)


@pytest.mark.parametrize("attempt", ["attach '/tmp/autre.duckdb'", "select * from read_text('/etc/passwd')", "set threads = 1"])
def test_what_is_seen_cannot_be_widened(run: PublishedRun, attempt: str) -> None:
    with run.vue_par(Perimetre((HERE,))).connect() as connection, pytest.raises(duckdb.Error):
        connection.execute(attempt)


@pytest.mark.parametrize("axis", ["region", "departement", "commune", "financement_departement", "bailleur"])
def test_figures_along_a_territory_or_an_owner_are_no_figures_of_the_country(axis: str) -> None:
    assert axis not in national_axes()


def test_figures_of_the_country_and_of_the_departement_are_seen_those_of_others_are_not(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = [("ensemble", "ensemble"), ("departement", HERE), ("departement", THERE), ("commune", "35001"), ("commune", "56001")]
    places += [
        ("financement_departement", "PLUS, 35"),
        ("financement_departement", "PLUS, 56"),
        ("region", "53"),
        ("axe neuf", "x"),
    ]
    figures = [{"kpi_id": "P-01", "mesure": "nb", "axe": axis, "modalite": value, "periode": ""} for axis, value in places]
    communes = [{"code_commune": f"{place}001", "code_departement": place} for place in (HERE, THERE)]
    monkeypatch.setattr(made_run, "MARTS", {"kpi_valeur": figures, "dim_commune": communes})
    made = made_run.write_run(Home(tmp_path_factory.mktemp("parc")))
    with made.vue_par(Perimetre((HERE,))).connect() as connection:
        found = connection.execute("select modalite from kpi_valeur order by modalite").fetchall()
    assert [value for (value,) in found] == ["35", "35001", "PLUS, 35", "ensemble"]

"""The published agréments against what the demo generator decided before it wrote a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.integration.demo.conftest import PublishedDemo

SIGNS = {
    "maitre_ouvrage_inconnu": "MAITRE_OUVRAGE_INCONNU",
    "parcelle_ailleurs": "PARCELLE_AILLEURS",
    "siret_sans_zero": "SIRET_SANS_ZERO",
    "surface_vide": "SURFACE_VIDE",
    "zones_inversees": "ZONES_INVERSEES",
}
"""The traps that a reader must see on every agrément of the operation, and what is then said of it."""


def made(demo: PublishedDemo) -> dict[str, dict[str, Any]]:
    names = demo.truth["champs_agrements"]
    return {values[0]: dict(zip(names, values, strict=True)) for values in demo.truth["agrements"]}


@pytest.mark.parametrize("column", ["nb_logements", "code_commune", "siren_maitre_ouvrage"])
def test_every_agrement_is_published_as_it_was_made(column: str, demo: PublishedDemo) -> None:
    published = dict(demo.marts.execute(f"select agrement_id, {column} from fct_agrement").fetchall())
    field = {"siren_maitre_ouvrage": "siren"}.get(column, column)

    assert published == {identifier: values[field] for identifier, values in made(demo).items()}


def test_the_year_is_that_of_sisal_or_of_a_number_of_siap(demo: PublishedDemo) -> None:
    known = dict(demo.marts.execute("select agrement_id, annee from fct_agrement where annee is not null").fetchall())
    truth = made(demo)

    assert {identifier for identifier in truth if identifier.startswith("sisal")} < set(known)
    assert known == {identifier: truth[identifier]["annee"] for identifier in known}


@pytest.mark.parametrize(("trap", "sign"), SIGNS.items())
def test_what_is_wrong_with_an_agrement_is_told_of_it_and_of_no_other(trap: str, sign: str, demo: PublishedDemo) -> None:
    told = demo.marts.execute("select agrement_id from fct_agrement where list_contains(signalements, ?)", [sign]).fetchall()
    wanted = {identifier for identifier, values in made(demo).items() if trap in values["pieges"]}

    assert wanted
    assert {identifier for (identifier,) in told} == wanted


def test_the_adapted_plai_is_counted_with_the_plai(demo: PublishedDemo) -> None:
    rows = demo.marts.execute("""
        select agrement_id, nb_logements, nb_logements_adaptes_compris from fct_agrement
        where aide = 'PLAI' and nb_logements is not null""").fetchall()
    adapted = {
        identifier.removesuffix("_ADP"): values["nb_logements"]
        for identifier, values in made(demo).items()
        if identifier.endswith("_ADP")
    }

    assert any(identifier in adapted for identifier, *_ in rows)
    assert all(whole == own + (adapted.get(identifier) or 0) for identifier, own, whole in rows)


def test_an_operation_announced_and_never_given_is_in_quarantine(demo: PublishedDemo) -> None:
    rows = demo.marts.execute("select nb_recus - nb_poses, nb_quarantaine from rec_table where table_source = 'operation_annoncee'")

    assert rows.fetchall() == [(1, 1)]

"""The page of the parc on a whole demo: at the reference date it shows what the indicators publish and what the agreements say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboards.filtres.communs import Communs
from dashboards.filtres.parc import Filtres
from dashboards.requetes import accueil, sorties
from dashboards.requetes import parc as requetes_parc

if TYPE_CHECKING:
    from tests.integration.demo.conftest import WholeDemo

MEASURES = {
    "nb_conventions": "conventions",
    "nb_logements": "logements",
    "nb_logements_foyers": "foyers",
    "nb_lits": "lits",
    "nb_sortis": "sortis",
}
"""What the page calls each measure of the indicators."""
UNKNOWN = "non renseigné"
Published = dict[tuple[str, str], int]
NOW = Filtres()


def published(demo: WholeDemo, kpi: str, axis: str, *, period: bool = False, suffix: str = "") -> Published:
    """Return what an indicator publishes along an axis, or by period: (value of the axis, measure of the page) → value."""
    rows = demo.marts.execute(
        f"""select {"periode" if period else "modalite"}, mesure, valeur::bigint
        from kpi_valeur where kpi_id = ? and axe = ? and not est_protegee and (mesure like '%_tacite') = ?""",
        [kpi, axis, bool(suffix)],
    ).fetchall()
    return {(value, MEASURES[measure.removesuffix(suffix)]): count for value, measure, count in rows}


@pytest.mark.parametrize(
    ("kpi", "axis", "shown"),
    [
        ("P-01", "nature_bailleur", "nature_bailleur"),
        ("P-01", "nature_logement", "nature"),
        ("P-02", "region", "region"),
        ("P-02", "departement", "departement"),
        ("P-02", "nature_logement", "nature"),
        ("P-03", "famille_financement", "famille"),
        ("P-04", "region", "region"),
        ("P-04", "departement", "departement"),
        ("P-05", "nature_bailleur", "nature_bailleur"),
    ],
)
def test_each_spread_is_that_of_its_indicator(whole_demo: WholeDemo, kpi: str, axis: str, shown: str) -> None:
    rows = {row["code"] or UNKNOWN: row for row in requetes_parc.etat(whole_demo.run, NOW).par[shown]}
    expected = published(whole_demo, kpi, axis)
    assert len(expected) > 1
    assert {(value, measure): rows[value][measure] for value, measure in expected} == expected


@pytest.mark.parametrize("kpi", ["P-01", "P-02", "P-04", "P-05"])
def test_the_whole_is_that_of_its_indicator(whole_demo: WholeDemo, kpi: str) -> None:
    social = requetes_parc.etat(whole_demo.run, NOW).social
    expected = published(whole_demo, kpi, "ensemble")
    assert expected
    assert {("ensemble", measure): social[measure] for _, measure in expected} == expected


@pytest.mark.parametrize(("axis", "suffix"), [("terme", ""), ("tacite", "_tacite")])
def test_the_cliff_is_that_of_its_indicator(whole_demo: WholeDemo, axis: str, suffix: str) -> None:
    years = {row["code"]: row for row in requetes_parc.falaise(whole_demo.run, NOW)[axis]}
    expected = published(whole_demo, "P-06", "ensemble", period=True, suffix=suffix)
    assert {year for year, _ in expected} == set(years)
    assert {(year, measure): years[year][measure] for year, measure in expected} == expected


def test_the_exits_are_those_of_their_indicator(whole_demo: WholeDemo) -> None:
    years = {str(row["annee"] or "sans date"): row for row in sorties.par_annee(whole_demo.run, Communs())}
    expected = published(whole_demo, "P-07", "ensemble", period=True)
    assert expected
    assert {(year, measure): years[year][measure] for year, measure in expected} == expected


def test_a_filter_on_a_territory_gives_the_value_of_the_indicator_there(whole_demo: WholeDemo) -> None:
    expected = published(whole_demo, "P-04", "departement")
    department, _ = max((key for key in expected if key[1] == "logements"), key=expected.__getitem__)
    social = requetes_parc.etat(whole_demo.run, Filtres(communs=Communs((department,)))).social
    assert social["logements"] == expected[department, "logements"]
    assert social["conventions"] == expected[department, "conventions"]


def test_the_whole_with_anah_is_what_the_first_page_counts(whole_demo: WholeDemo) -> None:
    state = requetes_parc.etat(whole_demo.run, NOW)
    first = accueil.chiffres(whole_demo.run, Communs())
    assert state.anah["conventions"] == first["anah"] > 0
    assert state.social["conventions"] + state.anah["conventions"] == first["en_vigueur"]
    assert state.social["bruts"] + state.anah["bruts"] == first["logements"]


def test_the_periods_of_the_reference_date_are_the_agreements_in_force(whole_demo: WholeDemo) -> None:
    columns = (
        "convention_id, source, statut, nb_logements, est_anah, est_foyer, familles_financement, code_departement, code_region"
    )
    differences = whole_demo.marts.execute(f"""
        select {columns}, code_departement, code_region, code_commune, bailleur_id
        from fct_convention_version
        where '{whole_demo.truth["date_reference"]}' between date_vigueur_debut and coalesce(date_vigueur_fin, '9999-12-31')
        except
        select {columns}, code_departement, code_region, code_commune, bailleur_id
        from fct_convention where est_en_vigueur
    """).fetchall()
    assert differences == []


def test_the_lots_of_the_current_periods_are_the_current_lots(whole_demo: WholeDemo) -> None:
    columns = "lot_id, version_id, nb_logements, nb_logements_sortis, nb_logements_restants, nb_lits, code_commune, bailleur_id"
    assert whole_demo.marts.execute(
        f"select count(*) from (select {columns} from fct_lot except select {columns} from fct_lot_version where est_courante)"
    ).fetchall() == [(0,)]

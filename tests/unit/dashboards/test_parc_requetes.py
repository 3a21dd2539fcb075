from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboards.filtres.communs import Communs
from dashboards.filtres.parc import Filtres
from dashboards.requetes import accueil as requetes_accueil
from dashboards.requetes import ensembles, ensembles_etat, sorties
from dashboards.requetes import parc as requetes_parc
from dashboards.requetes.ensembles_etat import CHOSES, de_l_etat
from data_contracts.layout import Home
from tests.unit.dashboards import made_parc, made_run

if TYPE_CHECKING:
    from data_contracts.publication import PublishedRun

NOW = Filtres()


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> PublishedRun:
    """A run whose few agreements have a past that a reader can tell."""
    with pytest.MonkeyPatch.context() as patch:
        for mart, rows in made_parc.HISTORY.items():
            patch.setitem(made_run.MARTS, mart, rows)
        return made_run.write_run(Home(tmp_path_factory.mktemp("passe")))


def counts(run: PublishedRun, filters: Filtres) -> tuple[int, int, int]:
    social = requetes_parc.etat(run, filters).social
    return social["conventions"], social["logements"], social["foyers"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(1994, 12, 31), (0, 0, 0)),
        (date(1995, 1, 1), (1, 20, 0)),
        (date(2000, 6, 30), (2, 27, 0)),
        (date(2000, 7, 1), (3, 127, 0)),
        (date(2005, 6, 30), (3, 127, 0)),
        (date(2005, 7, 1), (4, 127, 30)),
        (date(2009, 12, 31), (5, 138, 30)),
        (date(2010, 1, 1), (5, 133, 30)),
        (date(2015, 5, 31), (5, 133, 30)),
        (date(2015, 6, 1), (4, 113, 30)),
        (made_run.REFERENCE, (5, 113, 30)),
    ],
)
def test_a_day_counts_what_the_periods_of_that_day_held(history: PublishedRun, day: date, expected: tuple[int, int, int]) -> None:
    assert counts(history, Filtres(day)) == expected


def test_without_a_day_the_state_is_that_of_the_reference_date(history: PublishedRun) -> None:
    assert requetes_parc.etat(history, NOW) == requetes_parc.etat(history, Filtres(made_run.REFERENCE))


def test_anah_beds_and_dwellings_that_left_are_counted_apart(history: PublishedRun) -> None:
    state = requetes_parc.etat(history, NOW)
    assert (state.social["lits"], state.social["sortis"], state.social["bruts"]) == (45, 5, 148)
    assert (state.anah["conventions"], state.anah["logements"]) == (1, 2)


@pytest.mark.parametrize(
    ("axis", "expected"),
    [
        ("famille", {"PLUS": (3, 66), "PLAI": (1, 40), "PLS": (2, 7), "ANAH": (1, 2), None: (1, 0)}),
        ("nature", {"ORDINAIRE": (4, 113), "RESIDENCE_SOCIALE": (1, 0)}),
        ("nature_bailleur", {"HLM": (4, 113), "SEM": (1, 0)}),
        ("departement", {"33": (2, 55), "29": (3, 47), "35": (1, 11)}),
    ],
)
def test_each_axis_shares_out_the_parc(history: PublishedRun, axis: str, expected: dict[str | None, tuple[int, int]]) -> None:
    spread = requetes_parc.etat(history, NOW).par[axis]
    assert {row["code"]: (row["conventions"], row["logements"]) for row in spread} == expected


def test_an_agreement_is_where_its_lots_of_that_day_are(history: PublishedRun) -> None:
    before = requetes_parc.etat(history, Filtres(date(2009, 12, 31))).par["departement"]
    assert {row["code"]: row["logements"] for row in before} == {"33": 100, "35": 31, "29": 7}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Communs(("33",)), (2, 55, 0)),
        (Communs(("region-53",)), (4, 58, 30)),
        (Communs(familles=("PLAI",)), (1, 40, 0)),
        (Communs(bailleur="armor"), (4, 58, 30)),
        (Communs(("33",), bailleur="armor"), (0, 0, 0)),
        (Communs(sources=("apilos",)), (1, 0, 0)),
        (Communs(depuis=date(2024, 1, 1)), (1, 0, 0)),
        (Communs(jusqua=date(2023, 12, 31)), (4, 113, 30)),
    ],
)
def test_each_shared_filter_keeps_the_lots_that_answer_it(
    history: PublishedRun, filters: Communs, expected: tuple[int, int, int]
) -> None:
    assert counts(history, Filtres(communs=filters)) == expected


def test_the_map_shows_every_departement_whatever_the_territory(history: PublishedRun) -> None:
    shown = requetes_parc.par_departement(history, Filtres(communs=Communs(("33",))))
    assert {row["code"] for row in shown} == {"33", "29", "35"}


def test_a_long_axis_is_ranked_by_what_is_counted_and_its_file_holds_it_all(history: PublishedRun) -> None:
    ranked = requetes_parc.classement(history, NOW, "commune", 2)
    assert [(row["libelle"], row["logements"]) for row in ranked[:10]] == [("Bordeaux", 55), ("Quimper", 47)]
    assert len(ranked) == 4
    assert [row["code"] for row in ranked] == ["33063", "29232", None, "35238"]


def test_terms_renewals_and_terms_that_nothing_renews_are_told_apart(history: PublishedRun) -> None:
    ahead = requetes_parc.falaise(history, Filtres(date(2005, 1, 1)))
    told = {axis: {row["code"]: (row["conventions"], row["tous"]) for row in rows} for axis, rows in ahead.items()}
    assert told == {"terme": {"2041": (1, 95), "2026": (1, 0)}, "tacite": {"2029": (1, 30)}, "echue": {"oui": (1, 7)}}


def test_exits_are_counted_by_year_those_without_a_day_last(history: PublishedRun) -> None:
    told = [(row["annee"], row["conventions"], row["logements"]) for row in sorties.par_annee(history, Communs())]
    assert told == [(2014, 1, 20), (None, 1, 4)]


@pytest.mark.parametrize(("day", "unknown"), [(date(1990, 4, 30), 0), (date(1990, 5, 1), 1), (date(2008, 1, 1), 0)])
def test_an_agreement_signed_before_its_history_begins_is_told(history: PublishedRun, day: date, unknown: int) -> None:
    rows = ensembles_etat.sans_etat(day)
    assert ensembles.compter(history, Communs(), [rows])[rows.code] == unknown


COUNTED = {
    "parc_conventions": "conventions",
    "parc_logements": "logements",
    "parc_foyers": "foyers",
    "parc_tous": "tous",
    "parc_lits": "lits",
    "parc_sortis": "sortis",
}


def size(run: PublishedRun, code: str, day: date, axis: str | None = None, value: str | None = None) -> int:
    """Return what the rows behind a figure count or add up to."""
    rows = de_l_etat(run, code, day, axis, value)
    if rows.somme:
        return ensembles.sommer(run, Communs(), rows, rows.somme)
    return ensembles.compter(run, Communs(), [rows])[code]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dates(date(1994, 1, 1), made_run.REFERENCE), st.sampled_from(["famille", "nature", "nature_bailleur", "departement"]))
def test_on_any_day_the_rows_behind_every_figure_and_every_bar_are_those_it_counts(
    history: PublishedRun, day: date, axis: str
) -> None:
    state = requetes_parc.etat(history, Filtres(day))
    for code, count in COUNTED.items():
        assert size(history, code, day) == state.social[count]
        for row in state.par[axis]:
            assert size(history, code, day, axis, row["code"]) == row[count]
    assert size(history, "parc_anah", day) == state.anah["conventions"]


def test_the_rows_of_an_agreement_show_its_state_of_that_day(history: PublishedRun) -> None:
    behind = de_l_etat(history, "parc_conventions", date(2009, 12, 31), "commune", "33063")
    rows = ensembles.lignes(history, Communs(), behind, 50, 0)
    assert [(row["convention_id"], row["familles_financement"], row["date_expiration"]) for row in rows] == [
        (made_parc.GROWN, [], date(2030, 6, 30))
    ]


def test_every_figure_has_its_words(history: PublishedRun) -> None:
    assert {de_l_etat(history, code, made_run.REFERENCE).titre for code in CHOSES} >= {
        "Logements ordinaires au 01/11/2026",
        "Conventions ANAH au 01/11/2026",
    }


def test_at_the_reference_date_the_whole_is_what_the_first_page_counts(run: PublishedRun) -> None:
    state = requetes_parc.etat(run, NOW)
    first = requetes_accueil.chiffres(run, Communs())
    assert state.social["conventions"] + state.anah["conventions"] == first["en_vigueur"] == 27
    assert state.social["bruts"] + state.anah["bruts"] == first["logements"] == 1793

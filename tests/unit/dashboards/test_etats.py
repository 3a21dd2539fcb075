"""Every page in every state of what is published: nothing, a run without a row, a made run."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from dashboards import pages
from tests.unit.dashboards import made_run

if TYPE_CHECKING:
    from data_contracts.layout import Home

OpenPage = Callable[..., AppTest]
Shown = Callable[[AppTest], str]
SCREENS = [page.nom for group in (*pages.GROUPES.values(), pages.HORS_MENU) for page in group]
READING = [name for name in SCREENS if name not in {"guide", "dictionnaire", "fiche_convention", "lignes"}]
"""Pages that have something to count as soon as they open."""


@pytest.mark.parametrize("screen", SCREENS)
def test_without_a_published_run_a_page_says_how_to_publish(
    empty_home: Home,  # noqa: ARG001 - nothing is published in it
    open_screen: OpenPage,
    shown: Shown,
    screen: str,
) -> None:
    text = shown(open_screen(screen))
    assert "Aucune donnée à lire pour l'instant" in text
    assert "parc import" in text


@pytest.mark.parametrize("screen", SCREENS)
def test_a_run_without_a_row_breaks_no_page(
    empty_home: Home, open_screen: OpenPage, shown: Shown, monkeypatch: pytest.MonkeyPatch, screen: str
) -> None:
    for mart in list(made_run.MARTS):
        monkeypatch.setitem(made_run.MARTS, mart, [])
    made_run.write_run(empty_home)
    assert shown(open_screen(screen))


@pytest.mark.parametrize("screen", READING)
def test_a_run_without_a_row_shows_no_misleading_figure_and_says_what_to_bring(
    empty_home: Home, open_screen: OpenPage, shown: Shown, monkeypatch: pytest.MonkeyPatch, screen: str
) -> None:
    for mart in list(made_run.MARTS):
        monkeypatch.setitem(made_run.MARTS, mart, [])
    made_run.write_run(empty_home)
    app = open_screen(screen)
    assert not [block for block in app.get("html") if 'class="valeur">0<' in block.value]
    assert "« parc " in shown(app)


@pytest.mark.parametrize("screen", SCREENS)
def test_a_filter_that_nothing_answers_breaks_no_page(open_screen: OpenPage, shown: Shown, screen: str) -> None:
    text = shown(open_screen(screen, territoire="974", depuis="1977", jusqua="1978", financement="PLI", bailleur="personne"))
    assert text

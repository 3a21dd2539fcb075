"""The application on the real sample: three agreements, and no other source than Ecoloweb."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from dashboards import pages

if TYPE_CHECKING:
    from data_contracts.layout import Home

APP = Path(__file__).parents[3] / "dashboards" / "app.py"
SCREENS = [page for group in (*pages.GROUPES.values(), pages.HORS_MENU) for page in group]
MISSING = {
    pages.SATISFACTION: "parc import satisfaction",
    pages.AGREMENTS: "parc import siap",
    pages.ADOPTION: "parc import apilos",
}
"""Pages whose source was not delivered, and the command that brings it."""


def _opened(home: Home, screen: pages.Page, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("PARC_HOME", str(home.root))
    app = AppTest.from_file(str(APP), default_timeout=120).switch_page(screen.script).run()
    assert not app.exception, app.exception
    return app


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.titre)
def test_every_page_opens(sample_home: Home, monkeypatch: pytest.MonkeyPatch, screen: pages.Page) -> None:
    assert _opened(sample_home, screen, monkeypatch).title


@pytest.mark.parametrize("screen", MISSING, ids=lambda screen: screen.titre)
def test_a_missing_source_is_named_with_the_command_that_brings_it(
    sample_home: Home, monkeypatch: pytest.MonkeyPatch, screen: pages.Page
) -> None:
    app = _opened(sample_home, screen, monkeypatch)
    said = " ".join(block.value for block in [*app.get("html"), *app.info])
    assert MISSING[screen] in said


def test_the_three_agreements_are_counted_on_the_first_page(sample_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    app = _opened(sample_home, pages.ACCUEIL, monkeypatch)
    figures = [block.value for block in app.get("html") if 'class="chiffre"' in block.value]
    assert '<span class="libelle">Conventions</span><span class="valeur">3</span>' in figures[0]

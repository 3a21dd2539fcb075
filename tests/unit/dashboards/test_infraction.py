"""A publication that was forced says so at the head of every page."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data_contracts.layout import MANIFEST_FILE, Home
from tests.unit.dashboards import made_run

OpenScreen = Callable[..., AppTest]
SCREENS = sorted(path.stem for path in (Path(__file__).parents[3] / "dashboards" / "screens").glob("[!_]*.py"))
BREACH = {
    "par": "Claude Exemple",
    "le": "2026-11-01T09:12:00+00:00",
    "motif": "Commission de *mardi*",
    "infractions": [
        {
            "famille": "contrat_source",
            "nom": "condition_positif",
            "objet": "ecoloweb.ecolo_avenant",
            "gravite": "bloquante",
            "succes": False,
            "observe": 7,
            "attendu": 0,
            "cles": ["61", "62", "63", "64", "65", "66", "67"],
            "message": "numéro négatif",
        }
    ],
}


@pytest.fixture(scope="module")
def forced(tmp_path_factory: pytest.TempPathFactory, open_screen: OpenScreen) -> OpenScreen:
    """Open a page on the made run, forced."""
    made = made_run.write_run(Home(tmp_path_factory.mktemp("force")))
    path = made.path / MANIFEST_FILE
    path.write_text(json.dumps({**made.manifest, "publication_forcee": BREACH}), encoding="utf-8")

    def opened(screen: str) -> AppTest:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PARC_HOME", str(made.home.root))
            return open_screen(screen)

    return opened


@pytest.mark.parametrize("screen", SCREENS)
def test_every_page_begins_with_an_icon_and_words_that_say_who_forced_it_and_why(forced: OpenScreen, screen: str) -> None:
    app = forced(screen)

    assert not app.exception
    banner = app.warning[0]
    assert banner.icon == ":material/warning:"
    assert banner.value.replace("\\", "").replace("\xa0", " ") == (
        "Publication forcée malgré 1 contrôle bloquant rompu, par Claude Exemple, le 01/11/2026 à 10 h 12. "
        "Motif : Commission de *mardi*"
    )


def test_what_is_broken_can_be_read_with_its_first_keys(forced: OpenScreen, shown: Callable[[AppTest], str]) -> None:
    app = forced("accueil")

    assert "Ce que cette publication n'a pas respecté (1)" in [expander.label for expander in app.expander]
    assert "ecoloweb.ecolo_avenant : numéro négatif (7 au lieu de 0 ; clés : 61, 62, 63, 64, 65, …)" in shown(app)


def test_an_ordinary_publication_has_no_such_banner(open_screen: OpenScreen) -> None:
    assert not any("forcée" in warning.value for warning in open_screen("accueil").warning)

"""The captures of the guide, taken from the demo: PARC_ECRIRE_CAPTURES=1 writes them again."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from dashboards.guide import GUIDE, Capture, morceaux
from tests.support.browser import wait_until_drawn

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import Demo

VIEWS = {
    "accueil": "/",
    "cas": "/cas?regles=FIN-001,DUR&severite=tous",
    "constat": "/cas?constat={constat}",
    "fiche": "/fiche_convention?convention={convention}",
    "parc": "/parc",
    "agrements": "/agrements",
    "delais": "/delais",
    "satisfaction": "/satisfaction",
    "adoption": "/adoption",
    "qualite": "/qualite",
    "changements": "/changements",
}
"""The address of each capture."""
_COULEURS = 128
"""Enough for flat colours; the files weigh a third of what they would."""
_KNOWN = """
select
    (select min(anomalie_id) from fct_anomalie where regle_id = 'FIN-001' and etat = 'ouverte') as constat,
    (select min(convention_id) from fct_rapprochement where convention_id in (select convention_id from fct_avenant)) as convention
"""


@pytest.mark.parametrize("name", VIEWS)
def test_a_capture_of_the_guide_shows_the_application(demo: Demo, open_page: Callable[[int, int], Page], name: str) -> None:
    with demo.run.connect() as connection:
        known = connection.execute(_KNOWN).fetchdf().iloc[0].to_dict()
    page = open_page()
    page.set_viewport_size({"width": 1280, "height": 1000})
    page.goto(demo.address + VIEWS[name].format(**known))
    wait_until_drawn(page)
    taken = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(_COULEURS)
    assert taken.size == (1280, 1000)
    if os.environ.get("PARC_ECRIRE_CAPTURES"):
        taken.save(GUIDE.parent / "captures" / f"{name}.png", optimize=True)


def test_the_guide_shows_every_capture_and_no_other() -> None:
    shown = [piece.chemin for piece in morceaux() if isinstance(piece, Capture)]
    assert sorted(path.stem for path in shown) == sorted(VIEWS)
    assert all(path.is_file() for path in shown)

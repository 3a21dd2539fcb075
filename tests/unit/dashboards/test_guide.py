from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from dashboards import pages
from dashboards.guide import GUIDE, Capture, morceaux

OpenPage = Callable[..., AppTest]


def test_texts_and_captures_come_in_their_order(tmp_path: Path) -> None:
    guide = tmp_path / "guide.md"
    guide.write_text("# Titre\n\nAvant.\n\n![Une page](captures/une.png)\n\nAprès.\n", encoding="utf-8")
    assert morceaux(guide) == ["Avant.", Capture(tmp_path / "captures" / "une.png", "Une page"), "Après."]


def test_every_page_of_the_menu_is_told() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    told = {page.titre for group in pages.GROUPES.values() for page in group if page.titre in text}
    assert told == {page.titre for group in pages.GROUPES.values() for page in group}


def test_the_application_shows_the_guide(open_screen: OpenPage) -> None:
    app = open_screen("guide")
    assert not app.exception
    assert any("Lire un chiffre" in text.value for text in app.markdown)

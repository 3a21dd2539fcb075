"""The made run, published in a home that the application reads, and the application itself."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from data_contracts.layout import Home
from tests.unit.dashboards import made_run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from data_contracts.publication import PublishedRun

APP = Path(__file__).parents[3] / "dashboards" / "app.py"


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> PublishedRun:
    """The made run, written once: tests only read it."""
    return made_run.write_run(Home(tmp_path_factory.mktemp("parc")))


@pytest.fixture(scope="module")
def run(published: PublishedRun) -> Iterator[PublishedRun]:
    """The made run, in the home that the application reads."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARC_HOME", str(published.home.root))
        yield published


@pytest.fixture
def empty_home(home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home of one's own, where nothing is published, that the application reads."""
    monkeypatch.setenv("PARC_HOME", str(home.root))
    return home


@pytest.fixture(scope="module")
def start(run: PublishedRun) -> Callable[[], AppTest]:  # noqa: ARG001 - what the application reads unless a test says otherwise
    """Start the application on its first page."""
    return lambda: AppTest.from_file(str(APP), default_timeout=60).run()


@pytest.fixture(scope="module")
def open_screen(run: PublishedRun) -> Callable[..., AppTest]:  # noqa: ARG001 - what the page reads unless a test says otherwise
    """Open the page of a script of `screens` with these parameters in its address."""

    def opened(screen: str, **address: str) -> AppTest:
        app = AppTest.from_file(str(APP), default_timeout=60).switch_page(f"screens/{screen}.py")
        app.query_params.update(address)
        return app.run()

    return opened


@pytest.fixture(scope="module")
def open_fiche(open_screen: Callable[..., AppTest]) -> Callable[..., AppTest]:
    """Open the page « Fiche convention » with these parameters in its address."""
    return lambda **address: open_screen("fiche_convention", **address)


@pytest.fixture(scope="session")
def shown() -> Callable[[AppTest], str]:
    """Everything a reader of the page sees, as one text: tags and the style sheet taken out, spaces made plain and single."""

    def text(app: AppTest) -> str:
        assert not app.exception, app.exception
        blocks = [block.value for block in app.get("html") if not block.value.startswith(("<style", "<script"))]
        words = [
            *app.title,
            *app.header,
            *app.subheader,
            *app.markdown,
            *app.caption,
            *app.code,
            *app.warning,
            *app.info,
            *app.success,
        ]
        plain = [re.sub(r"<[^>]+>", " ", block.replace("<wbr>", "")) for block in blocks]
        plain += [word.value.replace("\\", "") for word in words]
        return " ".join(html.unescape(" ".join(plain)).split())

    return text

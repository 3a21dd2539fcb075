"""Of the made persons that the deliveries hold, nothing can be read in what is kept, published, exported or said."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.command import parc_does
from tests.support.personal_scan import leaks, planted

if TYPE_CHECKING:
    from tests.integration.demo.conftest import WholeDemo


@pytest.fixture(scope="module")
def persons(whole_demo: WholeDemo) -> list[str]:
    """Every text that tells one of them."""
    return planted(whole_demo.personnes)


def test_the_deliveries_hold_them(whole_demo: WholeDemo, persons: list[str]) -> None:
    told = {leak.place.split("/")[0].split(" ")[0] for leak in leaks(whole_demo.personnes.parent, persons)}

    assert told >= {"ecoloweb.sql", "apilos.sql", "siap", "enquetes"}


@pytest.mark.parametrize("folder", ["landing", "published", "registre", "dagster", "cache"])
def test_nothing_that_is_kept_tells_one(folder: str, whole_demo: WholeDemo, persons: list[str]) -> None:
    kept = whole_demo.run.home.root / folder

    assert any(path.is_file() for path in kept.rglob("*"))
    assert leaks(kept, persons) == []


def test_nothing_that_is_exported_or_said_tells_one(whole_demo: WholeDemo, persons: list[str], tmp_path: Path) -> None:
    home = whole_demo.run.home
    said = [
        parc_does(home, "export", "--sortie", tmp_path / "tout"),
        parc_does(home, "quarantaine", "exporter", "--sortie", tmp_path / "quarantaine.xlsx"),
        parc_does(home, "status", "--json"),
        parc_does(home, "sql", "from fct_commentaire", "--format", "csv"),
        parc_does(home, "sql", "from fct_piece_jointe", "--format", "json"),
    ]
    (tmp_path / "dit.txt").write_text("\n".join(said), encoding="utf-8")

    assert {".xlsx", ".csv", ".parquet"} <= {path.suffix for path in tmp_path.rglob("*")}
    assert leaks(tmp_path, persons) == []


def test_what_the_texts_say_besides_can_still_be_read(whole_demo: WholeDemo) -> None:
    texts = whole_demo.marts.execute("select string_agg(texte, ' ') from fct_commentaire").fetchall()[0][0]

    assert "À compléter avec Mme [nom masqué], [numéro masqué], [courriel masqué]" in texts

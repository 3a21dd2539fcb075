"""The door of the application: closed when the access is half configured, and who comes in otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboards import acces
from data_contracts.acces import journal
from data_contracts.acces.perimetre import TOUT

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.testing.v1 import AppTest

    from data_contracts.publication import PublishedRun


def test_nobody_comes_in_while_the_access_is_half_configured(run: PublishedRun, start: Callable[[], AppTest]) -> None:
    run.home.access_rights.write_text("lecteurs: []", encoding="utf-8")
    try:
        app = start()
    finally:
        run.home.access_rights.unlink()
    assert [title.value for title in app.title] == ["Accès fermé"]
    assert "à demi configuré" in app.warning[0].value


def test_where_nobody_signs_in_whoever_is_on_the_machine_sees_everything(start: Callable[[], AppTest]) -> None:
    app = start()
    assert app.session_state["lecteur"] == acces.Lecteur(acces.LOCAL, TOUT, est_connecte=False)


def test_what_is_done_without_signing_in_is_written_down_too(run: PublishedRun) -> None:
    local = acces.Lecteur(acces.LOCAL, TOUT, est_connecte=False)
    acces.noter(local, run, journal.Geste.TELECHARGEMENT, "cas.csv")
    (written,) = journal.lire(run.home.access_journal)
    assert (written["lecteur"], written["objet"], written["publication"]) == (acces.LOCAL, "cas.csv", run.run_id)


def test_nothing_is_given_that_the_journal_cannot_take(run: PublishedRun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "ajouter", _refuse)
    with pytest.raises(OSError, match="disque plein"):
        acces.noter(acces.Lecteur(acces.LOCAL, TOUT, est_connecte=False), run, journal.Geste.TELECHARGEMENT, "cas.csv")


def _refuse(*_: object) -> None:
    raise OSError("disque plein")

"""The lock of a home: who finds it taken is told, at once or after having waited."""

from __future__ import annotations

import threading

import pytest

from data_contracts.errors import TransientError
from data_contracts.layout import Home
from data_contracts.lock import exclusive


def test_a_lock_that_is_taken_names_its_holder(home: Home) -> None:
    with exclusive(home, "parc import"), pytest.raises(TransientError, match="déjà occupé par « parc import »"):
        _take(home, 0.0)


def test_who_is_patient_gets_the_lock_once_it_is_free(home: Home) -> None:
    with exclusive(home, "parc import"):
        waiting = threading.Thread(target=_take, args=(home, 60.0))
        waiting.start()
    waiting.join()

    assert "parc run" in home.lock.read_text(encoding="utf-8")


def test_patience_has_an_end(home: Home) -> None:
    with exclusive(home, "parc import"), pytest.raises(TransientError):
        _take(home, 0.05)


def _take(home: Home, patience: float) -> None:
    with exclusive(home, "parc run", patience):
        pass

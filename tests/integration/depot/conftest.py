"""The webhook that hears the alerts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.local_servers import Posts, posts


@pytest.fixture
def webhook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Posts]:
    """A real local server, which keeps what it is sent."""
    with posts() as server:
        monkeypatch.setenv("PARC_ALERTE_WEBHOOK", server.url)
        yield server

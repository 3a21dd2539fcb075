"""The charts of the application follow Vega-Lite's schema, which the pages do not check again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import altair as alt
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.unit.dashboards import made_adoption, made_agrements, made_parc, made_run

if TYPE_CHECKING:
    from data_contracts.layout import Home

OpenPage = Callable[..., AppTest]
OF_ITS_OWN: dict[str, dict[str, list[dict[str, Any]]]] = {
    "accueil": {},
    "adoption": made_adoption.MARTS,
    "agrements": made_agrements.MARTS,
    "delais": {},
    "parc": made_parc.HISTORY,
    "satisfaction": {},
}
"""Pages with charts, and the made rows that they need beside the others."""


@pytest.mark.parametrize("screen", OF_ITS_OWN)
def test_every_chart_of_a_page_follows_the_schema(
    empty_home: Home, open_screen: OpenPage, monkeypatch: pytest.MonkeyPatch, screen: str
) -> None:
    for mart, rows in OF_ITS_OWN[screen].items():
        monkeypatch.setitem(made_run.MARTS, mart, rows)
    made_run.write_run(empty_home)
    drawn: list[dict[str, Any]] = []
    monkeypatch.setattr(st, "vega_lite_chart", lambda *, spec, **_: drawn.append(spec))
    open_screen(screen)
    assert drawn
    for spec in drawn:
        alt.LayerChart.from_dict(spec, validate=True)

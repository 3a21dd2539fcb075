"""A chart on the page, with the sentence that says the same to who can't see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import streamlit as st

if TYPE_CHECKING:
    from altair import LayerChart

alt.theme.enable("none")  # the size and the colours are the page's


def montrer(dessin: LayerChart, equivalent: str) -> None:
    """Show a chart; `equivalent` is the text of who can't see it.

    Its form is that of our own drawings, which tests hold to Vega-Lite's schema: a page does not check it again.
    """
    st.vega_lite_chart(spec=dessin.to_dict(validate=False), width="stretch", theme=None, alt=equivalent)

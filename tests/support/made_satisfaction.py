"""Made answers to surveys: exports of JDMA, free surveys with their description, and telephone numbers as people write them."""

from __future__ import annotations

from hypothesis import strategies as st


@st.composite
def phones(draw: st.DrawFn) -> str:
    """A French telephone number, written in one of the usual ways."""
    digits = "".join(str(draw(st.integers(0, 9))) for _ in range(8))
    line = draw(st.integers(1, 9))
    prefix = draw(st.sampled_from(["0", "+33 ", "+33 (0)", "0033", "(0)"]))
    mark = draw(st.sampled_from(["", " ", ".", "-", "/", "\u00a0", "\u202f", " - "]))
    return prefix + mark.join([str(line), *(digits[rank : rank + 2] for rank in range(0, 8, 2))])

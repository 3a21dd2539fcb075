"""Every figure of the application equals what `parc sql` says of the same run, to the last digit shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboards import pages
from tests.support.page_figures import CHANGES, VIEWS, assert_shown_as_said

if TYPE_CHECKING:
    from tests.integration.demo.conftest import WholeDemo


def test_every_page_of_the_menu_that_has_figures_is_compared() -> None:
    menu = {page for group in pages.GROUPES.values() for page in group}
    assert {view.page for view in VIEWS.values()} | {CHANGES.page, pages.GUIDE} == menu


@pytest.mark.parametrize("name", VIEWS)
def test_figures_are_those_of_parc_sql(whole_demo: WholeDemo, name: str) -> None:
    assert_shown_as_said(whole_demo.run.home, VIEWS[name])

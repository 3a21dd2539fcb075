from __future__ import annotations

from datetime import date

import pytest

from dashboards.periodes import nommer_periode


@pytest.mark.parametrize(
    ("debut", "pas", "nom"),
    [
        (date(2025, 2, 1), "mois", "févr. 2025"),
        (date(2025, 1, 1), "trimestre", "1er trim. 2025"),
        (date(2025, 10, 1), "trimestre", "4e trim. 2025"),
        (date(2025, 1, 1), "annee", "2025"),
    ],
)
def test_a_period_is_named_after_its_first_day(debut: date, pas: str, nom: str) -> None:
    assert nommer_periode(debut, pas) == nom

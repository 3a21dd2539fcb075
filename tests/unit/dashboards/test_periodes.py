from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.periodes import Periode, nommer_periode, raccourcis


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


@pytest.mark.parametrize(
    ("periode", "mots"),
    [
        (Periode(), "toutes dates réunies"),
        (Periode.de_l_annee(2025), "en 2025"),
        (Periode(date(2023, 1, 1), date(2025, 12, 31)), "de 2023 à 2025"),
        (Periode(date(2024, 2, 8), date(2024, 3, 31)), "du 08/02/2024 au 31/03/2024"),
        (Periode(depuis=date(2024, 2, 8)), "depuis le 08/02/2024"),
        (Periode(jusqua=date(2024, 2, 8)), "jusqu'au 08/02/2024"),
    ],
)
def test_a_period_between_two_days_is_said_as_one_speaks(periode: Periode, mots: str) -> None:
    assert periode.en_mots == mots


@given(st.dates(date(1978, 1, 1), date(2090, 12, 31)))
def test_the_last_365_days_end_the_day_before(reference: date) -> None:
    periode = raccourcis(reference)["365 derniers jours"]
    assert periode.depuis is not None
    assert periode.jusqua is not None
    assert (reference - periode.jusqua).days == 1
    assert (periode.jusqua - periode.depuis).days == 364

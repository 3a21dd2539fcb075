from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.extraits import formats

FINE, INSECABLE = "\u202f", "\u00a0"


def _lu(ecrit: str) -> Decimal:
    return Decimal(ecrit.replace(FINE, "").replace(",", ".").replace("\u2212", "-"))


@given(st.integers())
def test_an_integer_is_read_back_from_its_french_writing(entier: int) -> None:
    assert _lu(formats.nombre(entier)) == entier


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20), st.integers(0, 12))
def test_a_written_number_is_never_farther_than_half_its_last_decimal(quantite: Decimal, decimales: int) -> None:
    assert abs(_lu(formats.nombre(quantite, decimales)) - quantite) <= Decimal(5).scaleb(-decimales - 1)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_any_float_is_written_with_groups_of_three_digits_and_at_most_two_decimals(quantite: float) -> None:
    entier, _, fraction = formats.nombre(quantite).lstrip("\u2212").partition(",")
    premier, *suivants = entier.split(FINE)
    assert 1 <= len(premier) <= 3
    assert all(len(groupe) == 3 for groupe in suivants)
    assert len(fraction) <= 2
    assert not fraction.endswith("0")


@pytest.mark.parametrize(
    ("quantite", "attendu"),
    [
        (Decimal("12345.60"), f"12{FINE}345,6"),
        (0, "0"),
        (-0.001, "0"),
        (-1234, f"\u22121{FINE}234"),
        (2.675, "2,68"),
        (float("nan"), "—"),
        (float("inf"), "—"),
        (None, "—"),
    ],
)
def test_a_number_is_written_the_french_way(quantite: float | Decimal | None, attendu: str) -> None:
    assert formats.nombre(quantite) == attendu


def test_an_amount_keeps_its_two_decimals_and_its_unit() -> None:
    assert formats.montant(Decimal("1250.500000")) == f"1{FINE}250,50{INSECABLE}€"
    assert formats.montant(None) == "—"


def test_a_missing_quantity_has_no_unit() -> None:
    assert formats.mesure(None, "m²") == "—"
    assert formats.mesure(Decimal("61.50"), "m²") == f"61,5{INSECABLE}m²"


def test_a_share_of_nothing_is_missing() -> None:
    assert formats.part(1, 3) == f"33,3{INSECABLE}%"
    assert formats.part(0, 0) == "—"


def test_zero_and_one_are_singular_in_french() -> None:
    assert formats.pluriel(0, "convention") == "0 convention"
    assert formats.pluriel(1, "convention") == "1 convention"
    assert formats.pluriel(1500, "convention") == f"1{FINE}500 conventions"
    assert formats.pluriel(2, "lot individuel", "lots individuels") == "2 lots individuels"


def test_a_day_is_written_day_first_even_before_the_year_1000() -> None:
    assert formats.jour(date(1998, 11, 26)) == "26/11/1998"
    assert formats.jour(date(98, 1, 2)) == "02/01/0098"
    assert formats.jour(None) == "—"


def test_a_moment_is_written_in_the_time_of_paris() -> None:
    assert formats.instant(datetime(2026, 11, 1, 23, 30, tzinfo=UTC)) == f"02/11/2026 à 0{INSECABLE}h{INSECABLE}30"
    assert formats.instant(datetime(2026, 7, 1, 8, 5)) == f"01/07/2026 à 10{INSECABLE}h{INSECABLE}05"  # noqa: DTZ001 - marts hold UTC without zone


def test_truth_is_yes_no_or_missing() -> None:
    assert [formats.oui_non(vrai) for vrai in (True, False, None)] == ["oui", "non", "—"]


def test_blank_texts_and_empty_lists_are_missing() -> None:
    assert formats.texte("  ") == "—"
    assert formats.liste([]) == "—"
    assert formats.liste(None) == "—"
    assert formats.liste(["PLAI", "PLUS"]) == "PLAI, PLUS"


@pytest.mark.parametrize(
    ("quelconque", "attendu"),
    [
        (True, "oui"),
        (4.914956, "4,914956"),
        (Decimal("1000.10"), f"1{FINE}000,1"),
        (date(2020, 1, 31), "31/01/2020"),
        (datetime(2011, 4, 5, 6, 7, 8), "05/04/2011 06:07:08"),  # noqa: DTZ001 - landed timestamps have no zone
        (["a", 2], "a, 2"),
        ("", "—"),
        (None, "—"),
    ],
)
def test_any_value_is_written_after_its_type(quelconque: object, attendu: str) -> None:
    assert formats.valeur(quelconque) == attendu


@pytest.mark.parametrize(
    ("quelconque", "attendu"),
    [
        (423085, "423085"),
        (Decimal("-1000.50"), "-1000,5"),
        (float("nan"), ""),
        (None, ""),
        (" — ", " — "),
        (False, "non"),
        ([1000, None, "a"], "1000, , a"),
        (date(2020, 1, 31), "31/01/2020"),
    ],
)
def test_a_raw_value_has_no_space_between_thousands_and_keeps_its_text(quelconque: object, attendu: str) -> None:
    assert formats.brut(quelconque) == attendu


def test_a_rent_says_its_period() -> None:
    assert formats.loyer(Decimal("4.914956"), "mois") == f"4,91{INSECABLE}€/m² par mois"
    assert formats.loyer(Decimal("33.53878"), None) == f"33,54{INSECABLE}€/m²"
    assert formats.loyer(None, "an") == "—"


def test_french_punctuation_never_starts_a_line() -> None:
    assert formats.typographie("« PLUS » : oui ; non ? Si !") == "«_PLUS_»_: oui_; non_? Si_!".replace("_", INSECABLE)

"""Which texts seem to tell a person, and which references of the trade must not be taken for one."""

from __future__ import annotations

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.personal_content import looks_personal

CONNECTION = duckdb.connect()
FRENCH_BANK_DIGITS = 23


def seems_personal(text: str | None) -> bool:
    [(found,)] = CONNECTION.execute(f"select {looks_personal('t')} from (select ?::varchar as t)", [text]).fetchall()
    assert found is not None
    return bool(found)


def iban(country: str, account: str) -> str:
    """Give an account its check digits (ISO 13616)."""
    number = int("".join(str(int(sign, 36)) for sign in f"{account}{country}00"))
    return f"{country}{98 - number % 97:02}{account}"


@pytest.mark.parametrize(
    "text",
    [
        "a@b.fr",
        "Gérant : élodie.durand@exemple.fr, bât. A",
        "06 12 34 56 78",
        "0612345678",
        "tél:01.40.12.34.56",
        "+33 (0)6 12 34 56 78",
        "0033612345678",
        "+262692123456",
        "06\u00a012\u00a034\u00a056\u00a078",
        "06-12-34-56-78 (gardien)",
        "IBAN FR76 3000 6000 0112 3456 7890 189 du bailleur",
        "DE89370400440532013000",
    ],
)
def test_an_address_a_telephone_or_an_account_is_seen(text: str) -> None:
    assert seems_personal(text)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "à voir @ la mairie",
        "[courriel masqué]",
        "130 012 012 00012",
        "13001201200012",
        "130012012",
        "2016130550001",
        "2016DD0130001",
        "13 3 04 1989 79297 1 0002",
        "33/N/2012-80415",
        "13097 000 AW 0144",
        "VOL 2016P N° 0123456",
        "PC01305515K0001",
        "4.814526 ; 43.640685",
        "FR7630006000011234567890188",
        "12345678901234567",
    ],
)
def test_a_reference_of_the_trade_tells_nobody(text: str | None) -> None:
    assert not seems_personal(text)


@st.composite
def nirs(draw: st.DrawFn) -> tuple[str, int]:
    """Draw the first thirteen signs of a NIR, and its key."""
    department = draw(st.sampled_from(["01", "59", "75", "2A", "2B", "97", "99"]))
    parts = [
        draw(st.sampled_from("12")),
        f"{draw(st.integers(0, 99)):02}",
        f"{draw(st.integers(1, 12)):02}",
        department,
        f"{draw(st.integers(1, 999)):03}",
        f"{draw(st.integers(1, 999)):03}",
    ]
    number = int("".join(parts).replace("2A", "19").replace("2B", "18"))
    return " ".join(parts), 97 - number % 97


@given(nirs(), st.booleans())
def test_a_nir_is_seen_with_its_key(nir: tuple[str, int], spaced: bool) -> None:  # noqa: FBT001
    signs, key = nir
    text = f"locataire {signs} {key:02}, bât. B"

    assert seems_personal(text if spaced else text.replace(signs + " ", signs.replace(" ", "")))


@given(nirs(), st.integers(1, 96))
def test_fifteen_digits_without_the_key_of_a_nir_tell_nobody(nir: tuple[str, int], shift: int) -> None:
    signs, key = nir
    wrong = (key - 1 + shift) % 97 + 1

    assert not seems_personal(f"{signs.replace(' ', '')}{wrong:02}")


@given(st.sampled_from(["FR", "MC"]), st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=23, max_size=23), st.booleans())
def test_an_account_is_seen_with_its_check_digits(country: str, account: str, grouped: bool) -> None:  # noqa: FBT001
    found = iban(country, account)
    groups = " ".join(found[start : start + 4] for start in range(0, len(found), 4))

    assert seems_personal(groups if grouped else found)


@given(st.text("0123456789", min_size=FRENCH_BANK_DIGITS, max_size=FRENCH_BANK_DIGITS), st.integers(1, 96))
def test_an_account_with_other_check_digits_tells_nobody(account: str, shift: int) -> None:
    right = int(iban("FR", account)[2:4])
    wrong = (right - 2 + shift) % 97 + 2

    assert not seems_personal(f"FR{wrong:02}{account}")


@given(st.text(max_size=60))
def test_any_text_gets_an_answer(text: str) -> None:
    seems_personal(text.replace("\0", ""))

"""Which keys people may be shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.rapport.cles import CACHEE, est_montrable, montrables


@pytest.mark.parametrize(
    "key",
    [
        "12",
        "ecoloweb:100224",
        "apilos:e0900f07-a91e-43e8-a17b-7cfce0dd3685",
        "sisal:2017DD0059001:PLUS",
        "2015501290001|PLUS|collectif",
        "ecoloweb.ecolo_avenant",
        "ligne 12",
        "a1b2c3d4e5f60718",
    ],
)
def test_identifiers_and_names_of_the_contracts_are_shown(key: str) -> None:
    assert montrables([key]) == [key]


@pytest.mark.parametrize(
    "key",
    [
        "jeanne.martin@exemple.fr",
        "12|jeanne.martin@exemple.fr",
        "0612345678",
        "06-12-34-56-78",
        "06.12.34.56.78",
        "06/12/34/56/78",
        "33612345678",
        "+33612345678",
        "285057801234522",
        "2850578012345",
        "FR7630006000011234567890189",
        "Martin",
        "Jeanne Martin 12",
        "12|Martin",
        "",
        "ligne de Martin",
        "9" * 90,
    ],
)
def test_what_could_tell_of_a_person_is_not(key: str) -> None:
    assert montrables([key]) == [CACHEE]


def test_only_the_first_keys_are_shown_and_the_hidden_ones_once() -> None:
    assert montrables(["1", "a@b.fr", "c@d.fr", "2", "3", "4"]) == ["1", CACHEE, "2", "3"]


@given(st.text(max_size=8), st.text(max_size=8))
def test_a_key_that_holds_an_address_is_never_shown(before: str, after: str) -> None:
    assert not est_montrable(f"{before}jeanne@exemple.fr{after}")

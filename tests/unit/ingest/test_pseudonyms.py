"""What a pseudonym gives away: nothing without the key, and the same person twice with it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from data_contracts.delivery import deliveries
from data_contracts.layout import Home
from ingest.importer import ImportReport
from ingest.personal_data import KEY_VARIABLE, LENGTH, PREFIX

NAME = "Anatole Dupin-Lévêque"
PHONE = "01 99 00 12 34"
MAIL = "anatole.dupin@exemple.test"
DIGESTS = ("sha256", "sha512", "sha3_256", "md5", "sha1", "blake2b", "blake2s")
HEXADECIMAL = re.compile(rf"{re.escape(PREFIX)}[0-9a-f]{{{LENGTH}}}")


@pytest.fixture
def pseudonyms(
    contracts: Callable[..., Path],
    csv_folder: Callable[..., Path],
    deliver: Callable[..., ImportReport],
    landed: Callable[..., Any],
) -> Callable[..., list[str]]:
    """Import values as personal ones; return their pseudonyms."""
    entry = {"type": "texte", "personnel": {"traitement": "pseudonymiser", "motif": "made"}}
    contract = contracts(ecolo_a={"colonnes": {"id": "entier", "nom": entry}})

    def rows(*values: str, note: str = "") -> list[str]:
        folder = csv_folder(ecolo_a=[("id", "nom"), *((str(rank), value) for rank, value in enumerate([*values, note]))])
        return [row["nom"] for row in landed(deliver(folder, contract), "ecolo_a")][: len(values)]

    return rows


def spellings(value: str) -> Iterator[str]:
    """Yield the usual ways to write a value: case, accents, what stands between its parts, a prefix, spaces around."""
    bare = "".join(letter for letter in unicodedata.normalize("NFD", value) if not unicodedata.combining(letter))
    for text in {value, bare, unicodedata.normalize("NFD", value)}:
        for cased in {text, text.upper(), text.lower(), text.title()}:
            for joined in {cased, *(re.sub(r"[ .-]", between, cased) for between in (" ", "", ".", "-", "_", "\u00a0"))}:
                yield from (
                    joined,
                    f" {joined}",
                    f"{joined} ",
                    f"{joined}\n",
                    re.sub(r"^0", "+33", joined),
                    re.sub(r"^0", "0033", joined),
                )
    yield " ".join(reversed(value.split()))


def guesses(value: str) -> Iterator[str]:
    """Yield what hashing the guesses without the key gives: starts and ends of digests; salted with what anyone can read."""
    for text in spellings(value):
        for salt in ("", PREFIX, "parc", "parc-conventionne", "ecoloweb", "ecolo_a", "nom", KEY_VARIABLE):
            for salted in {text, salt + text, text + salt}:
                for name in DIGESTS:
                    digest = hashlib.new(name, salted.encode()).hexdigest()
                    yield from (digest[:LENGTH], digest[-LENGTH:])


def test_the_same_value_keeps_its_pseudonym_as_long_as_the_key(pseudonyms: Callable[..., list[str]]) -> None:
    assert pseudonyms(NAME, MAIL) == pseudonyms(NAME, MAIL, note="another delivery")


def test_every_pseudonym_changes_with_the_key(pseudonyms: Callable[..., list[str]], home: Home) -> None:
    before = pseudonyms(NAME, PHONE, MAIL)
    home.pseudonym_key.unlink()
    after = pseudonyms(NAME, PHONE, MAIL, note="another delivery")

    assert all(HEXADECIMAL.fullmatch(one) for one in before + after)
    assert len(set(before + after)) == 6


@pytest.mark.parametrize("value", [NAME, PHONE, MAIL])
def test_no_pseudonym_is_found_by_hashing_guesses_without_the_key(value: str, pseudonyms: Callable[..., list[str]]) -> None:
    [found] = pseudonyms(value)

    assert found.removeprefix(PREFIX) not in set(guesses(value))


def test_the_guesses_would_find_a_hash_without_key() -> None:
    unkeyed = hashlib.sha256(NAME.upper().encode()).hexdigest()[:LENGTH]

    assert unkeyed in set(guesses(NAME))


def test_a_pseudonym_does_not_tell_how_its_value_is_written(pseudonyms: Callable[..., list[str]]) -> None:
    assert len({len(one) for one in pseudonyms("É", NAME, NAME * 50)}) == 1


def test_the_delivery_tells_its_key_from_another_without_giving_it(pseudonyms: Callable[..., list[str]], home: Home) -> None:
    pseudonyms(NAME)
    [delivery] = deliveries(home)
    key = home.pseudonym_key.read_text(encoding="ascii")

    assert delivery.cle_pseudonymes
    assert delivery.cle_pseudonymes not in set(guesses(key))
    assert key not in delivery.model_dump_json()


def test_an_import_with_another_key_says_so(
    contracts: Callable[..., Path],
    csv_folder: Callable[..., Path],
    deliver: Callable[..., ImportReport],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    contract = contracts(ecolo_a={"colonnes": {"id": "entier", "code": "texte"}})
    first = deliver(csv_folder(ecolo_a=[("id", "code"), ("1", "a")]), contract)
    monkeypatch.setenv(KEY_VARIABLE, "une autre clé")
    second = deliver(csv_folder(ecolo_a=[("id", "code"), ("2", "a")]), contract)

    assert not any("clé des pseudonymes" in said for said in first.avertissements)
    assert second.avertissements[0].startswith("La clé des pseudonymes n'est pas celle des livraisons déjà reçues (ecoloweb)")

"""Rows as COPY text, written the way PostgreSQL writes them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.demo.copie import Copie, centiemes, ligne, nombre, simple_precision


@given(st.integers(0, 10_000_000))
def test_hundredths_are_written_as_any_number(valeur: int) -> None:
    assert centiemes(valeur) == nombre(valeur / 100)


@pytest.mark.parametrize(("valeur", "texte"), [(62.5, "62.5"), (60.0, "60"), (0, "0"), (4.914956, "4.914956"), (0.1 + 0.2, "0.3")])
def test_numbers_take_their_shortest_form(valeur: float, texte: str) -> None:
    assert nombre(valeur) == texte


@pytest.mark.parametrize(("valeur", "texte"), [(0, "0"), (999_999, "999999"), (1_000_000, "1e+06"), (1_036_000, "1.036e+06")])
def test_a_real_takes_an_exponent_from_a_million_on(valeur: int, texte: str) -> None:
    assert simple_precision(valeur) == texte


def test_a_row_follows_the_columns_of_its_table_and_its_defaults() -> None:
    texte = ligne("piecejointe", date=date(2020, 2, 29), id=4, description="a\tb", fichier="")
    assert texte == "4\t\ta\\tb\t2020-02-29\t\\N\t\\N\t\\N\t0"


def test_an_unknown_column_is_refused() -> None:
    with pytest.raises(KeyError, match="inconnue"):
        ligne("piecejointe", id=4, inconnue=5)


def test_ids_of_a_table_never_come_twice(tmp_path: Path) -> None:
    copie = Copie(tmp_path)
    premiers = [copie.identifiant("annexe"), *copie.identifiants("annexe", 2), copie.identifiant("annexe")]
    assert premiers == sorted(set(premiers))

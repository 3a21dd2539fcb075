"""Typing: a value is read for certain, or it is null and its text is kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_contracts.errors import BadInputError
from data_contracts.source_contract import Column, ColumnType
from ingest.casts import typed

DATABASE = duckdb.connect(config={"threads": 1})
QUICKLY = settings(deadline=None, max_examples=50)


def read(kind: ColumnType, texts: Iterable[str | None]) -> list[tuple[Any, str | None]]:
    """Type one column; return each value with the JSON of what could not be read."""
    column = Column(nom="v", type=kind, description="made")
    rows = "(select unnest($1::varchar[]) as v, generate_subscripts($1::varchar[], 1) as _ligne)"
    answer = DATABASE.execute(f"{typed([column], rows)} order by _ligne", [list(texts)])
    return [(value, kept) for value, _, kept in answer.fetchall()]


def utc(*parts: int) -> datetime:
    """Give an instant as it lands."""
    return datetime(*parts, tzinfo=UTC).replace(tzinfo=None)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (ColumnType.ENTIER, "12", 12),
        (ColumnType.ENTIER, "-7", -7),
        (ColumnType.ENTIER, "+007", 7),
        (ColumnType.ENTIER, "9223372036854775807", 9223372036854775807),
        (ColumnType.REEL, "48.78", 48.78),
        (ColumnType.REEL, "10", 10.0),
        (ColumnType.REEL, "-1.5e-07", -1.5e-07),
        (ColumnType.REEL, ".5", 0.5),
        (ColumnType.ENTIER_FR, "1\u00a0528", 1528),
        (ColumnType.ENTIER_FR, "1\u202f528\u202f000", 1528000),
        (ColumnType.ENTIER_FR, "1528", 1528),
        (ColumnType.ENTIER_FR, "0", 0),
        (ColumnType.REEL_FR, "1\u00a0017,2", 1017.2),
        (ColumnType.REEL_FR, "1 017,2", 1017.2),
        (ColumnType.REEL_FR, "-1606,25", -1606.25),
        (ColumnType.REEL_FR, "698", 698.0),
        (ColumnType.DATE, "2017-06-28", date(2017, 6, 28)),
        (ColumnType.DATE, "2017-06-28 00:00:00", date(2017, 6, 28)),
        (ColumnType.DATE, "2017-06-28 00:00:00.000", date(2017, 6, 28)),
        (ColumnType.DATE, "1900-01-01", date(1900, 1, 1)),
        (ColumnType.DATE, "9999-12-31", date(9999, 12, 31)),
        (ColumnType.HORODATAGE_TZ, "2023-01-05 10:11:12.345+00", utc(2023, 1, 5, 10, 11, 12, 345000)),
        (ColumnType.HORODATAGE_TZ, "2023-01-05 00:30:00+01", utc(2023, 1, 4, 23, 30)),
        (ColumnType.HORODATAGE_TZ, "2023-01-05T10:11:12.123456Z", utc(2023, 1, 5, 10, 11, 12, 123456)),
        (ColumnType.HORODATAGE_TZ, "2023-01-05 10:11:12-03:30", utc(2023, 1, 5, 13, 41, 12)),
        (ColumnType.HORODATAGE_TZ, "1905-01-05 10:11:12+00:09:21", utc(1905, 1, 5, 10, 1, 51)),
        (ColumnType.BOOLEEN, "t", True),
        (ColumnType.BOOLEEN, "true", True),
        (ColumnType.BOOLEEN, "1", True),
        (ColumnType.BOOLEEN, "f", False),
        (ColumnType.BOOLEEN, "false", False),
        (ColumnType.BOOLEEN, "0", False),
        (ColumnType.HORODATAGE_MS, "1324033127610", utc(2011, 12, 16, 10, 58, 47, 610000)),
        (ColumnType.HORODATAGE_MS, "0", None),
        (ColumnType.TEXTE, "", ""),
        (ColumnType.TEXTE, "\\N", "\\N"),
        *((kind, None, None) for kind in ColumnType),
    ],
)
def test_a_readable_value_is_typed_and_nothing_is_kept_beside(kind: ColumnType, text: str | None, value: object) -> None:
    assert read(kind, [text]) == [(value, None)]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        *((ColumnType.ENTIER, text) for text in ("", "1.0", "1e3", " 1", "1 ", "1_000", "0x10", "9223372036854775808", "un", "١")),
        *((ColumnType.REEL, text) for text in ("", "NaN", "Infinity", "-inf", "1,5", "1_0", " 1", "1e400", ".", "e5")),
        *((ColumnType.ENTIER_FR, text) for text in ("", "NA", "1 52", "12 5280", "1,5", "1.528", " 12", "1\u20095")),
        *((ColumnType.REEL_FR, text) for text in ("", "NR", "1.017", "1 01,5", "1,", ",5", "1 017,2 m²", "1,017,2")),
        *((ColumnType.DATE, text) for text in ("", "infinity", "-infinity", "1899-12-31", "2017-02-29", "28/06/2017", "20170628")),
        *(
            (ColumnType.DATE, text)
            for text in ("2017-06-28 12:30:00", "0044-03-15 BC", "12017-06-28", "2017-6-28", "2017-06-28T00:00")
        ),
        *((ColumnType.BOOLEEN, text) for text in ("", "oui", "T", "2", "vrai")),
        *((ColumnType.HORODATAGE_MS, text) for text in ("", "2011-12-16", "9223372036854775807", "253402300800000", "1.5")),
        *(
            (ColumnType.HORODATAGE_TZ, text)
            for text in ("", "2023-01-05", "2023-01-05 10:11:12", "2023-02-30 10:11:12+00", "1850-01-05 10:11:12+00", "infinity")
        ),
    ],
)
def test_an_unreadable_value_is_null_and_its_text_is_kept(kind: ColumnType, text: str) -> None:
    [(value, kept)] = read(kind, [text])

    assert value is None
    assert kept is not None
    assert json.loads(kept) == {"v": text}


@QUICKLY
@given(st.lists(st.integers(min_value=-(2**63), max_value=2**63 - 1), min_size=1, max_size=20))
def test_every_bigint_is_read(values: list[int]) -> None:
    assert [value for value, _ in read(ColumnType.ENTIER, map(str, values))] == values


@QUICKLY
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=20))
def test_every_finite_real_is_read_as_the_same_real(values: list[float]) -> None:
    assert [value for value, _ in read(ColumnType.REEL, map(repr, values))] == values


@QUICKLY
@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2), st.sampled_from(["", " ", "\u00a0", "\u202f"]))
def test_every_number_written_in_french_is_read(value: Decimal, space: str) -> None:
    text = f"{value:,}".replace(",", space).replace(".", ",")

    assert read(ColumnType.REEL_FR, [text]) == [(float(value), None)]


@QUICKLY
@given(st.lists(st.dates(min_value=date(1900, 1, 1)), min_size=1, max_size=20))
def test_every_day_since_1900_is_read(values: list[date]) -> None:
    assert [value for value, _ in read(ColumnType.DATE, (value.isoformat() for value in values))] == values


@QUICKLY
@given(st.sampled_from(sorted(ColumnType)), st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=20))
def test_no_text_is_ever_lost(kind: ColumnType, texts: list[str]) -> None:
    for (value, kept), text in zip(read(kind, texts), texts, strict=True):
        is_zero = kind is ColumnType.HORODATAGE_MS and text.strip("+-0") == ""
        assert value is not None or is_zero or json.loads(kept or "{}") == {"v": text}


@pytest.mark.parametrize(
    ("kind", "texts"),
    [("date", ["28/06/2017", "29/06/2017", "2017-06-30"]), ("entier", ["un", "deux"]), ("booleen", ["oui"]), ("reel", ["1,5"])],
)
def test_a_column_mostly_of_another_type_is_refused_by_name_and_line_without_its_values(
    kind: str,
    texts: list[str],
    contracts: Callable[..., Path],
    csv_folder: Callable[..., Path],
    deliver: Callable[..., Any],
) -> None:
    folder = csv_folder(ecolo_a=[("id", "v"), *((str(rank), text) for rank, text in enumerate(texts)), ("9", None)])

    with pytest.raises(BadInputError, match=rf"« ecolo_a\.csv » : la colonne v n'est pas de type {kind} .*, ligne 2\)") as refusal:
        deliver(folder, contracts(ecolo_a={"colonnes": {"id": "entier", "v": kind}}))
    assert texts[0] not in str(refusal.value)


@pytest.mark.parametrize(("kind", "texts"), [("date", ["infinity", "0212-03-14", "0044-03-15 BC"]), ("reel", ["NaN", "Infinity"])])
def test_values_that_the_source_allows_but_we_cannot_hold_do_not_refuse_the_column(
    kind: str,
    texts: list[str],
    contracts: Callable[..., Path],
    csv_folder: Callable[..., Path],
    deliver: Callable[..., Any],
) -> None:
    folder = csv_folder(ecolo_a=[("id", "v"), *((str(rank), text) for rank, text in enumerate(texts))])

    report = deliver(folder, contracts(ecolo_a={"colonnes": {"id": "entier", "v": kind}}))

    assert report.delivery.tables[0].nb_illisibles == len(texts)

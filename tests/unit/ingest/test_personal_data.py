"""Personal data never reach the landing: neither the columns, nor the texts kept beside, nor any file left behind."""

from __future__ import annotations

import hashlib
import hmac
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from data_contracts.errors import BadInputError
from data_contracts.layout import Home
from ingest.personal_data import KEY_VARIABLE

NAME = "Anatole Dupin-Lévêque"


def personal(treatment: str, si: str | None = None, kind: str = "texte") -> dict[str, Any]:
    """Write the entry of a personal column."""
    return {"type": kind, "personnel": {"traitement": treatment, "motif": "made", **({"si": si} if si else {})}}


def expected(key: str, value: str) -> str:
    """Compute a pseudonym the plain way."""
    return "p:" + hmac.new(key.encode(), value.encode(), hashlib.sha256).hexdigest()[:16]


def files_holding(folder: Path, text: str) -> list[str]:
    """Return the files under a folder where a text can be found, compressed Parquet pages included."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes().decode(errors="replace")
            if path.suffix == ".parquet":
                content += str(duckdb.execute("from read_parquet($1)", [str(path)]).fetchall())
            if text in content:
                found.append(path.name)
    return found


@pytest.fixture
def single(
    contracts: Callable[..., Path], csv_folder: Callable[..., Path], deliver: Callable[..., Any], landed: Callable[..., Any]
) -> Callable[..., list[dict[str, Any]]]:
    """Import one table `ecolo_a` with an id and a personal column `nom`; return its rows."""

    def rows(entry: dict[str, Any], *values: str | None) -> list[dict[str, Any]]:
        contract = contracts(
            ecolo_a={"colonnes": {"id": "entier", "nom": entry, "genre": {"type": "texte", "presence": "facultative"}}}
        )
        folder = csv_folder(ecolo_a=[("id", "nom", "genre"), *((str(rank), value, "P") for rank, value in enumerate(values))])
        return landed(deliver(folder, contract), "ecolo_a")  # type: ignore[no-any-return]

    return rows


def test_a_dropped_column_does_not_land(single: Callable[..., Any]) -> None:
    [row] = single(personal("supprimer"), NAME)

    assert list(row) == ["id", "genre", "_ligne", "_illisible"]


@pytest.mark.parametrize("key", ["cle", "k" * 64, "é" * 200])
def test_a_pseudonym_is_the_start_of_a_keyed_hash(key: str, single: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, key)

    rows = single(personal("pseudonymiser"), NAME, "É", NAME, None, "")

    assert [row["nom"] for row in rows] == [expected(key, NAME), expected(key, "É"), expected(key, NAME), None, ""]


@pytest.mark.parametrize(("treatment", "word"), [("pseudonymiser", "un pseudonyme"), ("constater", "un constat")])
def test_a_contract_that_would_replace_a_number_by_a_text_is_refused(treatment: str, word: str, single: Callable[..., Any]) -> None:
    with pytest.raises(BadInputError, match=f"{word} est un texte"):
        single(personal(treatment, kind="entier"), "12")


def test_of_a_value_only_its_presence_may_land(single: Callable[..., Any]) -> None:
    rows = single(personal("constater"), NAME, None, "", "  ", "é")

    assert [row["nom"] for row in rows] == ["renseigné", None, None, None, "renseigné"]


def test_a_condition_spares_only_the_rows_for_which_it_is_false(
    contracts: Callable[..., Path], csv_folder: Callable[..., Path], deliver: Callable[..., Any], landed: Callable[..., Any]
) -> None:
    contract = contracts(
        ecolo_a={"colonnes": {"id": "entier", "nom": personal("supprimer", "genre = 'P'"), "genre": "texte"}},
    )
    folder = csv_folder(ecolo_a=[("id", "nom", "genre"), ("1", NAME, "P"), ("2", "Office public", "M"), ("3", NAME, None)])

    rows = landed(deliver(folder, contract), "ecolo_a")

    assert [row["nom"] for row in rows] == [None, "Office public", None]


def test_a_condition_may_read_another_table_and_a_column_that_never_lands(
    contracts: Callable[..., Path], csv_folder: Callable[..., Path], deliver: Callable[..., Any], landed: Callable[..., Any]
) -> None:
    condition = "ecolo_a.nature not in (select n.id from ecolo_nature as n where n.code <> 'P')"
    contract = contracts(
        ecolo_a={"colonnes": {"id": "entier", "nom": personal("pseudonymiser", condition), "nature": personal("supprimer")}},
        ecolo_nature={"colonnes": {"id": "entier", "code": "texte"}},
    )
    folder = csv_folder(
        ecolo_a=[("id", "nom", "nature"), *((str(rank), f"n{rank}", "10" if rank % 3 else "11") for rank in range(300))],
        ecolo_nature=[("id", "code"), ("10", "M"), ("11", "P")],
    )

    rows = landed(deliver(folder, contract), "ecolo_a")

    assert [row["nom"].startswith("p:") for row in rows] == [rank % 3 == 0 for rank in range(300)]
    assert [row["_ligne"] for row in rows] == list(range(2, 302))


@pytest.mark.parametrize("kind", ["entier", "date"])
def test_an_unreadable_personal_value_is_not_kept_beside(kind: str, single: Callable[..., Any]) -> None:
    [row] = single(personal("supprimer", "genre = 'P'", kind), NAME)

    assert (row["nom"], row["_illisible"]) == (None, None)


def test_quarantine_holds_no_personal_value_in_clear(
    contracts: Callable[..., Path],
    csv_folder: Callable[..., Path],
    deliver: Callable[..., Any],
    refused: Callable[..., Any],
    home: Home,
) -> None:
    columns = {
        "id": "entier",
        "nom": personal("pseudonymiser"),
        "tel": personal("supprimer"),
        "mail": personal("supprimer", "true"),
    }
    folder = csv_folder(ecolo_a=[("id", "nom", "tel", "mail"), (None, NAME, "0102030405", "anatole@exemple.fr")])

    report = deliver(folder, contracts(ecolo_a={"colonnes": columns}))

    assert [row["clause"] for row in refused(report, "ecolo_a")] == ["cle_primaire_absente"]
    assert {value for value in (NAME, "0102030405", "anatole@exemple.fr") if files_holding(home.root, value)} == set()


def test_no_file_left_after_the_import_holds_a_personal_value(single: Callable[..., Any], home: Home) -> None:
    single(personal("pseudonymiser"), *[NAME] * 50)

    assert files_holding(home.root, NAME) == []
    assert [path.name for path in (home.landing / "ecoloweb").iterdir() if path.name.startswith(".")] == []


def test_no_file_is_left_after_a_refusal(single: Callable[..., Any], home: Home) -> None:
    with pytest.raises(BadInputError):
        single({"type": "date"}, NAME)

    assert [path for path in home.root.rglob("*") if path.is_file()] == []


def test_the_key_is_made_once_and_readable_by_its_owner_only(single: Callable[..., Any], home: Home) -> None:
    [first] = single(personal("pseudonymiser"), NAME)
    key = home.pseudonym_key.read_text()
    [_, second] = single(personal("pseudonymiser"), "autre", NAME)

    assert first["nom"] == second["nom"] == expected(key, NAME)
    assert stat.S_IMODE(home.pseudonym_key.stat().st_mode) == 0o600
    assert len(bytes.fromhex(key)) == 32


def test_an_empty_key_is_refused(single: Callable[..., Any], home: Home) -> None:
    home.root.mkdir()
    home.pseudonym_key.write_text("\n")

    with pytest.raises(BadInputError, match="cle-pseudonymes est vide"):
        single(personal("pseudonymiser"), NAME)

"""`parc sql`: reads the current run, and can do nothing else."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from pyarrow import parquet

from dagster_project.commands import query
from data_contracts.errors import BadInputError
from data_contracts.layout import Home
from data_contracts.publication import PublishedRun

SELECT = "select convention_id, date_signature, surface_utile_m2, financements, est_anah from fct_convention order by all limit 1"


def test_a_table_is_for_reading(parc: PublishedRun, capsys: pytest.CaptureFixture[str]) -> None:
    query.run(parc.home, SELECT, "table")

    output = capsys.readouterr().out
    assert "convention_id" in output
    assert "1998-11-26" in output
    assert "1 ligne" in output


def test_csv_has_a_header_and_plain_values(parc: PublishedRun, capsys: pytest.CaptureFixture[str]) -> None:
    query.run(parc.home, SELECT, "csv")

    assert capsys.readouterr().out.splitlines() == [
        "convention_id,date_signature,surface_utile_m2,financements,est_anah",
        'ecoloweb:10,1998-11-26,1234.50,"[""PLAI"", ""PLUS""]",true',
    ]


def test_json_keeps_lists_numbers_and_nulls(parc: PublishedRun, capsys: pytest.CaptureFixture[str]) -> None:
    query.run(parc.home, SELECT, "json")

    assert json.loads(capsys.readouterr().out) == [
        {
            "convention_id": "ecoloweb:10",
            "date_signature": "1998-11-26",
            "surface_utile_m2": 1234.5,
            "financements": ["PLAI", "PLUS"],
            "est_anah": True,
        }
    ]


def test_parquet_goes_to_the_output_as_bytes(parc: PublishedRun, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    query.run(parc.home, SELECT, "parquet")

    table = parquet.read_table(io.BytesIO(capfdbinary.readouterr().out))
    assert table.column("convention_id").to_pylist() == ["ecoloweb:10"]


@pytest.mark.parametrize(
    "statement",
    [
        "attach '{folder}/autre.duckdb' as autre",
        "copy fct_lot to '{folder}/lots.csv'",
        "copy (select 1) to '{folder}/lots.parquet'",
        "export database '{folder}/tout'",
        "set threads = 1",
        "reset enable_external_access",
        "install httpfs",
        "load httpfs",
        "create table t as select 1",
        "create secret s (type s3, key_id 'k', secret 's')",
        "delete from fct_lot",
        "call force_checkpoint()",
        "use memory",
        "begin",
    ],
)
def test_only_statements_that_read_are_accepted(parc: PublishedRun, tmp_path: Path, statement: str) -> None:
    with pytest.raises(BadInputError, match="n'est pas permise"):
        query.run(parc.home, statement.format(folder=tmp_path), "table")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "statement",
    [
        "select * from read_csv('{file}')",
        "select * from '{file}'",
        "from read_text('{file}')",
        "from read_blob('{file}')",
        "from glob('{folder}/*')",
        "select * from read_parquet('{run}/marts/fct_lot.parquet')",
        "from sniff_csv('{file}')",
        "explain analyze copy (select 1) to '{folder}/x.csv'",
        "pragma enable_external_access",
        "pragma threads = 1",
        "pragma database_size; attach '{folder}/a.duckdb'",
    ],
)
def test_no_statement_reaches_a_file_or_a_setting(parc: PublishedRun, tmp_path: Path, statement: str) -> None:
    file = tmp_path / "secret.csv"
    file.write_text("a;b\n", encoding="utf-8")

    with pytest.raises(BadInputError):
        query.run(parc.home, statement.format(file=file, folder=tmp_path, run=parc.path), "table")
    assert list(tmp_path.iterdir()) == [file]


def test_the_connection_itself_refuses_what_the_filter_would_let_through(parc: PublishedRun, tmp_path: Path) -> None:
    import duckdb  # noqa: PLC0415 - the raw connection, without the command

    with parc.connect() as connection:
        for statement in (f"copy fct_lot to '{tmp_path / 'lots.csv'}'", f"attach '{tmp_path / 'a.duckdb'}'", "set threads = 1"):
            with pytest.raises(duckdb.Error):
                connection.execute(statement)


@pytest.mark.parametrize(
    ("statement", "cause"),
    [
        ("selec 1", "n'est pas du SQL correct"),
        ("select * from tab", "une table ou une fonction qui n'existe pas"),
        ("select colonne from fct_lot", "une colonne qui n'existe pas"),
        ("select 'a'::integer", "une valeur ne se convertit pas"),
        ("select 1; select 2", "contient 2 instructions"),
        (" ", "contient 0 instruction"),
    ],
)
def test_a_wrong_query_is_explained_in_one_french_sentence(parc: PublishedRun, statement: str, cause: str) -> None:
    with pytest.raises(BadInputError, match=cause) as refusal:
        query.run(parc.home, statement, "table")
    assert "\n" not in str(refusal.value)


def test_an_unknown_format_is_refused_with_the_known_ones(parc: PublishedRun) -> None:
    with pytest.raises(BadInputError, match="« xls » n'existe pas : choisir table, csv, json, parquet"):
        query.run(parc.home, "select 1", "xls")


def test_nothing_can_be_read_before_a_publication(home: Home) -> None:
    with pytest.raises(BadInputError, match="Aucune publication"):
        query.run(home, "select 1", "table")


@pytest.mark.parametrize("text", ["[/b]", "[bold]x[/bold]", "[a-z]+"])
def test_what_looks_like_markup_is_shown_as_it_is(text: str, parc: PublishedRun, capsys: pytest.CaptureFixture[str]) -> None:
    query.run(parc.home, f"select '{text}'", "table")

    assert capsys.readouterr().out.count(text) == 2


def test_a_value_does_not_steer_the_terminal(parc: PublishedRun, capsys: pytest.CaptureFixture[str]) -> None:
    query.run(parc.home, "select chr(27) || '[31mrouge' || chr(10) || 'suite' as " + '"\x1b]0;titre\x07"', "table")

    output = capsys.readouterr().out
    assert "\x1b" not in output
    assert "\x07" not in output
    assert "[31mrouge" in output
    assert "suite" in output

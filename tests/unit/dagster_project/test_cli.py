"""The command line: French to the last usage message, exit codes, and nothing heavy for the small commands."""

from __future__ import annotations

import errno
import os
import subprocess
import sys

import pytest

from dagster_project import cli
from dagster_project.commands import status
from data_contracts.errors import BadInputError, RefusedError
from data_contracts.layout import Home
from data_contracts.publication import PublishedRun

HEAVY = {
    "dagster",
    "dagster_dbt",
    "dbt",
    "great_expectations",
    "openpyxl",
    "pandas",
    "polars",
    "psycopg",
    "pyarrow",
    "sqlalchemy",
    "streamlit",
}


@pytest.fixture(autouse=True)
def at_home(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARC_HOME", str(home.root))
    monkeypatch.delenv("PARC_DATE_REFERENCE", raising=False)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["toto"], "La commande « toto » n'existe pas : voir « parc --help »."),
        (["status", "--jsno"], "L'option « --jsno » n'existe pas (proche : --json) : voir « parc status --help »."),
        (["status", "trop"], "Argument en trop : « trop » : voir « parc status --help »."),
        (["import", "ecoloweb"], "Il manque l'argument CHEMIN_OU_URL : voir « parc import --help »."),
        (["export"], "Il manque l'option « --sortie » : voir « parc export --help »."),
        (
            ["demo", "--conventions", "mille"],
            "L'option « --conventions » : un nombre entier est attendu : voir « parc demo --help ».",
        ),
        (["demo", "--conventions", "0"], "L'option « --conventions » : le nombre est trop petit : voir « parc demo --help »."),
        (["dashboard", "--port", "70000"], "L'option « --port » : le nombre est trop grand : voir « parc dashboard --help »."),
        (["run", "--date-reference", "2026-02-30"], "La date de référence « 2026-02-30 » n'est pas une date"),
        (["import", "toto", "x"], "toto"),
        (["run"], "Aucune livraison dans"),
        (["sql", "select 1"], "Aucune publication dans"),
        (["export", "--sortie", "ailleurs"], "Aucune publication dans"),
        (["dashboard"], "Aucune publication dans"),
        (["decision", "a", "justifié", "--motif", "x"], "Aucune publication dans"),
        (["decision", "a"], "Il manque l'argument STATUT"),
        (["regles", "DUR-999"], "La règle « DUR-999 » n'existe pas : « parc regles » les liste toutes."),
    ],
)
def test_a_wrong_command_gets_one_french_sentence_and_exit_code_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = cli.execute(arguments)

    output = capsys.readouterr()
    assert code == 2
    assert said in output.err
    assert len(output.err.splitlines()) == 1


@pytest.mark.parametrize(
    "command", [[], ["import"], ["run"], ["demo"], ["status"], ["sql"], ["export"], ["decision"], ["dashboard"], ["dagster"]]
)
def test_help_is_in_french(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.execute([*command, "--help"]) == 0

    output = capsys.readouterr().out
    assert output.startswith("Usage : parc")
    for english in ("Usage:", "Show this message", "Commands", "required", "default:", "<str>", "[ARGS]"):
        assert english not in output


def test_no_command_shows_the_help_and_exits_with_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.execute([]) == 2
    assert "Commandes :" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (BadInputError("Le fichier manque."), 2, "Le fichier manque."),
        (RefusedError("Publication refusée."), 1, "Publication refusée."),
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/data/x"), 2, "Plus de place sur le disque (/data/x)"),
        (PermissionError(errno.EACCES, os.strerror(errno.EACCES), "/data"), 2, "Accès refusé par le système (/data)"),
        (RuntimeError("IO Error: Could not write file: No space left on device"), 2, "Plus de place sur le disque :"),
        (RuntimeError("(sqlite3.OperationalError) database or disk is full"), 2, "Plus de place sur le disque :"),
        (RefusedError("dbt : Could not write file: No space left on device"), 2, "Plus de place sur le disque :"),
        (KeyboardInterrupt(), 130, "Interrompu : rien n'a été publié."),
        (ZeroDivisionError("division by zero"), 1, "Erreur imprévue (ZeroDivisionError), à signaler avec le fichier"),
    ],
)
def test_every_error_is_one_sentence_and_an_exit_code(
    error: BaseException, code: int, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(status, "run", fails)

    assert cli.execute(["status"]) == code
    written = capsys.readouterr().err
    assert said in written
    assert "Traceback" not in written


def test_the_details_of_an_unforeseen_error_are_kept_in_a_file(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(status, "run", lambda *_, **__: 1 // 0)

    cli.execute(["status"])

    assert "ZeroDivisionError" in (home.cache / "derniere-erreur.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("given", "codes"), [(None, ()), ("33", ("33",)), ("33,2a", ("33", "2A")), (" 33 , 33,", ("33",)), ("", ())]
)
def test_lists_of_codes_are_split_at_commas(given: str | None, codes: tuple[str, ...]) -> None:
    assert cli.codes(given) == codes


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["regles"],
        ["status"],
        ["status", "--json"],
        ["sql", "select 1", "--format", "csv"],
        ["decision", "a", "à traiter"],
    ],
)
def test_small_commands_import_nothing_heavy(parc: PublishedRun, arguments: list[str]) -> None:
    code = (
        "import sys; from dagster_project import cli; "
        f"code = cli.execute({arguments!r}); "
        f"print(code, sorted({HEAVY!r} & set(sys.modules)), file=sys.stderr)"
    )
    environment = {**os.environ, "PARC_HOME": str(parc.home.root)}

    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)

    assert done.stderr == "0 []\n"


def test_a_reader_that_stops_early_is_no_error(parc: PublishedRun) -> None:
    command = f"{sys.executable} -c 'from dagster_project.cli import main; main()' sql 'from range(500000)' --format csv | head -1"
    environment = {**os.environ, "PARC_HOME": str(parc.home.root)}

    done = subprocess.run(
        ["/bin/bash", "-o", "pipefail", "-c", command], env=environment, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")

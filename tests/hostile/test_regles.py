"""A rule, a view or a description that tries more than it may: to read or write elsewhere, to exhaust memory or the stack."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_contracts.errors import BadInputError
from data_contracts.rule_expression import ExpressionError, read
from data_contracts.yaml_file import YamlFile
from tests.support import made_rules

ELSE_READ = "(select content from read_text('/etc/hostname'))"
ELSEWHERE = (
    "exists (select 1 from read_csv('/etc/passwd'))",
    "nombre in (select 1 from glob('/*'))",
    "nombre < (select count(*) from '../../secret.parquet')",
    "nombre < (select count(*) from autre_table)",
    "nombre < 1; attach '/tmp/vol.db'",
    "nombre < 1; copy vue to '/tmp/vol.csv'",
    "nombre < 1) ; install httpfs; --",
    "nombre < 1 union select 1",
    "nombre < 1 from read_csv('/etc/passwd') --",
    "getenv('PARC_CLE') = ''",
    "current_setting('threads') = '1'",
    "read_text('/etc/passwd') is null",
    "query('select 1') is null",
    "query_table('x') is null",
    "getvariable('x') is null",
    "pragma_version() is null",
    "pg_sleep(10) is null",
    "system.main.current_user() is null",
    "nombre < count(*) over ()",
    "main.nombre < 1",
    "columns('.*') is null",
    "nextval('s') > 0",
    "nombre < $1",
    "$$seuil$$ = famille",
    "famille = '$seuil'",
    "nombre < 1 -- $seuil",
    "nombre < 1 /* $seuil */",
)


@pytest.mark.parametrize("expression", ELSEWHERE)
def test_an_expression_that_reads_anything_but_its_row_is_refused_with_its_line(expression: str, tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"essai\.yml, ligne \d+ : "):
        made_rules.read(tmp_path, {**made_rules.RULE, "condition": expression})


def test_the_value_of_a_parameter_never_becomes_code(tmp_path: Path) -> None:
    named = {"nom": "nom", "libelle": "Nom", "type": "texte", "valeurs": [{"valeur": f"' || {ELSE_READ} || '"}], "source": "Essai"}
    parameters = f"{made_rules.PARAMETERS}\n- {named}"
    with pytest.raises(BadInputError, match="nomme un paramètre dans un texte"):
        made_rules.read(tmp_path, {**made_rules.RULE, "condition": "famille = '$nom' or famille = $nom"}, parameters=parameters)


def test_the_date_of_the_law_is_a_column_even_where_the_parameter_is_only_shown(tmp_path: Path) -> None:
    rule = {**made_rules.RULE, "condition": "nombre < 1", "message": "Sous {seuil_date}.", "date_du_droit": ELSE_READ}
    with pytest.raises(BadInputError, match="n'est pas une colonne de la vue"):
        made_rules.read(tmp_path, rule)


@pytest.mark.parametrize("key", ["discriminant", "preuve"])
def test_what_a_rule_shows_is_a_column(key: str, tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="n'est pas une colonne de la vue"):
        made_rules.read(tmp_path, {**made_rules.RULE, key: [ELSE_READ]})


@pytest.mark.parametrize(
    "column", [{"nom": "a, (from read_text('/etc/passwd')) as b"}, {"type": f"VARCHAR) , {ELSE_READ}"}], ids=str
)
def test_a_view_that_hides_sql_in_a_column_is_refused(
    column: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    added = {"nom": "essai", "type": "VARCHAR", **column}
    monkeypatch.setitem(made_rules.COLUMNS, added["nom"], added["type"])
    with pytest.raises(BadInputError, match=r"objet\.yml, ligne \d+ : "):
        made_rules.read(tmp_path, made_rules.RULE)


@pytest.mark.parametrize("expression", ["not " * 3000 + "est_foyer", "1 + " * 20_000 + "1", "\ud800", "'\0'"], ids=len)
def test_an_endless_expression_is_refused(expression: str) -> None:
    with pytest.raises(ExpressionError):
        read(expression)


LAUGHS = "l0: &l0 [1]\n" + "".join(f"l{rank}: &l{rank} [{f'*l{rank - 1}, ' * 10}]\n" for rank in range(1, 9))
"""Each line repeats ten times the one before."""


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "- " * 50_000,
        "{a: " * 50_000,
        LAUGHS,
        "a: &a [*a]\n",
        f"a: &a [{'1, ' * 1000}]\nb: [{'*a, ' * 1000}]\n",
        "a: 2020-13-45\n",
        "a: !!timestamp x\n",
        f"a: {'9' * 5000}\n",
        "a: !!python/object/apply:os.system [ls]\n",
        "? [a]\n: 1\n",
    ],
    ids=lambda text: text[:20],
)
def test_a_yaml_that_exhausts_memory_or_the_stack_is_refused_with_its_line(text: str, tmp_path: Path) -> None:
    path = tmp_path / "enquete.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInputError, match=r"enquete\.yml, ligne \d+ : "):
        YamlFile(path)


def test_a_yaml_that_repeats_what_repeats_others_is_read_while_it_stands_for_little(tmp_path: Path) -> None:
    path = tmp_path / "delais.yml"
    path.write_text("- mesures: &mesures [{nom: mediane}]\n- volets: &volets [{mesures: *mesures}]\n- *volets\n", encoding="utf-8")
    assert YamlFile(path).content[2] == [{"mesures": [{"nom": "mediane"}]}]

"""`parc regles`: the catalogue for a person and for a program."""

from __future__ import annotations

import json

import pytest

from dagster_project import french
from dagster_project.commands import regles
from data_contracts.rule_contract import Etat
from data_contracts.rule_loader import catalogue


def test_the_catalogue_lists_every_rule(capsys: pytest.CaptureFixture[str]) -> None:
    regles.run(None, as_json=False)

    output = capsys.readouterr().out
    assert all(name in output for name in catalogue().rules)
    assert f"{len(catalogue().rules)} règles" in output


def test_the_catalogue_counts_its_rules_by_family_and_state(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    regles.run(None, as_json=False)

    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in capsys.readouterr().out.splitlines()]
    by_state = {cells[0]: cells[1:] for cells in rows if cells}
    rules = catalogue().as_received().rules.values()
    states = [state for state in Etat if any(rule.etat is state for rule in rules)]
    duration = [rule.etat for rule in rules if rule.famille == "DUR"]
    assert by_state["DUR · Durée et date de fin"] == [str(len(duration)), *(str(duration.count(state)) for state in states)]
    every = [rule.etat for rule in rules]
    assert by_state["Ensemble"] == [str(len(every)), *(str(every.count(state)) for state in states)]


def test_the_json_form_lists_every_rule_with_its_state(capsys: pytest.CaptureFixture[str]) -> None:
    regles.run(None, as_json=True)

    listed = json.loads(capsys.readouterr().out)["regles"]
    assert {rule["id"]: rule["etat"] for rule in listed} == {
        name: rule.etat for name, rule in catalogue().as_received().rules.items()
    }


def test_a_rule_shows_its_law_its_threshold_and_its_examples(capsys: pytest.CaptureFixture[str]) -> None:
    regles.run("dur-003", as_json=False)

    output = capsys.readouterr().out
    assert "DUR-003 (version 1) : Durée d'une convention PLS inférieure à 15 ans" in output
    assert "pls_duree_depuis = 03/05/2002 : " in output
    assert "  - FAQ réglementaire d'APiLos (LO3), « Date fin de convention »" in output
    assert "  - ne se déclenche pas : Famille de financement : PLS ; Signature : 01/07/2010" in output
    assert "Fait taire : DUR-001" in output


def test_a_severity_that_depends_on_the_case_says_on_what(capsys: pytest.CaptureFixture[str]) -> None:
    regles.run("FIN-001", as_json=False)

    output = capsys.readouterr().out
    assert "  - à vérifier si est_foyer\n  - non réglementaire sinon" in output


def test_a_threshold_that_is_lo3_s_to_settle_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    regles.run("FIN-001", as_json=False)

    assert "mixte_reautorise_le = vide" in capsys.readouterr().out.replace("\n", " ")


def test_the_json_form_of_a_rule_has_its_documented_names(capsys: pytest.CaptureFixture[str]) -> None:
    regles.run("GEO-001", as_json=True)

    content = json.loads(capsys.readouterr().out)
    assert content["format"] == 1
    (rule,) = content["regles"]
    assert set(rule) == {
        *("id", "version", "titre", "famille", "etat", "sources", "grain", "en_clair", "applicable", "condition", "date_du_droit"),
        *(
            "croise_avec",
            "discriminant",
            "severite",
            "couvre",
            "preuve",
            "message",
            "action",
            "references",
            "faux_positifs",
            "exemples",
            "parametres",
        ),
    }


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (None, "vide"),
        ([], "vide"),
        (["PLAI", "PLUS"], "PLAI, PLUS"),
        (12345, "12\u202f345"),
        (0.5, "0,5"),
        (True, "oui"),
        (False, "non"),
        ("2024-02-08", "08/02/2024"),
        ("12.50", "12,50"),
        ("PLUS", "PLUS"),
        ("CCH R. 353-61", "CCH R. 353-61"),
    ],
)
def test_a_value_is_written_the_french_way(found: object, words: str) -> None:
    assert french.value(found) == words  # type: ignore[arg-type]


def test_a_rule_sleeps_while_it_lacks_a_source_that_it_reads_or_compares_with() -> None:
    rule = catalogue().rules["AGR-010"].model_copy(update={"sources": ("apilos",), "croise_avec": ("siap", "sisal")})

    assert rule.state({"apilos", "sisal"}) is Etat.ACTIVE
    assert rule.state({"apilos"}) is Etat.EN_ATTENTE_DE_SOURCE
    assert rule.state({"siap", "sisal"}) is Etat.EN_ATTENTE_DE_SOURCE

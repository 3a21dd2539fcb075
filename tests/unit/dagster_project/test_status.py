"""`parc status`: what is published, from what, and what waits."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from dagster_project.commands import status
from dagster_project.session import Forcing
from data_contracts import decision_register
from data_contracts.layout import Home
from data_contracts.publication import PublishedRun
from data_contracts.source_contract import Severity
from tests.support import made_decisions
from tests.unit.dagster_project import made

NOW = made.RECEIVED + timedelta(days=3)


def test_the_json_form_has_its_documented_names(parc: PublishedRun) -> None:
    record = status.as_record(status.read(parc.home, NOW))

    assert list(record) == [
        "format",
        "run_id",
        "publie_le",
        "date_reference",
        "version_code",
        "livraisons",
        "marts",
        "controles",
        "publication_forcee",
        "anomalies_ouvertes",
        "score_qualite",
        "parametres_changes",
        "parametres_en_attente",
        "decisions_en_attente",
        "quarantaine",
        "avertissements",
        "rapport_qualite",
    ]
    assert list(record["livraisons"][0]) == [
        "source",
        "livraison_id",
        "origine",
        "sha256",
        "recue_le",
        "age",
        "departements",
        "nb_recus",
        "nb_quarantaine",
    ]
    assert record["format"] == 1


def test_the_json_form_is_what_the_command_prints(parc: PublishedRun, capsys: pytest.CaptureFixture[str]) -> None:
    status.run(parc.home, as_json=True)

    assert json.loads(capsys.readouterr().out)["run_id"] == parc.run_id


def test_the_quality_report_is_where_it_is_said_to_be(parc: PublishedRun) -> None:
    found = status.read(parc.home, NOW)

    assert status.as_record(found)["rapport_qualite"] == str(parc.path / "rapport-qualite" / "rapport-qualite.html")
    assert f"Rapport de qualité : {parc.path / 'rapport-qualite' / 'rapport-qualite.html'}" in status.lines(found)


def test_deliveries_come_with_their_age_and_rows(parc: PublishedRun) -> None:
    text = "\n".join(status.lines(status.read(parc.home, NOW)))

    assert "ecoloweb a1b2c3d4e5f60718 (essai.sql), reçue il y a 3 jours, 1 ligne reçue, 0 en quarantaine" in text


def test_open_findings_are_counted_by_severity(parc: PublishedRun) -> None:
    assert status.read(parc.home, NOW).findings == {"anomalie": 2}


def test_the_score_is_the_mean_of_the_agreements_that_have_one(parc: PublishedRun) -> None:
    found = status.read(parc.home, NOW)

    assert status.as_record(found)["score_qualite"] == {"moyenne": 96.25, "nb_notees": 2, "nb_conventions": 2}
    assert "Score de qualité : 96,25\u202f% en moyenne (2 conventions notées sur 2)" in status.lines(found)


def test_without_any_scored_agreement_there_is_no_mean(home: Home) -> None:
    made.published(home, {"fct_convention": [{"convention_id": "ecoloweb:10"}]})
    found = status.read(home, NOW)

    assert status.as_record(found)["score_qualite"] == {"moyenne": None, "nb_notees": 0, "nb_conventions": 1}
    assert "Score de qualité : aucune convention notée" in status.lines(found)


def test_a_delivery_of_some_departements_is_a_warning(parc: PublishedRun) -> None:
    assert "La livraison ecoloweb ne couvre que les départements 33, 2A." in status.warnings(status.read(parc.home, NOW))


def test_a_delivery_received_since_the_publication_is_a_warning(home: Home) -> None:
    first = made.land(home, {})
    made.published(home, {}, deliveries=[first])
    made.land(home, {}, livraison_id="nouvelle", recue_le=datetime(2026, 11, 2, tzinfo=UTC))

    [warning] = status.warnings(status.read(home, NOW))
    assert "La livraison ecoloweb nouvelle, reçue le" in warning
    assert "lancer « parc run »" in warning


def test_decisions_that_the_publication_does_not_show_yet_are_counted(home: Home) -> None:
    shown, waiting = made_decisions.decision(), made_decisions.decision(motif="autre")
    made.published(home, {"fct_decision": [{"decision_id": shown.decision_id, "date_decision": shown.date_decision}]})
    decision_register.add(home, [shown, waiting], NOW)

    found = status.read(home, NOW)

    assert status.as_record(found)["decisions_en_attente"] == 1
    assert status.warnings(found) == ["1 décision attend le prochain run : lancer « parc run »."]


def test_decisions_wait_for_the_first_run(home: Home) -> None:
    decision_register.add(home, [made_decisions.decision(), made_decisions.decision(made_decisions.B)], NOW)

    assert "2 décisions attendent le prochain run : lancer « parc run »." in status.warnings(status.read(home, NOW))


def test_a_damaged_file_of_decisions_is_a_warning(home: Home) -> None:
    home.decisions.mkdir(parents=True)
    (home.decisions / "abime.jsonl").write_bytes(b"{")

    assert f"Le fichier de décisions {home.decisions / 'abime.jsonl'} est abîmé" in status.warnings(status.read(home, NOW))[1]


def test_controls_are_counted_as_passed_alerts_and_blocking(home: Home) -> None:
    session = made.session(home, {})
    session.controls.record([made.control("b", succes=False, gravite=Severity.ALERTE), made.control("c", succes=False)])
    made.publication.publish(session, made.MODELS, 1, dict)

    assert status.as_record(status.read(home, NOW))["controles"] == {"reussis": 1, "alertes": 1, "bloquants": 1}


def test_a_forced_publication_is_a_warning_with_each_check_that_it_breaks(home: Home) -> None:
    session = made.session(home, {})
    session.forcing = Forcing("Claude Exemple")
    session.controls.record([made.control("b", succes=False)])
    made.publication.publish(session, made.MODELS, 1, dict)
    found = status.read(home, NOW)

    assert status.as_record(found)["publication_forcee"]["par"] == "Claude Exemple"
    said, broken = status.warnings(found)
    assert said.startswith("Publication forcée malgré 1 contrôle bloquant rompu, par Claude Exemple, le ")
    assert said.endswith(" Aucun motif n'a été donné.")
    assert broken == "ecoloweb.ecolo_avenant : numéro absent (2 au lieu de 0 ; clés : 12, 34)"


def test_a_home_where_nothing_is_published_says_what_to_do(home: Home) -> None:
    found = status.read(home, NOW)

    assert status.as_record(found)["run_id"] is None
    assert status.as_record(found)["score_qualite"] is None
    assert status.lines(found) == [f"! Aucune publication dans {home.published} : lancer « parc import » puis « parc run »."]

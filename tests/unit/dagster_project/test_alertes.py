"""Alerts: one form, two channels, and what happens when a channel does not answer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from dagster_project import canaux
from dagster_project.alertes import Alerte
from tests.support.local_servers import Mails, mails, posts

ALERT = Alerte(
    quoi="Livraison refusée : « base.dump » est tronqué.\nDeuxième ligne.",
    ou="dépôt, source Ecoloweb, « base.dump »",
    depuis=datetime(2026, 11, 3, 13, 5, tzinfo=UTC),
    qui="Équipe SIAP (DHUP)",
    que_faire="obtenir une livraison corrigée.",
    run_id="0123",
    lien="http://127.0.0.1:3000/runs/0123",
)


@pytest.fixture
def mail_server() -> Iterator[Mails]:
    with mails() as server:
        yield server


def test_a_message_says_what_where_since_when_who_and_what_to_do() -> None:
    starts = [line.partition(" :")[0] for line in ALERT.texte.splitlines()]

    assert starts == ["Quoi", "Deuxième ligne.", "Où", "Depuis", "Qui", "Que faire", "Run"]


def test_the_subject_is_one_short_line() -> None:
    assert ALERT.objet == "[parc] Livraison refusée : « base.dump » est tronqué."


def test_the_webhook_receives_the_documented_json() -> None:
    with posts() as server:
        assert canaux.send(ALERT, {"PARC_ALERTE_WEBHOOK": server.url}) == (["webhook"], [])

    assert server.received == [
        {
            "format": 1,
            "quoi": ALERT.quoi,
            "ou": ALERT.ou,
            "depuis": "2026-11-03T13:05:00+00:00",
            "qui": ALERT.qui,
            "que_faire": ALERT.que_faire,
            "run_id": "0123",
            "lien": "http://127.0.0.1:3000/runs/0123",
            "text": ALERT.texte,
        }
    ]


def test_a_webhook_that_fails_is_tried_again() -> None:
    with posts(503, 500, 204) as server:
        assert canaux.send(ALERT, {"PARC_ALERTE_WEBHOOK": server.url}, pause=0) == (["webhook"], [])

    assert len(server.received) == 3


def test_a_webhook_that_refuses_is_said_without_its_secret() -> None:
    with posts(403) as server:
        took, [said] = canaux.send(ALERT, {"PARC_ALERTE_WEBHOOK": server.url}, pause=0)

    assert took == []
    assert said == "L'alerte n'a pas pu être envoyée au webhook de 127.0.0.1 (réponse 403) : vérifier PARC_ALERTE_WEBHOOK."


def test_a_webhook_that_does_not_answer_is_given_up() -> None:
    with posts(silent=threading.Event()) as server:
        took, [said] = canaux.send(ALERT, {"PARC_ALERTE_WEBHOOK": server.url}, timeout=0.1, pause=0)

    assert took == []
    assert "secret" not in said


@pytest.mark.parametrize("address", ["pas une adresse", "http://", "http://127.0.0.1:1/x"])
def test_a_webhook_that_is_not_there_is_said_and_not_raised(address: str) -> None:
    took, [said] = canaux.send(ALERT, {"PARC_ALERTE_WEBHOOK": address}, timeout=0.5, pause=0)

    assert took == []
    assert "vérifier PARC_ALERTE_WEBHOOK" in said


def test_the_recipients_receive_the_message(mail_server: Mails) -> None:
    environment = {
        "PARC_ALERTE_COURRIELS": "astreinte@exemple.fr, equipe@exemple.fr",
        "PARC_ALERTE_EXPEDITEUR": "parc@exemple.fr",
        "PARC_SMTP": mail_server.url,
    }

    assert canaux.send(ALERT, environment) == (["courriel"], [])

    [message] = mail_server.received
    assert (message["From"], message["To"]) == ("parc@exemple.fr", "astreinte@exemple.fr, equipe@exemple.fr")
    assert message["Subject"] == ALERT.objet
    assert message.get_content().replace("\r\n", "\n") == ALERT.texte


def test_a_password_is_not_given_to_a_mail_server_that_does_not_encrypt(mail_server: Mails) -> None:
    server = mail_server.url.replace("smtp://", "smtp://parc:motdepasse@")

    took, [said] = canaux.send(ALERT, {"PARC_ALERTE_COURRIELS": "a@exemple.fr", "PARC_SMTP": server})

    assert (took, mail_server.received) == ([], [])
    assert "motdepasse" not in said


@pytest.mark.parametrize("address", ["ftp://serveur", "smtp://serveur:port", "smtp://127.0.0.1:1"])
def test_a_mail_server_that_is_not_there_is_said_and_not_raised(address: str) -> None:
    took, [said] = canaux.send(ALERT, {"PARC_ALERTE_COURRIELS": "a@exemple.fr", "PARC_SMTP": address}, timeout=0.5)

    assert took == []
    assert "PARC_SMTP" in said


def test_a_channel_that_fails_does_not_stop_the_other(mail_server: Mails) -> None:
    environment = {
        "PARC_ALERTE_WEBHOOK": "http://127.0.0.1:1/x",
        "PARC_ALERTE_COURRIELS": "a@exemple.fr",
        "PARC_SMTP": mail_server.url,
    }

    took, unsent = canaux.send(ALERT, environment, pause=0)

    assert took == ["courriel"]
    assert len(unsent) == 1


def test_nothing_is_sent_when_nothing_is_set_up() -> None:
    assert canaux.send(ALERT, {}) == ([], [])

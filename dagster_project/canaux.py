"""Sends alerts: to a webhook, by e-mail, both or neither, as the environment says. What fails is said and never raised.

The address of a webhook and that of a mail server hold secrets: what is said of them is the host.
"""

from __future__ import annotations

import os
import smtplib
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from urllib.parse import SplitResult, unquote, urlsplit

import urllib3

from dagster_project.alertes import Alerte

WEBHOOK_VARIABLE = "PARC_ALERTE_WEBHOOK"
RECIPIENTS_VARIABLE = "PARC_ALERTE_COURRIELS"
SMTP_VARIABLE = "PARC_SMTP"
SENDER_VARIABLE = "PARC_ALERTE_EXPEDITEUR"
TRIES = 3
TIMEOUT = 5.0
"""Seconds for a server to answer."""
PAUSE = 1.0
"""Seconds before another try."""
SMTP_PORTS = {"smtp": 25, "smtps": 465}
OK = range(200, 300)


class UnsentError(Exception):
    """An alert that a channel did not take. `str(error)` is a French sentence without any secret."""


def send(
    alert: Alerte, environment: Mapping[str, str] = os.environ, *, timeout: float = TIMEOUT, pause: float = PAUSE
) -> tuple[list[str], list[str]]:
    """Send an alert through every channel set up; return the channels that took it, and a sentence for each that did not."""
    took, unsent = [], []
    for name, channel in _channels(environment, timeout, pause).items():
        try:
            channel(alert)
            took.append(name)
        except UnsentError as failure:
            unsent.append(str(failure))
    return took, unsent


def _channels(environment: Mapping[str, str], timeout: float, pause: float) -> dict[str, Callable[[Alerte], None]]:
    channels: dict[str, Callable[[Alerte], None]] = {}
    if address := environment.get(WEBHOOK_VARIABLE, "").strip():
        channels["webhook"] = lambda alert: _post(alert, address, timeout, pause)
    if recipients := environment.get(RECIPIENTS_VARIABLE, "").strip():
        sender = environment.get(SENDER_VARIABLE, "").strip() or f"parc@{socket.getfqdn()}"
        server = environment.get(SMTP_VARIABLE, "").strip() or "smtp://localhost"
        channels["courriel"] = lambda alert: _mail(_message(alert, sender, recipients), server, timeout)
    return channels


def _post(alert: Alerte, address: str, timeout: float, pause: float) -> None:
    """Post the JSON of an alert, three times at most. Raises UnsentError."""
    host, reason = urlsplit(address).hostname or "sans serveur", ""
    with urllib3.PoolManager(retries=False, timeout=timeout) as pool:
        for attempt in range(TRIES):
            if attempt:
                time.sleep(pause)
            try:
                status = pool.request("POST", address, json=alert.json(), redirect=False).status
            except urllib3.exceptions.HTTPError as error:
                # Its own words quote the address, which is a secret.
                reason = type(error).__name__
                continue
            if status in OK:
                return
            reason = f"réponse {status}"
    raise UnsentError(f"L'alerte n'a pas pu être envoyée au webhook de {host} ({reason}) : vérifier {WEBHOOK_VARIABLE}.")


def _message(alert: Alerte, sender: str, recipients: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = alert.objet, sender, recipients
    message.set_content(alert.texte)
    return message


def _mail(message: EmailMessage, server: str, timeout: float) -> None:
    """Give a message to the mail server. Raises UnsentError."""
    try:
        address = urlsplit(server)
        port = address.port or SMTP_PORTS[address.scheme]
    except (KeyError, ValueError):
        raise UnsentError(f"{SMTP_VARIABLE} n'est pas une adresse smtp://serveur:port ou smtps://serveur:port.") from None
    try:
        with _connected(address, port, timeout) as smtp:
            smtp.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        raise UnsentError(
            f"L'alerte n'a pas pu être envoyée par le serveur de courriel {address.hostname} ({type(error).__name__}) : "
            f"vérifier {SMTP_VARIABLE}."
        ) from error


def _connected(address: SplitResult, port: int, timeout: float) -> smtplib.SMTP:
    """Return an open connection. A password is only ever given to a server that encrypts and proves who it is."""
    context, host = ssl.create_default_context(), address.hostname or ""
    if address.scheme == "smtps":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=timeout, context=context)
    else:
        smtp = smtplib.SMTP(host, port, timeout=timeout)
    if address.username:
        if address.scheme == "smtp":
            smtp.starttls(context=context)
        smtp.login(unquote(address.username), unquote(address.password or ""))
    return smtp

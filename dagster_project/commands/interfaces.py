"""`parc dashboard` and `parc dagster`: the two web interfaces. Each takes the place of this process, so that Ctrl-C reaches it."""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
from typing import TYPE_CHECKING

from dagster_project.alertes import URL_VARIABLE
from dagster_project.instance import close_dead_runs, write_settings
from data_contracts.acces import connexion, droits
from data_contracts.errors import BadInputError
from data_contracts.loader import ROOT
from data_contracts.publication import current_run

if TYPE_CHECKING:
    from pathlib import Path

    from data_contracts.layout import Home

APP = ROOT.parent / "dashboards" / "app.py"


def dashboard(home: Home, port: int, address: str) -> None:
    """Serve the dashboards.

    Raises BadInputError when nothing is published, when the port is taken, when the access is half configured, or when others than
    this machine would be served without signing in.
    """
    current_run(home)
    sign_in = _sign_in(home)
    if sign_in is None:
        _keep_to_this_machine(address, f"écrire {home.sign_in} et {home.access_rights} pour que ses lecteurs se connectent")
    _free(address, port)
    _become(dashboard_command(port, address, sign_in), {"PARC_HOME": str(home.root)})


def dagster(home: Home, port: int, address: str) -> None:
    """Serve Dagster's interface, which signs nobody in. Raises BadInputError when the port is taken or others would be served."""
    _keep_to_this_machine(address, "y venir par un tunnel SSH, ou par un serveur mandataire qui connecte les personnes")
    _free(address, port)
    write_settings(home)
    close_dead_runs(home)
    variables = {
        "PARC_HOME": str(home.root),
        "DAGSTER_HOME": str(home.dagster),
        "DO_NOT_TRACK": "1",
        URL_VARIABLE: os.environ.get(URL_VARIABLE) or f"http://{f'[{address}]' if ':' in address else address}:{port}",
    }
    _become(dagster_command(port, address), variables)


def dashboard_command(port: int, address: str, sign_in: Path | None = None) -> list[str]:
    """Return the command that serves the dashboards, with the file of the provider that readers sign in with."""
    settings = {
        "server.port": port,
        "server.address": address,
        "server.headless": "true",
        "browser.gatherUsageStats": "false",
        **({"secrets.files": sign_in} if sign_in else {}),
    }
    options = [word for name, value in settings.items() for word in (f"--{name}", str(value))]
    return [sys.executable, "-m", "streamlit", "run", str(APP), *options]


def dagster_command(port: int, address: str) -> list[str]:
    """Return the command that serves Dagster's interface, with the daemon that starts the runs asked for there."""
    module = ["--module-name", "dagster_project.definitions"]
    return [sys.executable, "-m", "dagster", "dev", *module, "--host", address, "--port", str(port)]


def _sign_in(home: Home) -> Path | None:
    """Return the file of the provider of identities, None where nobody signs in. Raises BadInputError at the first fault."""
    given = [path for path in (home.sign_in, home.access_rights) if path.is_file()]
    if not given:
        return None
    if len(given) == 1:
        missing = home.access_rights if given == [home.sign_in] else home.sign_in
        raise BadInputError(f"{given[0]} est là, mais pas {missing} : écrire le second, ou retirer le premier.")
    droits.lire(home.access_rights)
    connexion.verifier(home.sign_in)
    return home.sign_in


def _keep_to_this_machine(address: str, otherwise: str) -> None:
    try:
        found = {ipaddress.ip_address(place[4][0]) for place in socket.getaddrinfo(address, None)}
    except OSError as error:
        raise BadInputError(f"L'adresse « {address} » est inconnue : donner celle de ce poste, 127.0.0.1 par exemple.") from error
    if not all(place.is_loopback for place in found):
        raise BadInputError(f"Sur {address}, d'autres postes liraient sans se connecter : rester sur 127.0.0.1, ou {otherwise}.")


def _free(address: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise BadInputError(
                f"L'adresse {address}:{port} n'est pas libre : en choisir une autre avec --port ou --adresse."
            ) from error


def _become(command: list[str], variables: dict[str, str]) -> None:
    os.execve(command[0], command, {**os.environ, **variables})  # noqa: S606 - the project's own interface

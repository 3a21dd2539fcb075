"""`parc dashboard` and `parc dagster`: the two web interfaces. Each takes the place of this process, so that Ctrl-C reaches it."""

from __future__ import annotations

import os
import socket
import sys
from typing import TYPE_CHECKING

from dagster_project.alertes import URL_VARIABLE
from dagster_project.instance import close_dead_runs, write_settings
from data_contracts.errors import BadInputError
from data_contracts.loader import ROOT
from data_contracts.publication import current_run

if TYPE_CHECKING:
    from data_contracts.layout import Home

APP = ROOT.parent / "dashboards" / "app.py"


def dashboard(home: Home, port: int, address: str) -> None:
    """Serve the dashboards. Raises BadInputError when nothing is published or the port is taken."""
    current_run(home)
    _free(address, port)
    _become(dashboard_command(port, address), {"PARC_HOME": str(home.root)})


def dagster(home: Home, port: int, address: str) -> None:
    """Serve Dagster's interface. Raises BadInputError when the port is taken."""
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


def dashboard_command(port: int, address: str) -> list[str]:
    """Return the command that serves the dashboards."""
    settings = {
        "server.port": port,
        "server.address": address,
        "server.headless": "true",
        "browser.gatherUsageStats": "false",
    }
    options = [word for name, value in settings.items() for word in (f"--{name}", str(value))]
    return [sys.executable, "-m", "streamlit", "run", str(APP), *options]


def dagster_command(port: int, address: str) -> list[str]:
    """Return the command that serves Dagster's interface, with the daemon that starts the runs asked for there."""
    module = ["--module-name", "dagster_project.definitions"]
    return [sys.executable, "-m", "dagster", "dev", *module, "--host", address, "--port", str(port)]


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

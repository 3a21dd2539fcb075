"""Writes the two files of the report in the folder of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data_contracts.layout import REPORT_FILE, REPORT_FOLDER
from data_contracts.rapport import constats
from data_contracts.rapport.classeur import en_classeur
from data_contracts.rapport.lecture import MARTS, ouvrir
from data_contracts.rapport.page import en_html
from data_contracts.rapport.rapport import lire

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from data_contracts.publication import PublishedRun

XLSX_FILE = "rapport-qualite.xlsx"


def ecrire(dossier: Path, manifeste: Mapping[str, Any], precedents: Sequence[PublishedRun]) -> None:
    """Write the report of the run in `dossier`, whose marts are there; `precedents` are the runs published before, oldest first.

    A warehouse without the marts that it tells of has no report; an earlier run without findings is left out of its trend.
    """
    if not set(MARTS) <= manifeste["marts"].keys():
        return
    comparables = [run for run in precedents if constats.TABLE in run.manifest["marts"]]
    with ouvrir(dossier, manifeste, comparables) as lecture:
        rapport = lire(lecture)
    (dossier / REPORT_FOLDER).mkdir()
    (dossier / REPORT_FILE).write_text(en_html(rapport), encoding="utf-8")
    (dossier / REPORT_FOLDER / XLSX_FILE).write_bytes(en_classeur(rapport))

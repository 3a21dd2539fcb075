"""The record of a check: what was looked at, what was expected, what was found, and the keys of the rows to look at.

A control never carries values of the data, only keys. The controls of a run are kept in `build/<run_id>/controles.json`
as they happen, judged by the gate, and published in the manifest.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from data_contracts.source_contract import Severity
from data_contracts.strict import Strict

CONTROLS_FILE = "controles.json"
KEYS_SHOWN = 20
"""How many keys of failing rows a control carries at most."""
NOT_MEASURED = "mesure impossible"
"""What is observed where the measure itself failed: nobody knows what the data hold."""


class Family(StrEnum):
    """Which kind of promise a control looks at."""

    CONTRAT_SOURCE = "contrat_source"
    CONTRAT_PRODUIT = "contrat_produit"
    DBT = "dbt"
    RECONCILIATION = "reconciliation"
    DERIVE = "derive"
    FRAICHEUR = "fraicheur"


class ControlId(NamedTuple):
    """What makes a control the same one from run to run."""

    famille: Family
    objet: str
    nom: str


class Control(Strict):
    """One check of one run, as it is written in the manifest."""

    famille: Family
    nom: str
    objet: str
    """What was looked at: a landed table, a mart, a model."""
    gravite: Severity
    succes: bool
    observe: int | str | None = None
    attendu: int | str | None = None
    cles: tuple[str, ...] = ()
    message: str = ""

    @property
    def id(self) -> ControlId:
        """The control's identity."""
        return ControlId(self.famille, self.objet, self.nom)

    @property
    def is_measured(self) -> bool:
        """True when something was observed."""
        return self.observe != NOT_MEASURED

    @property
    def is_blocking(self) -> bool:
        """True when the control failed and forbids the publication."""
        return not self.succes and self.gravite is Severity.BLOQUANTE


class ControlJournal:
    """The controls of one run, kept on disk in the order they were recorded."""

    def __init__(self, path: Path) -> None:
        """Keep the controls in the file `path`."""
        self.path = path

    def record(self, controls: Iterable[Control]) -> None:
        """Add controls. The file is replaced whole, so it can always be read."""
        content = [control.model_dump(mode="json") for control in (*self.read(), *controls)]
        draft = self.path.with_suffix(".tmp")
        draft.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
        draft.replace(self.path)

    def read(self) -> Sequence[Control]:
        """Return the controls recorded so far."""
        if not self.path.exists():
            return ()
        return tuple(Control.model_validate(entry) for entry in json.loads(self.path.read_text(encoding="utf-8")))

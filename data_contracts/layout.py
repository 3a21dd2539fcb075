"""Where everything that is written lives, under `PARC_HOME`: the one place that knows the layout.

- `landing/<source>/<livraison_id>/<table>.parquet`: immutable, with delivery.json and quarantaine/<table>.parquet; a delivery
  replayed with corrections also has liberees/<table>.parquet and corrections.json
- `build/<run_id>/`: private to one run, removed by the next
- `published/<run_id>/` and the pointer `published/current -> <run_id>`: what people read
- `extractions/<source>/`: answers of a server that is asked piece by piece, until they have landed
- `depot/<source>/`: the inbox, which others fill: each file or folder is one delivery; `depot/refusees/`: those that were refused
- `registre/`: findings, decisions, corrections of refused rows and ledger, kept across runs
- `ecarte/`: what `parc verify` found damaged and set aside, under the path it had
- `cache/`, `dagster/`: may be deleted at any time
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

DELIVERY_FILE = "delivery.json"
MANIFEST_FILE = "manifest.json"
REPORT_FOLDER = "rapport-qualite"
"""Folder of the quality report, in that of a published run."""
REPORT_FILE = f"{REPORT_FOLDER}/rapport-qualite.html"
"""Its page, the same way."""


@dataclass(frozen=True)
class Home:
    """The folder that holds everything written. Paths are given, nothing is created."""

    root: Path

    @classmethod
    def from_environment(cls) -> Home:
        """Return the home that `PARC_HOME` names, `./data` by default."""
        return cls(Path(os.environ.get("PARC_HOME", "data")).absolute())

    @property
    def landing(self) -> Path:
        """Every delivery received, one folder a source."""
        return self.root / "landing"

    def delivery(self, source: str, livraison_id: str) -> Path:
        """The folder of one delivery."""
        return self.landing / source / livraison_id

    def extractions(self, source: str) -> Path:
        """What was received of extractions that a cut left unfinished."""
        return self.root / "extractions" / source

    @property
    def inbox(self) -> Path:
        """Where deliveries are dropped, one folder a source."""
        return self.root / "depot"

    @property
    def refused(self) -> Path:
        """The deliveries of the inbox that were refused, each with the sentence that says why. Personal values in clear."""
        return self.inbox / "refusees"

    @property
    def builds(self) -> Path:
        """Work folders of the runs."""
        return self.root / "build"

    def build(self, run_id: str) -> Path:
        """The work folder of one run."""
        return self.builds / run_id

    @property
    def published(self) -> Path:
        """Every published run, and the pointer."""
        return self.root / "published"

    @property
    def current(self) -> Path:
        """The pointer: a relative symbolic link to the current run's folder."""
        return self.published / "current"

    @property
    def register(self) -> Path:
        """Findings, decisions and the ledger of what happened, outside the runs."""
        return self.root / "registre"

    @property
    def findings(self) -> Path:
        """Every finding ever published, with its dates."""
        return self.register / "constats.parquet"

    @property
    def compared(self) -> Path:
        """What comparisons read of the current run and of the one it is compared with: `<run_id>/marts/` and its manifest."""
        return self.register / "comparaison"

    @property
    def decisions(self) -> Path:
        """Every decision ever recorded: one file a batch, never rewritten."""
        return self.register / "decisions"

    @property
    def decisions_lock(self) -> Path:
        """The lock of those who record decisions, which no run holds."""
        return self.register / ".verrou-decisions"

    @property
    def removals(self) -> Path:
        """Every landed delivery removed on its date, one a line."""
        return self.register / "suppressions.jsonl"

    @property
    def corrections(self) -> Path:
        """Every correction of a refused row ever recorded: one file a batch, never rewritten."""
        return self.register / "corrections"

    @property
    def access_journal(self) -> Path:
        """What readers of the application downloaded and decided, one act a line."""
        return self.register / "acces.jsonl"

    @property
    def access_rights(self) -> Path:
        """Who may see what in the application, written by whoever runs it."""
        return self.root / "acces.yml"

    @property
    def sign_in(self) -> Path:
        """The provider of identities that readers of the application sign in with, written by whoever runs it; it holds secrets."""
        return self.root / "connexion.toml"

    @property
    def set_aside(self) -> Path:
        """What was found damaged, under the path it had in the home."""
        return self.root / "ecarte"

    @property
    def cache(self) -> Path:
        """What can be rebuilt: parsed dbt project."""
        return self.root / "cache"

    @property
    def dagster(self) -> Path:
        """DAGSTER_HOME."""
        return self.root / "dagster"

    @property
    def lock(self) -> Path:
        """The one lock of import and run."""
        return self.root / ".verrou"

    @property
    def pseudonym_key(self) -> Path:
        """The secret key of the pseudonyms, readable by its owner only."""
        return self.root / "cle-pseudonymes"

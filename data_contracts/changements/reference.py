"""The run that another one is compared with: the newest that was made from something else.

Running twice from the same compares twice with the same run, so that both give the same bytes. What comparisons read of a run is
kept in the register, which outlives the runs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from data_contracts.layout import MANIFEST_FILE, Home
from data_contracts.publication import PublishedRun, published_runs

DRAFT = ".tmp"
"""What a folder of the register is called until it is whole."""


def fingerprint(manifest: Mapping[str, Any]) -> str:
    """Return the sha256 of what the run of a manifest was made from: deliveries, contracts, decisions, law, code and date."""
    read = [
        manifest["version_code"],
        manifest["date_reference"],
        manifest["droit"]["empreinte"],
        manifest["decisions"]["empreinte"],
        sorted([given["source"], given["livraison_id"], given["contrat_sha256"]] for given in manifest["livraisons"]),
    ]
    return hashlib.sha256(json.dumps(read).encode()).hexdigest()


def is_comparable(manifest: Mapping[str, Any]) -> bool:
    """Tell whether a manifest says enough of its law for a change to be explained: those before changes were followed do not."""
    return "regles" in manifest.get("droit", {})


def baseline(home: Home, manifest: Mapping[str, Any], run_id: str | None = None) -> PublishedRun | None:
    """Return the run that one of this manifest is compared with, published before `run_id` if given; None for a first run."""
    made_from = fingerprint(manifest)
    earlier = (run for run in reversed(_known(home)) if run_id is None or run.run_id < run_id)
    return next((run for run in earlier if is_comparable(run.manifest) and fingerprint(run.manifest) != made_from), None)


def baseline_of(run: PublishedRun) -> PublishedRun | None:
    """Return the run that a published one was compared with; None for a first run."""
    return baseline(run.home, run.manifest, run.run_id) if is_comparable(run.manifest) else None


def kept(home: Home) -> list[PublishedRun]:
    """Return the runs whose content the register keeps for comparisons, oldest first."""
    folders = sorted(path.parent for path in home.compared.glob(f"*/{MANIFEST_FILE}"))
    return [PublishedRun(home, folder) for folder in folders if folder.name != DRAFT]


def _known(home: Home) -> list[PublishedRun]:
    """The runs that one may be compared with, oldest first: those published, and those whose content the register kept."""
    found = {run.run_id: run for run in (*kept(home), *published_runs(home))}
    return [found[run_id] for run_id in sorted(found)]

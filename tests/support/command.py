"""The command `parc`, run as a person runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from data_contracts.layout import Home

REFERENCE_DATE = "2026-11-01"
PARC = Path(sys.executable).with_name("parc")


def variables(home: Home, **environment: str) -> dict[str, str]:
    """Return the environment of a command on a home."""
    return {**os.environ, "PARC_HOME": str(home.root), "PARC_DATE_REFERENCE": REFERENCE_DATE, **environment}


def run_parc(
    home: Home, *arguments: str | Path, before: Sequence[str] = (), **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command `parc` on a home, as a person would, and return what it said and its exit code.

    `before` is what starts it in its stead, for instance without some privilege.
    """
    command = [*before, str(PARC), *map(str, arguments)]
    return subprocess.run(
        command, env=variables(home, **environment), capture_output=True, text=True, check=False, cwd=home.root.parent
    )


def parc_does(home: Home, *arguments: str | Path, **environment: str) -> str:
    """Run `parc`, demand that it succeeds, and return what it printed."""
    done = run_parc(home, *arguments, **environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout

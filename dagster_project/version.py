"""Which code published a run: the commit of the checkout, or the version of the installed package."""

from __future__ import annotations

import subprocess
from importlib.metadata import version
from pathlib import Path

PACKAGE = "parc-conventionne"


def version_code(folder: Path = Path(__file__).parent) -> str:
    """Return `git describe` of the checkout that holds `folder`, or the package's version where there is none."""
    command = ["git", "-C", str(folder), "describe", "--always", "--dirty", "--tags", "--long"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, check=True, timeout=10)  # noqa: S603 - a fixed command
    except (OSError, subprocess.SubprocessError):
        return f"{PACKAGE} {version(PACKAGE)}"
    return answer.stdout.strip()

"""Asks a database of known vulnerabilities about everything the project locks: `make audit`.

`python -m tests.dependances.audit [PIP-AUDIT]`. Exit codes: 0, none known; 1, at least one; 3, the scan was not made: no pass.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.dependances.licences import LOCK, ROOT

PIP_AUDIT = ROOT / ".venv-audit" / "bin" / "pip-audit"
NONE_KNOWN, SOME_KNOWN, NOT_RUN = 0, 1, 3
OPTIONS = (
    "--require-hashes", "--disable-pip", "--vulnerability-service", "osv", "--progress-spinner", "off", "--timeout", "15",
    "--format", "json",
)  # fmt: skip
"""A database of vulnerabilities is asked, and not the package index; it is told the names and versions of the lock alone."""


def audit(pip_audit: Path, lock: Path = LOCK) -> tuple[int, str]:
    """Return the exit code and what to say of a lock file."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [pip_audit, "--requirement", lock, *OPTIONS, "--output", report]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if not report.exists():
            last = (done.stderr.strip() or "nothing said").splitlines()[-1]
            return NOT_RUN, f"NOT SCANNED: the vulnerabilities of {lock.name} could not be looked up, which is not a pass ({last})."
        return _read(json.loads(report.read_text(encoding="utf-8")), lock)


def _read(report: dict[str, list[dict[str, object]]], lock: Path) -> tuple[int, str]:
    packages = report["dependencies"]
    if skipped := [f"{one['name']} ({one['skip_reason']})" for one in packages if "skip_reason" in one]:
        return NOT_RUN, f"NOT SCANNED: {', '.join(skipped)}."
    found = [
        f"{one['name']} {one['version']}: {known['id']}, fixed in {', '.join(known['fix_versions']) or 'no version yet'}"
        for one in packages
        for known in one["vulns"]  # type: ignore[attr-defined]
    ]
    if found:
        return SOME_KNOWN, "\n".join([f"{len(found)} known vulnerabilities in {lock.name}:", *found])
    return NONE_KNOWN, f"No known vulnerability in the {len(packages)} packages of {lock.name}."


if __name__ == "__main__":
    code, said = audit(Path(sys.argv[1]) if len(sys.argv) > 1 else PIP_AUDIT)
    sys.stdout.write(f"{said}\n")
    sys.exit(code)

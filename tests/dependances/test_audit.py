"""What is said of a scan of vulnerabilities: found, none, or not made. The scanner is a script that answers as the real one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.dependances.audit import audit

SOUND = {"name": "duckdb", "version": "1.5.5", "vulns": []}
HURT = {"name": "urllib3", "version": "1.0", "vulns": [{"id": "CVE-0000-1", "fix_versions": ["1.1"]}]}


def scanner(folder: Path, report: object, code: int, said: str = "") -> Path:
    """Write a scanner that gives this report, none when it is None."""
    path, written = folder / "scanner", folder / "report.json"
    written.write_text(json.dumps(report), encoding="utf-8")
    copy = "" if report is None else f'for last; do :; done; cp {written} "$last"'
    path.write_text(f"#!/bin/sh\n{copy}\necho '{said}' >&2\nexit {code}\n", encoding="utf-8")
    path.chmod(0o700)
    return path


def test_nothing_known_is_a_pass(tmp_path: Path) -> None:
    assert audit(scanner(tmp_path, {"dependencies": [SOUND]}, 0)) == (
        0,
        "No known vulnerability in the 1 packages of requirements.txt.",
    )


def test_each_known_vulnerability_is_told_with_its_remedy(tmp_path: Path) -> None:
    code, said = audit(scanner(tmp_path, {"dependencies": [SOUND, HURT]}, 1))

    assert code == 1
    assert said.splitlines()[1:] == ["urllib3 1.0: CVE-0000-1, fixed in 1.1"]


@pytest.mark.parametrize("code", [0, 1])
def test_a_scan_that_could_not_be_made_is_no_pass(tmp_path: Path, code: int) -> None:
    found, said = audit(scanner(tmp_path, None, code, "ConnectionError: no address"))

    assert found == 3
    assert said.startswith("NOT SCANNED: the vulnerabilities of requirements.txt could not be looked up")
    assert "ConnectionError: no address" in said


def test_a_package_left_out_of_the_scan_is_no_pass(tmp_path: Path) -> None:
    code, said = audit(scanner(tmp_path, {"dependencies": [SOUND, {"name": "un", "skip_reason": "unknown"}]}, 0))

    assert (code, said) == (3, "NOT SCANNED: un (unknown).")

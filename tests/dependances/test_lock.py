"""What installing fetches: exactly what pyproject.toml asks for, each archive known by its hash, from no address in particular."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.dependances.licences import PINNED, ROOT

LOCKS = ("requirements.txt", "requirements-audit.txt")
ENTRY = re.compile(r"[a-z0-9._-]+(\[[a-z0-9,-]+\])?==[^ ;\\]+( ; [^\\]+)?( --hash=sha256:[0-9a-f]{64})+")


def locked(lock: str) -> str:
    return (ROOT / lock).read_text(encoding="utf-8")


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_pins_a_version_and_its_hashes_and_nothing_else(lock: str) -> None:
    entries = re.sub(r" *\\\n +", " ", locked(lock)).splitlines()

    assert entries
    assert [entry for entry in entries if not ENTRY.fullmatch(entry)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_no_line_names_an_address(lock: str) -> None:
    assert re.findall(r"://|--\w*index|--find-links|--trusted-host", locked(lock)) == []


@pytest.mark.parametrize(
    ("lock", "path"),
    [
        ("requirements.txt", ("project", "dependencies")),
        ("requirements.txt", ("project", "optional-dependencies", "dev")),
        ("requirements-audit.txt", ("dependency-groups", "audit")),
    ],
    ids=["running", "development", "audit"],
)
def test_the_lock_pins_what_is_declared(lock: str, path: tuple[str, ...]) -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for key in path:
        declared = declared[key]
    pinned: dict[str, list[str]] = {}
    for name, version in PINNED.findall(locked(lock)):
        pinned.setdefault(canonicalize_name(name), []).append(version)

    wanted = [Requirement(line) for line in declared]
    assert [
        str(one)
        for one in wanted
        if not (found := pinned.get(canonicalize_name(one.name))) or not all(map(one.specifier.contains, found))
    ] == []

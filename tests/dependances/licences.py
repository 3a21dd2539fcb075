"""What the project is built upon: every locked package, its licence, whether running needs it. Writes docs/dependances.md.

`python -m tests.dependances.licences` writes the page. Versions are those of the lock; licences are what the installed packages
say, or what was read in the archives of those that another system or another Python installs.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements.txt"
PAGE = ROOT / "docs" / "dependances.md"
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^ ;]+)", re.MULTILINE)
READ_IN_THE_ARCHIVE = {
    "axe-playwright-python": "MIT",
    "httpcore2": "BSD-3-Clause",
    "httpx2": "BSD-3-Clause",
    "httpx2-jsfetch": "BSD-3-Clause",
    "pyreadline3": "BSD License",
    "pywin32": "Python Software Foundation License",
    "text-unidecode": "Artistic-1.0-Perl OR GPL-2.0-or-later",
    "truststore": "MIT",
}
"""Licences of what is not installed everywhere, and of what does not say its own, or says it badly."""
ACCEPTED = frozenset({
    "0BSD", "3-Clause BSD License", "Apache License 2.0", "Apache Software License", "Apache-2.0", "Artistic-1.0-Perl", "BSD",
    "BSD License", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "GPL-2.0-or-later", "ISC License", "ISCL",
    "LGPL-3.0-only", "MIT", "MIT License", "MIT-0", "MIT-CMU", "MPL 2.0", "MPL-2.0", "Mozilla Public License 2.0", "PSF-2.0",
    "Python Software Foundation License", "Zlib",
})  # fmt: skip
"""Those that let a program under EUPL-1.2 depend on what they cover: permissive, or named by the EUPL's own appendix."""
BETWEEN_NAMES = re.compile(r" AND | OR |, |[()]")
HEADER = "<!-- Generated from requirements.txt by `make dependances`: edit pyproject.toml, not this file. -->\n\n"
INTRODUCTION = """# Dépendances

Le projet est sous licence EUPL-1.2. Voici tout ce qu'il installe, à la version que fixe `requirements.txt`, empreintes vérifiées à
l'installation. « Exécution » : nécessaire à qui se sert de l'entrepôt ; « développement » : seulement à qui le modifie et l'essaie.

"""


@dataclass(frozen=True)
class Package:
    """A locked package. Its versions differ by Python or by system; its licence is '' when nothing tells it."""

    name: str
    versions: tuple[str, ...]
    licence: str
    is_for_running: bool

    @property
    def is_accepted(self) -> bool:
        """True when each licence it names is accepted."""
        named = [word.strip() for word in BETWEEN_NAMES.split(self.licence) if word.strip()]
        return bool(named) and set(named) <= ACCEPTED


def packages() -> list[Package]:
    """Return what the lock pins, by name."""
    versions: dict[str, list[str]] = defaultdict(list)
    for name, version in PINNED.findall(LOCK.read_text(encoding="utf-8")):
        versions[canonicalize_name(name)].append(version)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    running = _reached(project["dependencies"])
    return [Package(name, tuple(pinned), licence(name), name in running) for name, pinned in sorted(versions.items())]


def licence(name: str) -> str:
    """Return the licence of a package as it says it, '' when it says none."""
    if name in READ_IN_THE_ARCHIVE:
        return READ_IN_THE_ARCHIVE[name]
    found = _installed(name)
    if found is None:
        return ""
    about = found.metadata
    classified = [line.split(" :: ")[-1] for line in about.get_all("Classifier", []) if line.startswith("License :: ")]
    if expression := about.get("License-Expression"):
        return expression
    return ", ".join(sorted(classified)) or about.get("License", "").split("\n")[0].strip()


def page() -> str:
    """Return docs/dependances.md."""
    rows = "\n".join(_row(package) for package in packages())
    return f"{HEADER}{INTRODUCTION}| Paquet | Version | Licence | Sert à |\n|---|---|---|---|\n{rows}\n"


def _row(package: Package) -> str:
    use = "exécution" if package.is_for_running else "développement"
    return f"| {package.name} | {', '.join(package.versions)} | {package.licence} | {use} |"


def _reached(asked: list[str]) -> set[str]:
    """Return the names that requirements lead to, on any system."""
    waiting = [Requirement(line) for line in asked]
    seen: set[tuple[str, str]] = set()
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        for extra in {"", *wanted.extras}:
            if (name, extra) not in seen:
                seen.add((name, extra))
                waiting += _needs(name, extra)
    return {name for name, _ in seen}


def _needs(name: str, extra: str) -> Iterator[Requirement]:
    """Yield what an installed package needs for one of its extras, or always when it is ''."""
    found = _installed(name)
    for line in (found.requires or []) if found else []:
        needed = Requirement(line)
        is_optional = needed.marker is not None and "extra ==" in str(needed.marker)
        if is_optional == bool(extra) and (not extra or f'extra == "{extra}"' in str(needed.marker)):
            yield needed


def _installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

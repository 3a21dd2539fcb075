"""The changelog of the data, which people write: one section a version of a mart, the newest first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from data_contracts.loader import ROOT
from data_contracts.product_contract import Product

CHANGELOG = ROOT.parent / "docs" / "evolutions-des-donnees.md"
_SECTION = re.compile(r"^## (?P<title>`.*)\n(?P<body>(?:(?!## ).*\n?)*)", re.MULTILINE)
"""A section that is about a mart: its title starts with the mart's name, as code."""
_TITLE = re.compile(r"`(?P<mart>\w+)` (?:version (?P<version>[1-9]\d*)|retirée) \((?P<day>\d{2}/\d{2}/\d{4})\)")
_FORM = "« ## `table` version 2 (jj/mm/aaaa) » ou « ## `table` retirée (jj/mm/aaaa) »"


@dataclass(frozen=True)
class Entry:
    """What one section is about."""

    mart: str
    version: int | None
    """None when the mart is withdrawn."""
    day: datetime

    @property
    def name(self) -> str:
        """How a person names the section."""
        return f"{self.mart} {'retirée' if self.version is None else f'version {self.version}'}"


def removed(changelog: str) -> set[str]:
    """Return the marts whose end is announced."""
    return {entry.mart for entry in _read(changelog) if isinstance(entry, Entry) and entry.version is None}


def faults(changelog: str, products: Mapping[str, Product]) -> list[str]:
    """Say in French what the changelog lacks, or says of a mart or a version that does not exist."""
    found = list(_read(changelog))
    entries = [entry for entry in found if isinstance(entry, Entry)]
    told, gone = {(entry.mart, entry.version) for entry in entries}, removed(changelog)
    return [
        *(fault for fault in found if isinstance(fault, str)),
        *(
            f"{entry.name} : cette table n'a pas de contrat, ou pas cette version"
            for entry in entries
            if not _exists(entry, products, gone)
        ),
        *(
            f"{product.mart} version {version} : aucune section ne dit ce qui a changé ; l'écrire sous le titre {_FORM}"
            for product in products.values()
            for version in range(2, product.version + 1)
            if (product.mart, version) not in told
        ),
        *(f"{new.name} est plus récente que {old.name}, qui la précède" for old, new in pairwise(entries) if new.day > old.day),
    ]


def _exists(entry: Entry, products: Mapping[str, Product], gone: set[str]) -> bool:
    product = products.get(entry.mart)
    if product is None:
        return entry.mart in gone
    return entry.version is not None and entry.version <= product.version


def _read(changelog: str) -> Iterator[Entry | str]:
    """Give each section about a mart, or the fault of one that can't be read."""
    for section in _SECTION.finditer(changelog):
        title = _TITLE.fullmatch(section["title"].strip())
        day = _day(title["day"]) if title else None
        if title is None or day is None:
            yield f"titre « {section['title']} » illisible ; l'écrire {_FORM}"
        elif not section["body"].strip():
            yield f"section « {section['title']} » vide ; dire ce qui a changé"
        else:
            yield Entry(title["mart"], int(title["version"]) if title["version"] else None, day)


def _day(written: str) -> datetime | None:
    try:
        return datetime.strptime(written, "%d/%m/%Y")  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None

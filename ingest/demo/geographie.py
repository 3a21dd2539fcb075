"""The places of the demo: communes of today weighted by population, a few under a former code."""

from __future__ import annotations

import csv
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

from data_contracts.loader import ROOT
from ingest.demo import referentiels
from ingest.demo.alea import Alea
from ingest.demo.formes import Formes

GEOGRAPHIE = ROOT / "geographie"
PREMIERE_COMMUNE = 110_001

_COMMUNES_MINIMUM = 12
"""Communes of a département that may hold agreements, however small the demo."""
_CONVENTIONS_PAR_COMMUNE = 3
_VILLE_MAX, _LIBELLE_MAX = 32, 50
_RANG_DES_ANCIENNES = 20_000
"""Where addresses and parcels of a former commune start, so as not to repeat those of the commune of today."""


@dataclass(slots=True)
class Commune:
    """A commune as Ecoloweb holds it. `code_officiel` is today's INSEE code, `code` what the dump carries."""

    id: int
    code: str
    code_officiel: str
    nom: str
    departement: str
    siren: str | None
    codes_postaux: tuple[str, ...]
    population: int
    est_active: bool = True
    adresses: int = 0
    """Addresses already given: two agreements never share one."""
    parcelles: int = 0
    departement_ecoloweb: str | None = None
    """Code of the département that Ecoloweb files it under, when that is another one."""

    @property
    def ville(self) -> str:
        """The name as address lines write it: capitals, no accent, 32 characters."""
        return sans_accent(self.nom)[:_VILLE_MAX]

    @property
    def departement_lu(self) -> str:
        """Code of the département that Ecoloweb files it under."""
        return self.departement_ecoloweb or self.departement


@dataclass(slots=True)
class Departement:
    """A département and the communes where its agreements are."""

    code: str
    nom: str
    id: int
    est_outre_mer: bool
    communes: list[Commune] = field(default_factory=list)
    _cumuls: list[int] = field(default_factory=list)

    @property
    def population(self) -> int:
        """Inhabitants of those communes."""
        return self._cumuls[-1]

    @property
    def code_sur_trois(self) -> str:
        """The code on three characters, as offices write it (`033`, `02A`, `971`)."""
        return self.code.rjust(3, "0")

    def fermer(self) -> None:
        """Fix the weights once every commune is there."""
        self._cumuls = list(accumulate(commune.population for commune in self.communes))

    def tirer(self, alea: Alea) -> Commune:
        """Return a commune, as often as it has inhabitants."""
        return self.communes[bisect_right(self._cumuls, int(alea.reel() * self._cumuls[-1]))]


def sans_accent(texte: str) -> str:
    """Return a text in capitals without accents nor punctuation."""
    decompose = unicodedata.normalize("NFKD", texte.replace("œ", "oe").replace("Œ", "OE"))
    return re.sub(r"[^A-Z0-9 ]+", " ", decompose.encode("ascii", "ignore").decode().upper()).strip()


def departements(conventions: int, formes: Formes, alea: Alea, dossier: Path = GEOGRAPHIE) -> list[Departement]:
    """Return every département of France, each with as many communes as that number of agreements fills.

    `dossier` holds commune.csv, commune_ancienne.csv and departement.csv.
    """
    ids = referentiels.departements()
    tous = {
        ligne["code_departement"]: Departement(
            ligne["code_departement"],
            ligne["nom_departement"],
            ids[ligne["code_departement"]],
            est_outre_mer=len(ligne["code_departement"]) > len("2A"),
        )
        for ligne in lire(dossier / "departement.csv")
        if ligne["code_departement"] in ids
    }
    for ligne in lire(dossier / "commune.csv"):
        if ligne["code_departement"] in tous and not ligne["code_commune_parent"] and ligne["codes_postaux"]:
            tous[ligne["code_departement"]].communes.append(_commune(ligne))
    gardees = max(_COMMUNES_MINIMUM, conventions // (len(tous) * _CONVENTIONS_PAR_COMMUNE))
    for departement in tous.values():
        departement.communes.sort(key=lambda commune: (-commune.population, commune.code))
        del departement.communes[gardees:]
    _anciens_codes(tous, formes, alea, dossier)
    for rang, commune in enumerate(commune for departement in tous.values() for commune in departement.communes):
        commune.id = PREMIERE_COMMUNE + rang
    for departement in tous.values():
        departement.fermer()
    return list(tous.values())


def lire(chemin: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV file."""
    with chemin.open(encoding="utf-8", newline="") as fichier:
        yield from csv.DictReader(fichier)


def _commune(ligne: dict[str, str]) -> Commune:
    return Commune(
        id=0,
        code=ligne["code_commune"],
        code_officiel=ligne["code_commune"],
        nom=ligne["nom_commune"][:_LIBELLE_MAX],
        departement=ligne["code_departement"],
        siren=ligne["siren"] or None,
        codes_postaux=tuple(ligne["codes_postaux"].split()),
        population=int(ligne["population"] or 0) + 1,
    )


def _anciens_codes(tous: dict[str, Departement], formes: Formes, alea: Alea, dossier: Path) -> None:
    """Add, to some départements, one commune under the code it had before a merger of communes."""
    anciens: dict[str, list[str]] = {}
    for ligne in lire(dossier / "commune_ancienne.csv"):
        anciens.setdefault(ligne["code_commune"], []).append(ligne["code_ancien"])
    for departement in tous.values():
        fusions = [
            (ancien, commune)
            for commune in departement.communes
            for ancien in anciens.get(commune.code, [])
            if ancien.startswith(departement.code)
        ]
        if not fusions or not alea.chance(formes.ancien_code_commune):
            continue
        ancien, commune = fusions[0]
        departement.communes.append(
            Commune(
                id=0,
                code=ancien,
                code_officiel=commune.code,
                nom=commune.nom,
                departement=departement.code,
                siren=None,
                codes_postaux=commune.codes_postaux,
                population=commune.population // 2 + 1,
                est_active=False,
                adresses=_RANG_DES_ANCIENNES,
                parcelles=_RANG_DES_ANCIENNES,
            )
        )

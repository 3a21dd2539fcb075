"""The truth of the rules on what two agreements bear: a number, a parcel, a dwelling."""

from __future__ import annotations

import re
from array import array
from collections.abc import Hashable, Iterable, Iterator
from typing import TypeAlias

from ingest.demo import officiel
from ingest.demo.faits import Adresse, Lot
from ingest.demo.geographie import sans_accent
from ingest.demo.oracle.plus_resiliee import Sol, sols
from ingest.demo.oracle.vue import Constat, Severite, Vue
from ingest.demo.referentiels import famille

_SEPARATEURS = re.compile(r"[-/. ]")
_HORS_DES_LETTRES = re.compile(r"[^A-Z0-9]+")
Lieu: TypeAlias = tuple[str, str]
"""An official commune, and an address as it is compared."""


class _Partage:
    """Keeps who has what, and finds who shares it."""

    def __init__(self) -> None:
        """Start with no agreement."""
        self._porteurs: dict[Hashable, list[int]] = {}

    def noter(self, identifiant: int, cles: Iterable[Hashable]) -> None:
        """Keep what an agreement has."""
        for cle in cles:
            self._porteurs.setdefault(cle, []).append(identifiant)

    def constats(self, regle: str, severite: Severite) -> Iterator[Constat]:
        """Yield a finding for each agreement that shares something."""
        trouves = {identifiant for porteurs in self._porteurs.values() if len(porteurs) > 1 for identifiant in porteurs}
        for identifiant in sorted(trouves):
            yield Constat(regle, severite, "convention", f"ecoloweb:{identifiant}")


def numero_compare(vue: Vue) -> tuple[str, str] | None:
    """Return the département and the number of an agreement that is followed, as they are compared; none without a number."""
    numero = _SEPARATEURS.sub("", vue.convention.numero).upper()
    if not vue.est_vivante or not numero:
        return None
    principale = vue.convention.code_commune
    return officiel.communes()[principale].departement if principale else vue.departement.code, numero


class MemeNumero:
    """Keeps the numbers of the agreements that are followed, by département."""

    REGLES = ("DUP-001",)

    def __init__(self) -> None:
        """Start with no agreement."""
        self._partage = _Partage()

    def noter(self, vue: Vue) -> None:
        """Keep what may matter of an agreement."""
        if numero := numero_compare(vue):
            self._partage.noter(vue.convention.id, [numero])

    def constats(self) -> Iterator[Constat]:
        """Yield a finding for each agreement whose number another one bears."""
        return self._partage.constats("DUP-001", Severite.ANOMALIE)


class MemeParcelle:
    """Keeps the parcels of the agreements in force, those of ANAH left out, by financing family."""

    REGLES = ("DUP-003",)

    def __init__(self) -> None:
        """Start with no agreement."""
        self._partage = _Partage()

    def noter(self, vue: Vue) -> None:
        """Keep what may matter of an agreement."""
        if vue.est_en_vigueur and not vue.est_anah:
            finances: set[tuple[str, Sol]] = {(famille(lot.financement), sol) for lot in vue.lots for sol in sols([lot])}
            self._partage.noter(vue.convention.id, finances)

    def constats(self) -> Iterator[Constat]:
        """Yield a finding for each agreement on a parcel of another one of the same family."""
        return self._partage.constats("DUP-003", Severite.A_VERIFIER)


class MemeLogement:
    """Keeps, by address, where the dwellings of the agreements in force are: a number for each, they are many."""

    REGLES = ("DUP-007",)

    def __init__(self) -> None:
        """Start with no agreement."""
        self._adresses: dict[Lieu, list[tuple[int, array[int]]]] = {}

    def noter(self, vue: Vue) -> None:
        """Keep what may matter of an agreement."""
        if not vue.est_en_vigueur:
            return
        for lot in vue.lots:
            for lieu, places in _places(lot).items():
                self._adresses.setdefault(lieu, []).append((vue.convention.id, places))

    def constats(self) -> Iterator[Constat]:
        """Yield a finding for each agreement with a dwelling of another one."""
        partage = _Partage()
        for lieu, logements in self._adresses.items():
            if len({identifiant for identifiant, _ in logements}) > 1:
                for identifiant in dict(logements):
                    places = {place for autre, ensemble in logements if autre == identifiant for place in ensemble}
                    partage.noter(identifiant, ((lieu, place) for place in places))
        return partage.constats("DUP-007", Severite.ANOMALIE)


def _places(lot: Lot) -> dict[Lieu, array[int]]:
    """Return where the dwellings of a programme are, told apart by floor and number or by an address of their own."""
    commune = lot.commune.code_officiel
    adresses = (commune, " ".join(dict.fromkeys(map(_compare, lot.adresses))))
    places: dict[Lieu, array[int]] = {}
    for logement in lot.logements:
        if logement.adresse is None and logement.place.etage is None:
            continue
        lieu = (commune, _compare(logement.adresse)) if logement.adresse else adresses
        situation = (logement.place.batiment, logement.place.escalier, logement.place.etage, logement.place.numero)
        places.setdefault(lieu, array("q")).append(hash(situation))
    return places


def _compare(adresse: Adresse) -> str:
    """Return an address as it is compared: capitals, digits, and one space between words."""
    texte = " ".join(morceau for morceau in (*adresse.lignes, adresse.code_postal, adresse.ville) if morceau)
    return _HORS_DES_LETTRES.sub(" ", sans_accent(texte).upper()).strip()

"""The agréments of the demo: the operations behind the agreements that bear their number, those that led to none, and the traps.

Those of agreements that bear no number are in `ressemblances`.

Drawn beside the agreements, from streams of their own: the dump is the same with or without them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from ingest.demo import noms
from ingest.demo.alea import Alea, Poids
from ingest.demo.faits import Convention, Lot
from ingest.demo.geographie import Commune
from ingest.demo.referentiels import Nature

AIDES = {"1": "PLUS", "2": "PLUS", "3": "PLAI", "4": "PLAI", "5": "PLAI", "6": "PLAI", "7": "PALULOS", "9": "PLS", "13": "PLS"}
"""The aid of a financing code of Ecoloweb; the others are older than SIAP and SISAL, or none of theirs."""
GALION = re.compile(r"(\d{4})(\d{5}|DD(?:0\d{2}|97\d))\d{4}")
PREMIERE_ANNEE, PREMIERE_ANNEE_SIAP, DERNIERE_ANNEE = 2005, 2022, 2025
SIREN = 9
"""Digits of a SIREN."""
ARRONDISSEMENTS = {"75056": (75100, 20), "69123": (69380, 9), "13055": (13200, 16)}
"""Of the communes that have some: the code before the first, and how many."""
_REPRISES = range(2020, PREMIERE_ANNEE_SIAP)
"""Years of the operations that SISAL and SIAP may both give."""
_PART_REPRISE, _PART_SANS_CONVENTION, _PART_ADAPTEE = 0.1, 0.12, 0.1
_PREMIER_RANG = 9000
"""Ranks from here on are those of operations without agreement: no agreement bears one."""
_FIN_DES_RANGS = 10_000
_ECART_SENSIBLE = 5
"""Dwellings below which one more would be against the rules."""
_SAISIES: tuple[Callable[[str], str], ...] = (
    lambda numero: f"N° {numero}",
    lambda numero: f"{numero[:4]}-{numero[4:9]}-{numero[9:]}",
    lambda numero: f" {numero[:4]} {numero[4:9]} {numero[9:]}",
    lambda numero: f"{numero}/PLUS",
    str.lower,
    lambda numero: f"GALION{numero}.",
)
"""How the number of an operation may be typed."""
_PREMIER_MAITRE_D_OUVRAGE = 5_700_000
"""Owners that no agreement has: their SIREN begins with a zero, and one only."""
_ZONES: Poids[tuple[str, str]] = Poids.de({("1bis", "Abis"): 4, ("1", "A"): 16, ("2", "B1"): 40, ("2", "B2"): 20, ("3", "C"): 20})
_STATUTS: Poids[str] = Poids.de({"ENGAGEE": 50, "ACOMPTE": 20, "CLOTUREE": 10, "SOLDEE": 20})
_STATUTS_SANS_CONVENTION: Poids[str] = Poids.de({"TRANSMISE": 20, "ENGAGEE": 40, "ACOMPTE": 20, "ANNULEE": 20})
_AIDES_SANS_CONVENTION: Poids[tuple[str, ...]] = Poids.de({("PLUS", "PLAI"): 40, ("PLS",): 30, ("PSLA",): 20, ("PLAI",): 10})


class Piege(StrEnum):
    """What an agrément does wrong, or that a reader may get wrong."""

    ARRONDISSEMENT = "arrondissement"
    ADAPTE = "plai_adapte"
    SANS_LOGEMENT = "ligne_sans_logement"
    SURFACE_VIDE = "surface_vide"
    INCONNU = "maitre_ouvrage_inconnu"
    SANS_ZERO = "siret_sans_zero"
    PARCELLE_AILLEURS = "parcelle_ailleurs"
    ZONES_INVERSEES = "zones_inversees"
    NATURE_VIDE = "nature_vide"
    SANS_DETAIL = "sans_detail"
    NOMBRE_DIFFERENT = "nombre_different"


class Rapprochement(StrEnum):
    """How an agrément and an agreement without its number are brought together."""

    LIEN = "lien"
    A_VERIFIER = "a_verifier"


_DE_SISAL: dict[Piege, float] = {
    Piege.SANS_LOGEMENT: 0.01,
    Piege.SURFACE_VIDE: 0.02,
    Piege.INCONNU: 0.01,
    Piege.PARCELLE_AILLEURS: 0.02,
    Piege.NOMBRE_DIFFERENT: 0.03,
}
_DU_SIAP: dict[Piege, float] = {
    Piege.ZONES_INVERSEES: 0.03,
    Piege.NATURE_VIDE: 0.05,
    Piege.SANS_DETAIL: 0.02,
    Piege.NOMBRE_DIFFERENT: 0.03,
}
_DES_DEUX = {Piege.ARRONDISSEMENT, Piege.ADAPTE, Piege.NOMBRE_DIFFERENT}
"""Traps that an operation of SISAL keeps in SIAP."""


@dataclass(frozen=True, slots=True)
class Agrement:
    """What an operation counts for one aid: dwellings, and useful areas in 1/100 of m²."""

    aide: str
    individuels: int
    collectifs: int
    utile_individuelle: int = 0
    utile_collective: int = 0

    @property
    def nb_logements(self) -> int:
        """Dwellings of the aid."""
        return self.individuels + self.collectifs


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation, as one source gives it."""

    source: str
    numero: str
    annee: int
    nom: str
    commune: Commune
    arrondissement: int | None
    """Of Paris, Lyon or Marseille."""
    parcelle: str | None
    maitre_d_ouvrage: str
    siren: str | None
    nature: Nature
    zones: tuple[str, str]
    statut: str
    agrements: tuple[Agrement, ...]
    convention: int | None
    """The agreement that it led to."""
    pieges: tuple[Piege, ...]
    native: str | None = None
    """The agreement born in APiLos that bears its number, as the warehouse names it."""
    rapprochement: Rapprochement | None = None
    """How the agreement that does not bear its number is to be found."""

    @property
    def ids(self) -> list[str]:
        """Of its agréments, as the warehouse publishes them."""
        return [f"{self.source}:{self.numero}:{agrement.aide}" for agrement in self.agrements]

    @property
    def code_commune(self) -> str:
        """What a source that knows the arrondissements writes."""
        if self.arrondissement is None:
            return self.commune.code_officiel
        return str(ARRONDISSEMENTS[self.commune.code_officiel][0] + self.arrondissement)

    @property
    def lieu(self) -> str:
        """Who manages it, as its number says."""
        return self.numero[4:9]


@dataclass(slots=True)
class Operations:
    """Every operation of a demo, given once as the agreements are drawn."""

    graine: int
    flux: int
    part_mal_saisie: float
    """Of the agreements: their number is typed with something around it."""
    _numeros: set[str] = field(default_factory=set)
    _rangs: Counter[tuple[int, str]] = field(default_factory=Counter)
    _inconnus: int = 0

    def abimer(self, convention: Convention) -> None:
        """Type the number of some agreements with something around it, before they are written."""
        alea = Alea(self.graine, self.flux, convention.id, 1)
        if not alea.chance(self.part_mal_saisie):
            return
        forme = alea.choix(_SAISIES)
        for lot in {id(lot): lot for periode in convention.periodes for lot in periode.contenu if lot.dossier}.values():
            numero = lot.dossier or ""
            if GALION.fullmatch(numero) and forme(numero) != numero:
                lot.operation, lot.dossier = numero, forme(numero)

    def numero(self, annee: int, lieu: str, mois: int) -> str | None:
        """Return a number that no programme bears: SIAP's since it exists, else GALION's; None when the place has no more."""
        self._inconnus += 1
        if annee >= PREMIERE_ANNEE_SIAP:
            return f"{annee}{mois:02}{self._inconnus:05}"
        self._rangs[annee, lieu] += 1
        rang = _PREMIER_RANG + self._rangs[annee, lieu]
        return f"{annee}{lieu}{rang}" if rang < _FIN_DES_RANGS else None

    def de(self, convention: Convention) -> Iterator[Operation]:
        """Yield the operations that an agreement brings: those whose number it bears, and now and then one that led nowhere."""
        alea = Alea(self.graine, self.flux, convention.id)
        lots: dict[str, list[Lot]] = {}
        for lot in convention.courante.contenu:
            siren = lot.proprietaire.siren
            numero = lot.operation or lot.dossier
            if numero and lot.financement in AIDES and siren and len(siren) == SIREN and noms.est_juste(siren):
                lots.setdefault(numero, []).append(lot)
        if convention.retouche is not None:
            for numero, siens in lots.items():
                self._numeros.add(numero)
                yield convention.retouche(fidele(operation_de(convention, numero, siens, alea)))
            return
        for numero, siens in lots.items():
            lu = GALION.fullmatch(numero)
            annee = int(lu[1]) if lu else 0
            if PREMIERE_ANNEE <= annee <= DERNIERE_ANNEE and numero not in self._numeros:
                self._numeros.add(numero)
                yield from self._du_lot(convention, numero, siens, alea)
        if lots and alea.chance(_PART_SANS_CONVENTION):
            yield from self._sans_convention(convention, alea)

    def de_la_native(self, convention: Convention, numero: str, native: str, alea: Alea, aides: tuple[str, ...] = ()) -> Operation:
        """Return the operation behind an agreement born in APiLos, without trap. `aides`: what it was granted, if it differs."""
        lots = [lot for lot in convention.courante.contenu if lot.financement in AIDES]
        premier = lots[0]
        agrements = tuple(par_aide(lots))
        if aides:
            agrements = tuple(replace(agrements[0], aide=aide) for aide in aides)
        return Operation(
            source="siap",
            numero=numero,
            annee=int(numero[:4]),
            nom=premier.description.strip() or noms.residence(alea),
            commune=premier.commune,
            arrondissement=_arrondissement(premier.commune, alea),
            parcelle=_parcelle(premier),
            maitre_d_ouvrage=premier.proprietaire.raison_sociale,
            siren=premier.proprietaire.siren,
            nature=convention.nature,
            zones=alea.pondere(_ZONES),
            statut="ENGAGEE",
            agrements=agrements,
            convention=None,
            pieges=(),
            native=native,
        )

    def _du_lot(self, convention: Convention, numero: str, lots: list[Lot], alea: Alea) -> Iterator[Operation]:
        piegee = _piegee(operation_de(convention, numero, lots, alea), convention, alea)
        yield piegee
        if piegee.annee in _REPRISES and alea.chance(_PART_REPRISE):
            yield replace(piegee, source="siap", pieges=tuple(piege for piege in piegee.pieges if piege in _DES_DEUX))

    def _sans_convention(self, convention: Convention, alea: Alea) -> Iterator[Operation]:
        annee = alea.entier(2015, DERNIERE_ANNEE)
        commune = convention.departement.tirer(alea)
        est_au_siap = annee >= PREMIERE_ANNEE_SIAP
        lieu = f"DD{convention.departement.code_sur_trois}"
        numero = self.numero(annee, lieu, alea.entier(1, 12))
        if numero is None:
            return
        siren = noms.siren(_PREMIER_MAITRE_D_OUVRAGE + self._inconnus, premier=0)
        aides = alea.pondere(_AIDES_SANS_CONVENTION)
        operation = Operation(
            source="siap" if est_au_siap else "sisal",
            numero=numero,
            annee=annee,
            nom=noms.residence(alea),
            commune=commune,
            arrondissement=_arrondissement(commune, alea),
            parcelle=None,
            maitre_d_ouvrage=f"SA D'HLM {noms.raison_sociale(_PREMIER_MAITRE_D_OUVRAGE + self._inconnus)}",
            siren=siren,
            nature=Nature.ORDINAIRE,
            zones=alea.pondere(_ZONES),
            statut=alea.pondere(_STATUTS_SANS_CONVENTION),
            agrements=tuple(Agrement(aide, 0, alea.entier(4, 40)) for aide in aides),
            convention=None,
            pieges=(),
        )
        yield _piegee(operation, convention, alea)


def operation_de(convention: Convention, numero: str, lots: list[Lot], alea: Alea) -> Operation:
    """Return the operation behind programmes of one place and one owner."""
    premier, annee = lots[0], int(numero[:4])
    nom = premier.description.strip() or noms.residence(alea)
    arrondissement, zones, statut = _arrondissement(premier.commune, alea), alea.pondere(_ZONES), alea.pondere(_STATUTS)
    return Operation(
        source="siap" if annee >= PREMIERE_ANNEE_SIAP else "sisal",
        numero=numero,
        annee=annee,
        nom=nom,
        commune=premier.commune,
        arrondissement=arrondissement,
        parcelle=_parcelle(premier),
        maitre_d_ouvrage=premier.proprietaire.raison_sociale,
        siren=premier.proprietaire.siren,
        nature=convention.nature,
        zones=zones,
        statut=statut if convention.courante.calendrier.signature else "ENGAGEE",
        agrements=tuple(par_aide(lots)),
        convention=convention.id,
        pieges=(),
    )


def fidele(operation: Operation) -> Operation:
    """Return the operation with the traps that its place and its owner are, beside those it has."""
    pieges = [*operation.pieges]
    if operation.arrondissement is not None:
        pieges.append(Piege.ARRONDISSEMENT)
    if operation.source == "sisal" and operation.siren and operation.siren.startswith("0"):
        pieges.append(Piege.SANS_ZERO)
    return replace(operation, pieges=tuple(sorted(pieges)))


def _piegee(operation: Operation, convention: Convention, alea: Alea) -> Operation:
    """Return the operation with the traps that fall to it."""
    chances = _DU_SIAP if operation.source == "siap" else _DE_SISAL
    pieges = [piege for piege, part in chances.items() if alea.chance(part)]
    agrements = operation.agrements
    if operation.arrondissement is not None:
        pieges.append(Piege.ARRONDISSEMENT)
    if operation.source == "sisal" and operation.siren and operation.siren.startswith("0") and Piege.INCONNU not in pieges:
        pieges.append(Piege.SANS_ZERO)
    if alea.chance(_PART_ADAPTEE) and any(_est_adaptable(agrement) for agrement in agrements):
        pieges.append(Piege.ADAPTE)
        agrements = tuple(part for agrement in agrements for part in _adaptee(agrement))
    if Piege.NOMBRE_DIFFERENT in pieges and agrements[0].nb_logements < _ECART_SENSIBLE:
        pieges.remove(Piege.NOMBRE_DIFFERENT)
    if Piege.NOMBRE_DIFFERENT in pieges:
        agrements = (replace(agrements[0], collectifs=agrements[0].collectifs + 1), *agrements[1:])
    if Piege.SANS_LOGEMENT in pieges and agrements[0].individuels:
        pieges.remove(Piege.SANS_LOGEMENT)
    if Piege.PARCELLE_AILLEURS in pieges:
        ailleurs = next((c for c in convention.departement.communes if c.code_officiel != operation.commune.code_officiel), None)
        if operation.parcelle is None or ailleurs is None:
            pieges.remove(Piege.PARCELLE_AILLEURS)
        else:
            operation = replace(operation, parcelle=f"{ailleurs.code_officiel}{operation.parcelle[5:]}")
    return replace(operation, agrements=agrements, pieges=tuple(sorted(pieges)))


def _est_adaptable(agrement: Agrement) -> bool:
    return agrement.aide == "PLAI" and agrement.collectifs > 1


def _adaptee(agrement: Agrement) -> tuple[Agrement, ...]:
    """Return a PLAI without one of its flats, and the adapted PLAI of that flat; any other aid as it is."""
    if not _est_adaptable(agrement):
        return (agrement,)
    part = agrement.utile_collective // agrement.collectifs
    reste = replace(agrement, collectifs=agrement.collectifs - 1, utile_collective=agrement.utile_collective - part)
    return (reste, Agrement("PLAI_ADP", 0, 1, 0, part))


def par_aide(lots: list[Lot]) -> Iterator[Agrement]:
    """Yield what the lots of an operation count, by aid."""
    for aide in sorted({AIDES[lot.financement] for lot in lots}):
        siens = [lot for lot in lots if AIDES[lot.financement] == aide]
        utiles = Counter[bool]()
        for lot in siens:
            for logement in lot.logements:
                utiles[logement.individuel] += logement.nombre * logement.modele.utile
        individuels, collectifs = sum(lot.individuels for lot in siens), sum(lot.collectifs for lot in siens)
        yield Agrement(aide, individuels, collectifs, utiles[True], utiles[False])


def _arrondissement(commune: Commune, alea: Alea) -> int | None:
    if commune.code_officiel not in ARRONDISSEMENTS:
        return None
    return alea.entier(1, ARRONDISSEMENTS[commune.code_officiel][1])


def _parcelle(lot: Lot) -> str | None:
    """Return the first parcel of a lot as SISAL writes it: 13097 000 AW 0144."""
    if not lot.parcelles:
        return None
    parcelle = lot.parcelles[0]
    numero = re.match(r"\d+", parcelle.numero)
    return f"{lot.commune.code_officiel} 000 {parcelle.section:0>2} {numero[0]:0>4}" if numero else None

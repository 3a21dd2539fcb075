"""Operations whose number no agreement bears: those that only resemble theirs, those that nothing tells apart, and near misses.

Which agreement an operation resembles depends on all of them, so these are drawn last. One is only said to be found where a reader
would find it: no other agreement of its owner, commune and family has nearly as many dwellings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from ingest.demo import noms
from ingest.demo.agrements import (
    AIDES,
    DERNIERE_ANNEE,
    PREMIERE_ANNEE,
    PREMIERE_ANNEE_SIAP,
    SIREN,
    Agrement,
    Operation,
    Operations,
    Piege,
    Rapprochement,
    fidele,
    operation_de,
    par_aide,
)
from ingest.demo.alea import Alea, Poids
from ingest.demo.faits import Absorption, Convention, Etat, Lot
from ingest.demo.geographie import Commune
from ingest.demo.oracle.ide import siren_lu
from ingest.demo.referentiels import famille

Place: TypeAlias = tuple[str, str, str]
"""SIREN of an owner, commune, family of financing."""
_PREMIER_ABSORBE = 5_900_000
"""Owners that no longer are: they asked for the agrément."""
_DERNIER_JOUR = date(2021, 12, 31)
_PART = 0.4
"""Of the agreements without number."""
_PLUS_PETITE, _GRANDE = 5, 20
_VOISINAGE = (0.7, 1.4)
"""Sizes between which two agreements could be taken for one another."""
_TROP_TOT = 8


class Genre(StrEnum):
    """What an operation without number is, for who looks for its agreement."""

    SEMBLABLE = "semblable"
    UN_PEU_PLUS_GRANDE = "un peu plus grande"
    FUSION = "fusion"
    JUMELLES = "jumelles"
    AUTRE_BAILLEUR = "autre bailleur"
    AUTRE_COMMUNE = "autre commune"
    AUTRE_TAILLE = "autre taille"
    TROP_TOT = "trop tôt"


_GENRES: Poids[Genre] = Poids.de(
    {
        Genre.SEMBLABLE: 50,
        Genre.UN_PEU_PLUS_GRANDE: 10,
        Genre.FUSION: 10,
        Genre.JUMELLES: 6,
        Genre.AUTRE_BAILLEUR: 6,
        Genre.AUTRE_COMMUNE: 6,
        Genre.AUTRE_TAILLE: 6,
        Genre.TROP_TOT: 6,
    }
)
_DELAIS: Poids[int] = Poids.de({0: 25, 1: 40, 2: 25, 3: 10})
"""Years from an agrément to the signature."""
_SANS_PARCELLE = frozenset({Genre.AUTRE_COMMUNE, Genre.JUMELLES})
_LOIN = frozenset({Genre.AUTRE_COMMUNE, Genre.AUTRE_TAILLE, Genre.TROP_TOT})
"""Near misses that another agreement of the owner must not make good."""


@dataclass(frozen=True, slots=True)
class _Brouillon:
    """The operation that an agreement without number would have had."""

    operation: Operation
    annee: int
    lieu: str
    ailleurs: tuple[Commune, ...]


@dataclass(slots=True)
class Ressemblances:
    """Keeps what agreements look like, and draws at the end the operations of some of those that bear no number."""

    graine: int
    flux: int
    absorptions: dict[str, Absorption] = field(default_factory=dict)
    """By the SIREN absorbed: what the log of mergers must say for some agreements to be found."""
    _tailles: defaultdict[Place, list[int]] = field(default_factory=lambda: defaultdict(list))
    _brouillons: list[_Brouillon] = field(default_factory=list)

    def noter(self, convention: Convention, *, est_libre: bool) -> None:
        """Keep what an agreement looks like; nothing is drawn for one that is not free, because a case is planted in it."""
        tailles: defaultdict[Place, int] = defaultdict(int)
        for lot in convention.courante.contenu:
            siren = siren_lu(lot.proprietaire)
            if siren is not None:
                tailles[siren, lot.commune.code_officiel, famille(lot.financement)] += lot.nb_logements
        for place, taille in tailles.items():
            self._tailles[place].append(taille)
        if est_libre and (brouillon := self._brouillon(convention)):
            self._brouillons.append(brouillon)

    def operations(self, operations: Operations) -> Iterator[Operation]:
        """Yield the operations, whose numbers `operations` gives."""
        for brouillon in self._brouillons:
            alea = Alea(self.graine, self.flux, brouillon.operation.convention or 0, 3)
            genre, delai = alea.pondere(_GENRES), alea.pondere(_DELAIS)
            if self._convient(brouillon, genre):
                for _ in range(2 if genre is Genre.JUMELLES else 1):
                    yield from self._operation(brouillon, genre, delai, operations, alea)

    def _brouillon(self, convention: Convention) -> _Brouillon | None:
        lots = convention.courante.contenu
        alea = Alea(self.graine, self.flux, convention.id, 2)
        calendrier = convention.courante.calendrier
        if not _est_anonyme(convention) or calendrier.signature is None or not alea.chance(_PART):
            return None
        agrements = tuple(par_aide(lots))
        if min(agrement.nb_logements for agrement in agrements) < _PLUS_PETITE:
            return None
        annee, lieu = calendrier.signature.year, f"DD{convention.departement.code_sur_trois}"
        operation = operation_de(convention, f"{annee}{lieu}0000", lots, alea)
        return _Brouillon(operation, annee, lieu, tuple(convention.departement.communes))

    def _convient(self, brouillon: _Brouillon, genre: Genre) -> bool:
        """Whether nothing else in the block may be taken for the agreement, or makes a near miss good."""
        operation = brouillon.operation
        for agrement in operation.agrements:
            tailles = self._tailles[operation.siren or "", operation.commune.code_officiel, _famille(agrement)]
            bas, haut = (part * agrement.nb_logements for part in _VOISINAGE)
            if sum(bas <= taille <= haut for taille in tailles) > 1 or (genre in _LOIN and len(tailles) > 1):
                return False
        return genre is not Genre.UN_PEU_PLUS_GRANDE or operation.agrements[0].nb_logements >= _GRANDE

    def _operation(
        self, brouillon: _Brouillon, genre: Genre, delai: int, operations: Operations, alea: Alea
    ) -> Iterator[Operation]:
        delai = {Genre.TROP_TOT: _TROP_TOT, Genre.UN_PEU_PLUS_GRANDE: min(delai, 2), Genre.FUSION: min(delai, 2)}.get(genre, delai)
        annee = brouillon.annee - delai
        numero = operations.numero(annee, brouillon.lieu, alea.entier(1, 12))
        if not PREMIERE_ANNEE <= annee <= DERNIERE_ANNEE or numero is None:
            return
        est_au_siap = annee >= PREMIERE_ANNEE_SIAP
        operation = replace(
            brouillon.operation,
            source="siap" if est_au_siap else "sisal",
            numero=numero,
            annee=annee,
            parcelle=None if genre in _SANS_PARCELLE else brouillon.operation.parcelle,
            rapprochement=Rapprochement.A_VERIFIER if genre is Genre.JUMELLES else Rapprochement.LIEN,
        )
        changee = self._changee(operation, genre, brouillon)
        if changee is not None:
            yield fidele(changee)

    def _changee(self, operation: Operation, genre: Genre, brouillon: _Brouillon) -> Operation | None:
        """Return the operation as its kind makes it, None when it can't be made."""
        perdue = replace(operation, convention=None, rapprochement=None)
        match genre:
            case Genre.UN_PEU_PLUS_GRANDE:
                premier, *autres = operation.agrements
                plus_grand = replace(premier, collectifs=premier.collectifs + 1)
                return replace(operation, agrements=(plus_grand, *autres), pieges=(Piege.NOMBRE_DIFFERENT,))
            case Genre.FUSION:
                absorbe = noms.siren(_PREMIER_ABSORBE + len(self.absorptions))
                self.absorptions[absorbe] = Absorption(operation.siren or "", _DERNIER_JOUR)
                return replace(operation, siren=absorbe, maitre_d_ouvrage=f"SA D'HLM {noms.raison_sociale(len(self.absorptions))}")
            case Genre.AUTRE_BAILLEUR:
                return replace(perdue, siren=noms.siren(_PREMIER_ABSORBE + int(operation.numero[-4:]), premier=2))
            case Genre.AUTRE_COMMUNE:
                ailleurs = next((commune for commune in brouillon.ailleurs if self._est_vide(operation, commune)), None)
                return None if ailleurs is None else replace(perdue, commune=ailleurs, arrondissement=None)
            case Genre.AUTRE_TAILLE:
                return replace(perdue, agrements=tuple(map(_plus_grande, operation.agrements)))
            case _:
                return perdue if genre is Genre.TROP_TOT else operation

    def _est_vide(self, operation: Operation, commune: Commune) -> bool:
        """Whether the owner has nothing of these families in a commune, which is not one of arrondissements."""
        siren = operation.siren or ""
        return commune.code_officiel != operation.commune.code_officiel and not any(
            (siren, commune.code_officiel, _famille(agrement)) in self._tailles for agrement in operation.agrements
        )


def _est_anonyme(convention: Convention) -> bool:
    """Whether an agreement in force bears no number, and has one owner, one place, and one aid for each family."""
    lots: list[Lot] = convention.courante.contenu
    if convention.courante.etat is not Etat.OPP or not lots or convention.est_anah:
        return False
    siren = lots[0].proprietaire.siren
    aides = {AIDES.get(lot.financement) for lot in lots}
    return (
        all(lot.dossier is None for lot in lots)
        and len({lot.proprietaire.id for lot in lots}) == len({lot.commune.id for lot in lots}) == 1
        and None not in aides
        and len(aides) == len({famille(lot.financement) for lot in lots})
        and siren is not None
        and len(siren) == SIREN
        and noms.est_juste(siren)
    )


def _famille(agrement: Agrement) -> str:
    return "PLUS" if agrement.aide == "PALULOS" else agrement.aide


def _plus_grande(agrement: Agrement) -> Agrement:
    return replace(agrement, collectifs=agrement.collectifs + agrement.nb_logements // 2 + 2)

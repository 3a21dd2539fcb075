"""The register of social housing of the demo: some of the dwellings of some agreements, under numbers typed in several ways.

Some dwellings are under no agreement's number, some are under none at all. Drawn beside the agreements, from a stream of their own.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Self

from ingest.demo import officiel
from ingest.demo.alea import Alea
from ingest.demo.faits import Convention, Etat, Lot
from ingest.demo.oracle import date_effet
from ingest.demo.referentiels import Nature, Secteur, famille

RPLS = "rpls.csv"
_COLONNES = """
REG_CODE REG_LIBELLE LIBREG DEP_CODE DEP_LIBELLE LIBDEP EPCI_CODE EPCI_LIBELLE LIBEPCI DROIT_CODE DROIT_LIBELLE
DEPCOM CODEPOSTAL LIBCOM NUMVOIE INDREP TYPVOIE NOMVOIE ETAGE COMPLGEO LIEUDIT QPV_CODE QPV_LIBELLE TYPECONST_CODE
TYPECONST_LIBELLE NBPIECE SURFHAB CONSTRUCT LOCAT PATRIMOINE ORIGINE FINAN_CODE FINAN_LIBELLE FINANAUTRE CONV NUMCONV
DATCONV NEWLOGT_CODE NEWLOGT_LIBELLE CUS DPEDATE DPEENERGIE DPESERRE SRU_EXPIR SRU_ALINEA CODSEGPATRIM LIBSEGPATRIM
PMR_CODE PMR_LIBELLE PLG_VOIE EPSG X Y PLG_QP24 PLG_QP15 PLG_IRIS2024_CODE PLG_IRIS2024_LIBELLE PLG_ZUS PLG_QVA
QUALITE_VOIE QUALITE_NUMERO QUALITE_XY DISTANCE_PRECISION QUALITE_QP24 QUALITE_QP15 QUALITE_IRIS QUALITE_ZUS
QUALITE_QVA COMAQP COMAZUS UU2020 AAV2020 ZE2020
"""
ENTETE = _COLONNES.split()
"""The columns of 2025."""
VOIE = "DE LA DEMONSTRATION"
"""The street of every dwelling, which nobody may read once imported."""
FINANCEMENTS = {"PLUS": "13", "PLAI": "10", "PLS": "14"}
_AUTRE = "49"
_PART, _PART_INCONNUE, _PART_SANS_NUMERO = 0.06, 0.1, 0.2
_MANQUANTS = 2
"""Dwellings that an owner forgets, at most."""


@dataclass
class Compte:
    """What is true of the register. `inconnus` are under a number that no agreement bears."""

    logements: int = 0
    conventionnes: int = 0
    inconnus: int = 0
    sans_numero: int = 0


class Repertoire:
    """The register while it is written."""

    def __init__(self, dossier: Path, alea: Alea) -> None:
        """Write in `dossier`."""
        self._chemin = dossier / RPLS
        self._alea = alea
        self._fichier: IO[str] = self._chemin.open("w", encoding="latin-1", errors="replace", newline="")
        self._lignes = csv.DictWriter(self._fichier, ENTETE, restval="", delimiter=";", lineterminator="\n")
        self._lignes.writeheader()
        self._compte = Compte()

    def inscrire(self, convention: Convention) -> None:
        """Write the dwellings of an agreement, as a case says or as drawn, and say in its facts how many there are."""
        tire = self._alea.chance(_PART)
        if convention.au_rpls is None and tire and _est_au_rpls(convention):
            convention.au_rpls = max(1, convention.nb_logements - self._alea.entier(0, _MANQUANTS))
        if convention.au_rpls is None:
            return
        self._ecrire(convention, convention.au_rpls, self._numero(convention.numero), conventionnes=True)
        self._ecrire(convention, convention.au_rpls_sans_etre_conventionnes, convention.numero, conventionnes=False)
        if self._alea.chance(_PART_INCONNUE):
            self._compte.inconnus += 1
            self._ecrire(convention, 1, f"{convention.numero} {convention.id}", conventionnes=True)
        if self._alea.chance(_PART_SANS_NUMERO):
            self._compte.sans_numero += 1
            self._ecrire(convention, 1, "", conventionnes=False)

    def poser(self, dossier: Path) -> dict[str, int]:
        """Put the register in its place; return what is true of it."""
        self._fichier.close()
        self._chemin.replace(dossier / RPLS)
        return asdict(self._compte)

    def _ecrire(self, convention: Convention, nombre: int, numero: str, *, conventionnes: bool) -> None:
        ligne = _ligne(convention) | {"CONV": "1" if conventionnes else "2", "NUMCONV": numero}
        self._lignes.writerows(ligne | {"NUMVOIE": str(rang)} for rang in range(1, nombre + 1))
        self._compte.logements += nombre
        self._compte.conventionnes += nombre if conventionnes else 0

    def _numero(self, numero: str) -> str:
        """Return a number in one of the ways that owners type it."""
        return self._alea.choix((numero, numero.replace(" ", "/"), numero.replace(" ", "").replace("/", ""), numero.lower()))

    def __enter__(self) -> Self:
        """The file is open."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._fichier.close()


def _est_au_rpls(convention: Convention) -> bool:
    """Ordinary dwellings in force, of a social owner: neither foyers nor ANAH are there."""
    courante = convention.courante
    return (
        courante.etat is Etat.OPP
        and convention.nature is Nature.ORDINAIRE
        and convention.secteur is not Secteur.PRIVE
        and not convention.est_anah
        and not courante.squelette
        and convention.nb_logements > 0
    )


def _ligne(convention: Convention) -> dict[str, str]:
    """Return what the dwellings of an agreement have in common."""
    code = convention.code_commune
    commune = officiel.communes()[code] if code else None
    effet = date_effet(convention)
    lot = convention.courante.contenu[0]
    logement = next(_modeles(lot), None)
    return {
        "DEP_CODE": commune.departement if commune else "",
        "DEPCOM": code or "",
        "CODEPOSTAL": commune.codes_postaux[0] if commune and commune.codes_postaux else "",
        "LIBCOM": commune.nom if commune else "",
        "TYPVOIE": "RUE",
        "NOMVOIE": VOIE,
        "QPV_CODE": "2",
        "TYPECONST_CODE": "I" if lot.individuels else "C",
        "NBPIECE": "3",
        "SURFHAB": str(round(logement / 100)) if logement else "",
        "CONSTRUCT": str(lot.mise_en_service.year) if lot.mise_en_service else "",
        "LOCAT": str(lot.mise_en_service.year) if lot.mise_en_service else "",
        "ORIGINE": "1",
        "FINAN_CODE": FINANCEMENTS.get(famille(lot.financement), _AUTRE),
        "DATCONV": f"{effet:%d/%m/%Y}" if effet else "",
        "DPEDATE": "01/1900",
        "EPSG": "2154",
        "X": "652000",
        "Y": "6862000",
    }


def _modeles(lot: Lot) -> Iterator[int]:
    return (logement.modele.habitable for logement in lot.logements)

"""What an agreement is before its details: nature, sector, day of signature, financings and type, consistent with each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ingest.demo.alea import Alea, Poids
from ingest.demo.faits import Etat
from ingest.demo.formes import Formes
from ingest.demo.geographie import Departement
from ingest.demo.referentiels import ConventionType, Gamme, Nature, Secteur, types_en_vigueur

FIN_DES_MIXTES = date(2024, 2, 7)
"""Last day an agreement of the demo mixes financing families."""
OUTRE_MER_DEPUIS = date(2023, 4, 3)
RESIDENCES_SOCIALES_DEPUIS = date(1994, 12, 23)
ANAH_SANS_RECONDUCTION_DEPUIS = date(2006, 9, 29)
"""The first day of the convention type that is never renewed, two days before the law."""
_FOYERS_INCLUSIFS_DEPUIS = date(2022, 1, 1)
_DERNIERE_SIGNATURE = date(2026, 10, 15)
_PREMIERE_INSTRUCTION, _PREMIER_ABANDON = date(2025, 2, 3), date(2012, 1, 9)
REPRISE = date(2011, 12, 16)
"""Agreements signed before were taken over from the old application."""
_VENDREDI = 4


class Segment(StrEnum):
    """The great kinds of agreements."""

    HLM = "HLM"
    SEM = "SEM"
    AUTRE = "autres bailleurs sociaux"
    FOYER = "foyers et résidences"
    ANAH = "ANAH"
    PCL = "privés, PCL"
    PAP = "privés, PAP locatif"
    PLS_PRIVE = "privés, PLS"


_DEBUTS = {
    Segment.HLM: date(1978, 1, 3),
    Segment.SEM: date(1978, 3, 1),
    Segment.AUTRE: date(1978, 2, 1),
    Segment.FOYER: date(1979, 4, 11),
    Segment.ANAH: date(1978, 1, 3),
    Segment.PCL: date(1979, 1, 2),
    Segment.PAP: date(1983, 11, 22),
    Segment.PLS_PRIVE: date(2002, 5, 6),
}
_FINS = {Segment.PCL: date(2002, 4, 30), Segment.PAP: date(1990, 12, 31)}
_SEGMENTS: Poids[Segment] = Poids.de(
    {
        Segment.HLM: 56,
        Segment.SEM: 7,
        Segment.AUTRE: 9,
        Segment.FOYER: 12,
        Segment.ANAH: 12,
        Segment.PCL: 1,
        Segment.PAP: 0.6,
        Segment.PLS_PRIVE: 2.4,
    }
)
_SECTEURS = {
    Segment.HLM: Secteur.HLM,
    Segment.SEM: Secteur.SEM,
    Segment.AUTRE: Secteur.AUTRE,
    Segment.ANAH: Secteur.PRIVE,
    Segment.PCL: Secteur.PRIVE,
    Segment.PAP: Secteur.PRIVE,
    Segment.PLS_PRIVE: Secteur.PRIVE,
}
_GAMMES = {Segment.ANAH: Gamme.ANAH, Segment.PCL: Gamme.PCL, Segment.PAP: Gamme.PAP}
_SECTEURS_DES_FOYERS: Poids[Secteur] = Poids.de({Secteur.HLM: 6, Secteur.SEM: 1, Secteur.AUTRE: 3})
_SECTEURS_D_OUTRE_MER: Poids[Secteur] = Poids.de({Secteur.HLM: 6, Secteur.SEM: 4})

_ANNEES: Poids[int] = Poids.de(
    {
        **{annee: 1 + (annee - 1978) * 0.5 for annee in range(1978, 1986)},
        **dict.fromkeys(range(1986, 2008), 5.0),
        **dict.fromkeys(range(2008, 2020), 6.5),
        **dict.fromkeys(range(2020, 2026), 5.0),
        2026: 4.0,
    }
)


def _depuis(poids: Mapping[date, Mapping[str, float]]) -> dict[date, Poids[str]]:
    return {jour: Poids.de(codes) for jour, codes in sorted(poids.items(), reverse=True)}


_DEBUT = date(1977, 1, 4)
_PLUS_DEPUIS = date(1999, 10, 1)
_FINANCEMENTS: dict[Segment, dict[date, Poids[str]]] = {
    Segment.HLM: _depuis(
        {
            _DEBUT: {"2": 62, "7": 22, "87": 6, "80": 5, "86": 2, "92": 1, "91": 1, "88": 1},
            date(1988, 1, 1): {"2": 60, "7": 18, "5": 6, "6": 6, "4": 4, "3": 3, "22": 2, "84": 1},
            _PLUS_DEPUIS: {"1": 60, "3": 18, "7": 12, "22": 6, "14": 1, "15": 1, "16": 1, "85": 1},
            date(2001, 3, 1): {"1": 56, "3": 16, "9": 14, "7": 7, "22": 5, "8": 2},
            date(2012, 1, 1): {"1": 50, "3": 24, "9": 20, "22": 5, "23": 1},
        }
    ),
    Segment.AUTRE: _depuis(
        {
            _DEBUT: {"7": 1},
            date(1980, 6, 10): {"2": 30, "7": 40, "12": 14, "80": 10, "83": 6},
            date(1988, 1, 1): {"2": 25, "7": 20, "6": 20, "5": 15, "12": 10, "21": 10},
            _PLUS_DEPUIS: {"1": 25, "3": 40, "7": 12, "21": 8, "22": 15},
            date(2001, 3, 1): {"1": 25, "3": 40, "9": 20, "22": 10, "21": 5},
        }
    ),
    Segment.FOYER: _depuis(
        {
            _DEBUT: {"2": 70, "7": 15, "12": 10, "14": 5},
            date(1988, 1, 1): {"2": 70, "7": 10, "6": 10, "12": 10},
            _PLUS_DEPUIS: {"1": 60, "3": 25, "9": 10, "7": 5},
            date(2012, 1, 1): {"1": 45, "3": 30, "9": 25},
        }
    ),
    Segment.ANAH: _depuis(
        {
            _DEBUT: {"17": 75, "18": 25},
            date(1992, 1, 1): {"17": 60, "18": 12, "19": 18, "81": 10},
            date(2006, 10, 1): {"17": 60, "18": 40},
        }
    ),
    Segment.PCL: _depuis({_DEBUT: {"13": 1}}),
    Segment.PAP: _depuis({_DEBUT: {"20": 1}}),
    Segment.PLS_PRIVE: _depuis({_DEBUT: {"9": 1}}),
}
_FINANCEMENTS[Segment.SEM] = _FINANCEMENTS[Segment.HLM]
_OUTRE_MER: Poids[str] = Poids.de({"1": 40, "3": 40, "22": 20})
_SANS_PLS = frozenset({Nature.RESIDENCE_SOCIALE, Nature.FTM, Nature.FJT})
_PLS = frozenset({"9", "12", "13"})


@dataclass(frozen=True, slots=True)
class Profil:
    """The outline of an agreement. `signature` is the day it is signed, or would have been."""

    segment: Segment
    nature: Nature
    secteur: Secteur
    signature: date
    financements: tuple[str, ...]
    type: ConventionType
    etat: Etat
    """INS, ANI, ANS and RES are decided here; DEN comes later, from the term; else OPP."""
    sans_programme: bool
    effet_a_la_signature: bool
    """HLM, SEM and overseas foyers; the others take effect when published."""

    @property
    def est_signe(self) -> bool:
        """Whether the agreement was signed."""
        return self.etat not in {Etat.INS, Etat.ANI}

    @property
    def est_reprise(self) -> bool:
        """Whether the agreement was taken over from the old application."""
        return self.est_signe and self.signature <= REPRISE


def tirer_profil(departement: Departement, formes: Formes, alea: Alea) -> Profil:
    """Draw an outline in a département."""
    segment = Segment.FOYER if departement.est_outre_mer else alea.pondere(_SEGMENTS)
    etat = _etat(segment, formes, alea)
    signature = _signature(segment, departement, etat, alea)
    nature = _nature(segment, signature, departement, alea)
    if segment is Segment.FOYER:
        secteur = alea.pondere(_SECTEURS_D_OUTRE_MER if departement.est_outre_mer else _SECTEURS_DES_FOYERS)
    else:
        secteur = _SECTEURS[segment]
    financement = _financement(segment, nature, signature, departement, alea)
    return Profil(
        segment=segment,
        nature=nature,
        secteur=secteur,
        signature=signature,
        financements=_autres_financements(financement, segment, signature, formes, alea),
        type=alea.choix(types_en_vigueur(nature, secteur, _GAMMES.get(segment, Gamme.COURANTE), signature)),
        etat=etat,
        sans_programme=etat in {Etat.ANI, Etat.ANS} and alea.chance(formes.sans_programme),
        effet_a_la_signature=secteur in {Secteur.HLM, Secteur.SEM} or departement.est_outre_mer,
    )


def jour_ouvre(jour: date) -> date:
    """Return the day itself, or the Friday before a weekend."""
    return jour - timedelta(days=max(0, jour.weekday() - _VENDREDI))


def _etat(segment: Segment, formes: Formes, alea: Alea) -> Etat:
    tirage = alea.reel()
    if segment in _FINS:
        return Etat.OPP
    for etat, proportion in (
        (Etat.INS, formes.instruction),
        (Etat.ANI, formes.abandonnee),
        (Etat.ANS, formes.annulee),
        (Etat.RES, formes.resiliee),
    ):
        if tirage < proportion:
            return etat
        tirage -= proportion
    return Etat.OPP


def _signature(segment: Segment, departement: Departement, etat: Etat, alea: Alea) -> date:
    premiers = {Etat.INS: _PREMIERE_INSTRUCTION, Etat.ANI: _PREMIER_ABANDON}
    premier, dernier = max(_DEBUTS[segment], premiers.get(etat, _DEBUT)), _FINS.get(segment, _DERNIERE_SIGNATURE)
    if departement.est_outre_mer:
        premier = max(premier, OUTRE_MER_DEPUIS)
    annee = alea.pondere(_ANNEES)
    if not premier.year <= annee <= dernier.year:
        annee = alea.entier(premier.year, dernier.year)
    jour = jour_ouvre(date(annee, 1, 1) + timedelta(days=alea.entier(3, 360)))
    return min(max(jour, premier), dernier)


def _nature(segment: Segment, jour: date, departement: Departement, alea: Alea) -> Nature:
    if segment is not Segment.FOYER:
        return Nature.ORDINAIRE
    if departement.est_outre_mer:
        return alea.choix((Nature.FOYER_PA, Nature.FOYER_PH, Nature.RESIDENCE_SOCIALE))
    if jour < RESIDENCES_SOCIALES_DEPUIS:
        return alea.choix((Nature.FOYER_PA, Nature.FOYER_PA, Nature.FOYER_PH, Nature.FTM, Nature.FJT))
    if jour < _FOYERS_INCLUSIFS_DEPUIS:
        return alea.choix((Nature.FOYER_PA, Nature.FOYER_PH, Nature.RESIDENCE_SOCIALE))
    return alea.choix((Nature.FOYER_PA, Nature.FOYER_PH, Nature.RESIDENCE_SOCIALE, Nature.FOYER_INCLUSIF))


def _financement(segment: Segment, nature: Nature, jour: date, departement: Departement, alea: Alea) -> str:
    if departement.est_outre_mer:
        return alea.pondere(_OUTRE_MER)
    code = alea.pondere(next(poids for debut, poids in _FINANCEMENTS[segment].items() if debut <= jour))
    if nature in _SANS_PLS and code in _PLS:
        return "3" if jour >= _PLUS_DEPUIS else "2"
    return code


_PREMIER_MIXTE = date(1988, 1, 1)
_COMPAGNONS = {"1": "3", "2": "5"}
"""The very social financing that goes with each ordinary one."""
_COMPAGNONS_RARES = {"1": ("9", "22"), "2": ("12", "22")}


def _autres_financements(code: str, segment: Segment, jour: date, formes: Formes, alea: Alea) -> tuple[str, ...]:
    """Return the financing with those of the other programmes; families are mixed only before the ban."""
    if segment not in {Segment.HLM, Segment.SEM, Segment.AUTRE}:
        return (code,)
    tirage = alea.reel()
    if code in _COMPAGNONS and _PREMIER_MIXTE <= jour <= FIN_DES_MIXTES:
        if tirage < formes.mixte:
            return (code, _COMPAGNONS[code])
        if tirage < formes.mixte + formes.mixte_rare:
            return (code, alea.choix(_COMPAGNONS_RARES[code]))
    if tirage > 1 - formes.programmes_de_meme_famille:
        return (code, code)
    return (code,)

"""The dwellings of a programme: typology, areas, coefficient and rent, consistent with the programme's figures.

Dwellings are most of the rows, so what many share is drawn once: a few hundred models of areas, and the places in a building.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ingest.demo.alea import Alea, Poids
from ingest.demo.faits import Logement, Modele, Place
from ingest.demo.formes import Formes

COEFFICIENT_UN = 10_000
_PAR_BATIMENT, _PAR_ETAGE = 40, 5
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TYPOLOGIES: Poids[str] = Poids.de({"ST1": 1, "T1": 6, "T1B": 4, "T1P": 1, "T2": 22, "T3": 34, "T4": 24, "T5": 7, "T6": 1})
_TYPOLOGIES_FOYER: Poids[str] = Poids.de({"T1": 55, "T1P": 10, "T1B": 25, "T2": 10})
_SURFACES = {
    "ST1": (1900, 2900),
    "T1": (2050, 3300),
    "T1P": (2400, 3200),
    "T1B": (3050, 3900),
    "T2": (4600, 5600),
    "T3": (5700, 7200),
    "T4": (7300, 8800),
    "T5": (8900, 10600),
    "T6": (10700, 12800),
}
"""Living area by typology, in 1/100 of m²."""
_REDEVANCES = {"T1": 100, "T1P": 106, "T1B": 112, "T2": 124}
"""Monthly charge of a foyer by typology, in hundredths of that of a T1."""
_MODELES, _PLACES = 1500, 1000
_PART_A_COEFFICIENTS, _PART_AVEC_ANNEXE = 0.3, 0.6
_COEFFICIENTS_PROPRES = (9200, 9500, 9800, 10_000, 10_000, 10_200, 10_500, 10_850)


@dataclass(slots=True, frozen=True)
class Cadre:
    """What the dwellings of a programme have in common."""

    regime: str | None
    loyer: int
    redevance: int
    chauffage: str | None
    cree_le: int
    rang: int
    """Dwellings that the agreement has already: numbers go on from there."""
    total: int
    """Dwellings of the whole agreement."""


def tirer_logements(individuels: int, collectifs: int, cadre: Cadre, formes: Formes, alea: Alea) -> list[Logement]:
    """Draw the dwelling rows of a programme; their numbers add up to its counts."""
    groupes = cadre.regime is not None and alea.chance(formes.logements_groupes)
    propres = cadre.regime is not None and alea.chance(_PART_A_COEFFICIENTS)
    modeles = alea.choix_repetes(_modeles(cadre.regime), individuels + collectifs)
    batiments = cadre.total > _PAR_BATIMENT
    maisons, appartements = _places(individuel=True, batiments=batiments), _places(individuel=False, batiments=batiments)
    logements: list[Logement] = []
    rang, reste = cadre.rang, individuels + collectifs
    while reste:
        individuel = reste > collectifs
        nombre = min(alea.entier(2, 6), reste - collectifs if individuel else reste) if groupes else 1
        modele = modeles[rang - cadre.rang]
        coefficient = alea.choix(_COEFFICIENTS_PROPRES) if propres else COEFFICIENT_UN
        place = (maisons if individuel else appartements)[rang]
        loyer = 0 if propres else _loyer(modele, coefficient, cadre)
        logements.append(Logement(nombre, modele, place, individuel, cadre.chauffage, coefficient, loyer, cadre.cree_le + rang))
        rang += 1
        reste -= nombre
    if propres:
        _equilibrer(logements)
        for logement in logements:
            logement.loyer = _loyer(logement.modele, logement.coefficient, cadre)
    return logements


@cache
def _modeles(regime: str | None) -> tuple[Modele, ...]:
    """Return the models of a regime, the same in every demo."""
    alea = Alea(_MODELES)
    return tuple(_modele(regime, alea) for _ in range(_MODELES))


def _modele(regime: str | None, alea: Alea) -> Modele:
    typologie = alea.pondere(_TYPOLOGIES if regime else _TYPOLOGIES_FOYER)
    habitable = alea.entier(*_SURFACES[typologie])
    annexe = 2 * alea.entier(50, 700) if regime and alea.chance(_PART_AVEC_ANNEXE) else 0
    return Modele(
        typologie=typologie,
        habitable=habitable,
        annexe=annexe,
        utile=habitable + annexe // 2 if regime != "SC" else 0,
        corrigee=habitable * 8 // 5 + annexe // 4 if regime == "SC" else 0,
    )


@cache
def _places(*, individuel: bool, batiments: bool) -> tuple[Place, ...]:
    """Return the places of the dwellings of an agreement in order; no two are the same."""
    return tuple(_place(rang, individuel=individuel, batiments=batiments) for rang in range(_PLACES))


def _place(rang: int, *, individuel: bool, batiments: bool) -> Place:
    batiment, reste = divmod(rang, _PAR_BATIMENT)
    etage, porte = divmod(reste, _PAR_ETAGE)
    lettre = None
    if batiments:
        serie, rang_lettre = divmod(batiment, len(_ALPHABET))
        lettre = f"{_ALPHABET[rang_lettre]}{serie or ''}"
    if individuel:
        return Place(lettre, None, None, f"M{rang + 1}", est_de_plain_pied=True)
    return Place(lettre, "1", str(etage), f"{etage}{porte + 1:02}", est_de_plain_pied=etage == 0 and porte == 0)


def sont_equilibres(logements: list[Logement]) -> bool:
    """Say whether the areas weighted by the coefficients stay within the total area."""
    ponderees, surfaces = _surfaces(logements)
    return ponderees <= surfaces


def _equilibrer(logements: list[Logement]) -> None:
    """Lower the coefficients so that the weighted areas never exceed the total area."""
    ponderees, surfaces = _surfaces(logements)
    if ponderees > surfaces:
        for logement in logements:
            logement.coefficient = logement.coefficient * surfaces // ponderees


def _surfaces(logements: list[Logement]) -> tuple[int, int]:
    """Return the weighted area and the area, in the same unit."""
    ponderees = sum(logement.modele.surface * logement.nombre * logement.coefficient for logement in logements)
    return ponderees, sum(logement.modele.surface * logement.nombre for logement in logements) * COEFFICIENT_UN


def _loyer(modele: Modele, coefficient: int, cadre: Cadre) -> int:
    if cadre.regime is None:
        return cadre.redevance * _REDEVANCES[modele.typologie] // 100
    return loyer_maximum(modele, coefficient, cadre.regime, cadre.loyer)


def loyer_maximum(modele: Modele, coefficient: int, regime: str, plafond: int) -> int:
    """Return a monthly rent in cents: area by ceiling (yearly in the old regime) by coefficient in 1/10,000."""
    denominateur = 100 * COEFFICIENT_UN * (1 if regime == "SU" else 12)
    return (2 * modele.surface * plafond * coefficient + denominateur) // (2 * denominateur)

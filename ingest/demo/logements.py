"""The dwellings of a programme: typology, areas, coefficient and rent, consistent with the programme's figures."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.demo.alea import Alea, Poids
from ingest.demo.faits import Logement
from ingest.demo.formes import Formes

COEFFICIENT_UN = 10_000
_PAR_BATIMENT, _PAR_ETAGE = 40, 5
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
    logements: list[Logement] = []
    reste = individuels + collectifs
    while reste:
        individuel = reste > collectifs
        possible = reste - collectifs if individuel else reste
        nombre = min(alea.entier(2, 6), possible) if groupes else 1
        logements.append(_logement(nombre, cadre.rang + len(logements), cadre, alea, individuel=individuel))
        if propres:
            logements[-1].coefficient = alea.choix(_COEFFICIENTS_PROPRES)
        reste -= nombre
    if propres:
        _equilibrer(logements)
    for logement in logements:
        _fixer_le_loyer(logement, cadre)
    return logements


def _logement(nombre: int, rang: int, cadre: Cadre, alea: Alea, *, individuel: bool) -> Logement:
    typologie = alea.pondere(_TYPOLOGIES if cadre.regime else _TYPOLOGIES_FOYER)
    habitable = alea.entier(*_SURFACES[typologie])
    annexe = 2 * alea.entier(50, 700) if cadre.regime and alea.chance(_PART_AVEC_ANNEXE) else 0
    batiment, place = divmod(rang, _PAR_BATIMENT)
    etage, porte = divmod(place, _PAR_ETAGE)
    return Logement(
        nombre=nombre,
        typologie=typologie,
        individuel=individuel,
        batiment=_lettre(batiment) if cadre.total > _PAR_BATIMENT else None,
        escalier=None if individuel else "1",
        etage=None if individuel else str(etage),
        numero=f"M{rang + 1}" if individuel else f"{etage}{porte + 1:02}",
        habitable=habitable,
        annexe=annexe,
        utile=habitable + annexe // 2 if cadre.regime != "SC" else None,
        corrigee=habitable * 8 // 5 + annexe // 4 if cadre.regime == "SC" else None,
        coefficient=COEFFICIENT_UN,
        loyer=0,
        chauffage=cadre.chauffage,
        occupe=None,
        adapte=porte == 0 and etage == 0,
        cree_le=cadre.cree_le + rang,
    )


def _lettre(batiment: int) -> str:
    return chr(ord("A") + batiment % 26) + (str(batiment // 26) if batiment >= 26 else "")  # noqa: PLR2004 -- the alphabet


def _equilibrer(logements: list[Logement]) -> None:
    """Lower the coefficients so that the weighted areas never exceed the total area."""
    surfaces = sum((logement.utile or logement.corrigee or 0) * logement.nombre for logement in logements)
    ponderees = sum((logement.utile or logement.corrigee or 0) * logement.nombre * logement.coefficient for logement in logements)
    if ponderees > surfaces * COEFFICIENT_UN:
        for logement in logements:
            logement.coefficient = logement.coefficient * surfaces * COEFFICIENT_UN // ponderees


def _fixer_le_loyer(logement: Logement, cadre: Cadre) -> None:
    if cadre.regime is None:
        logement.loyer = cadre.redevance * _REDEVANCES[logement.typologie] // 100
    elif logement.utile is not None:
        logement.loyer = _arrondi(logement.utile * cadre.loyer * logement.coefficient, 100 * COEFFICIENT_UN)
    else:
        logement.loyer = _arrondi((logement.corrigee or 0) * cadre.loyer * logement.coefficient, 12 * 100 * COEFFICIENT_UN)


def _arrondi(numerateur: int, denominateur: int) -> int:
    return (2 * numerateur + denominateur) // (2 * denominateur)

"""The content of an agreement: its programmes, with places, owners, ceilings, annexes, parcels and addresses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from math import exp

from ingest.demo import noms
from ingest.demo.alea import Alea, Poids
from ingest.demo.faits import DATE_DE_LA_DEMO, Adresse, Annexe, Bailleur, Contenu, Lot, Parcelle
from ingest.demo.formes import Formes
from ingest.demo.geographie import Commune
from ingest.demo.logements import Cadre, tirer_logements
from ingest.demo.profil import Profil, Segment
from ingest.demo.referentiels import Nature, Secteur, famille
from ingest.demo.territoire import Tirage

SURFACE_UTILE_DEPUIS = date(1996, 7, 1)
OUTRE_MER_EXISTANT = (date(2010, 1, 4), date(2022, 12, 16))
"""Overseas foyers of the demo were in use before 2023."""
_LIGNE_MAX, _DESCRIPTION_MAX = 38, 50
_CHAUFFAGES: Poids[str | None] = Poids.de({"GAZ": 45, "ELEC": 25, "CHUR": 8, "POMP": 3, "FUEL": 2, "BOIS": 2, None: 15})
_OPERATIONS: Poids[str | None] = Poids.de({"1": 60, "3": 22, "2": 10, "6": 1, None: 7})
_ANNEXES: Poids[str] = Poids.de({"2": 40, "1": 20, "7": 20, "8": 5, "3": 8, "5": 5, "4": 1, "6": 0.5, "9": 0.5})
_PRIX = {"1": 5500, "2": 2200, "8": 4800, "7": 800}
_TAILLES = {Segment.HLM: (3.15, 0.85), Segment.SEM: (3.0, 0.8), Segment.AUTRE: (2.0, 0.8), Segment.FOYER: (3.6, 0.5)}
"""Mean and spread of the logarithm of the number of dwellings."""
_TAILLE_PRIVEE = (0.5, 0.6)
_TAILLE_MAX = 200
_NIVEAUX = {"PLUS": 100, "PLAI": 88, "PLS": 145, "ANAH": 130, "SANS_FINANCEMENT": 102}
"""Ceiling rent of a family in hundredths of PLUS."""
_CORSE = frozenset({"2A", "2B"})
"""Its codes have a letter, which numbers of agrément do not take."""
_PART_AVEC_DOSSIER = 0.6
_PART_AVEC_ADRESSES_PROPRES = 0.1
"""Of the programmes of houses."""
_NEUF = frozenset({"1", "6"})


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme before its details: financing code, place, owner, number of dwellings."""

    financement: str
    commune: Commune
    bailleur: Bailleur
    taille: int


@dataclass(frozen=True, slots=True)
class Commun:
    """What the programmes of an agreement have in common."""

    nb_logements: int
    cree_le: int


def tirer_contenu(tirage: Tirage, bailleur: Bailleur, saisie: date) -> Contenu:
    """Draw the programmes of an agreement, one for each of its financings, over one commune and one owner but exceptions."""
    alea, profil = tirage.alea, tirage.profil
    commune = tirage.departement.tirer(alea)
    programmes = [
        Programme(financement, commune, bailleur, taille)
        for financement, taille in zip(profil.financements, _tailles(profil, alea), strict=True)
    ]
    if len(programmes) == 1 and profil.segment in {Segment.HLM, Segment.SEM, Segment.AUTRE}:
        programmes = _dedoubler(programmes[0], tirage)
    gestionnaire = None
    if profil.nature is not Nature.ORDINAIRE:
        gestionnaire = tirage.territoire.bailleurs.gestionnaire(tirage.departement, alea)
    commun = Commun(sum(programme.taille for programme in programmes), _horodatage(saisie, alea))
    contenu: Contenu = []
    for programme in programmes:
        lot = _lot(tirage, programme)
        lot.gestionnaire = gestionnaire
        _completer(lot, tirage, contenu, commun)
        contenu.append(lot)
    return contenu


def tirer_lot(tirage: Tirage, programme: Programme, saisie: date) -> Lot:
    """Draw one programme whose place, owner and size are known."""
    lot = _lot(tirage, programme)
    _completer(lot, tirage, [], Commun(programme.taille, _horodatage(saisie, tirage.alea)))
    return lot


def _dedoubler(programme: Programme, tirage: Tirage) -> list[Programme]:
    """Spread some agreements over two communes, or two owners of whom one always has more dwellings."""
    alea, formes, taille = tirage.alea, tirage.formes, programme.taille
    if alea.chance(formes.multi_commune):
        ailleurs = tirage.departement.tirer(alea)
        if ailleurs.code_officiel != programme.commune.code_officiel:
            autre = taille if alea.chance(formes.egalite_multi_commune) else max(1, taille - 2)
            return [programme, replace(programme, commune=ailleurs, taille=autre)]
    elif alea.chance(formes.multi_bailleur):
        autre_bailleur = tirage.territoire.bailleurs.autre(programme.bailleur, alea)
        return [replace(programme, taille=taille + 1), replace(programme, bailleur=autre_bailleur)]
    return [programme]


def _tailles(profil: Profil, alea: Alea) -> list[int]:
    premiere = min(int(exp(alea.normal(*_TAILLES.get(profil.segment, _TAILLE_PRIVEE)))) + 1, _TAILLE_MAX)
    return [premiere, *(max(1, premiere * alea.entier(15, 60) // 100) for _ in profil.financements[1:])]


def _lot(tirage: Tirage, programme: Programme) -> Lot:
    profil, alea = tirage.profil, tirage.alea
    financement, taille = programme.financement, programme.taille
    ordinaire = profil.nature is Nature.ORDINAIRE
    tirage_individuel = alea.reel()
    individuels = 0
    if ordinaire:
        individuels = taille if tirage_individuel < 0.14 else taille // 3 if tirage_individuel < 0.19 else 0  # noqa: PLR2004
    operation = "5" if financement in {"7", "8"} else alea.pondere(_OPERATIONS)
    annees = profil.signature.year
    regime = ("SU" if profil.signature >= SURFACE_UTILE_DEPUIS else "SC") if ordinaire else None
    niveau = _NIVEAUX[famille(financement)] * alea.entier(90, 115) // 100
    base = 380 + max(annees - 1996, 0) * 9 if regime == "SU" else 2600 + (annees - 1978) * 40
    neuf = operation in _NEUF and not tirage.departement.est_outre_mer
    service = _mise_en_service(tirage, neuf=neuf)
    return Lot(
        financement=financement,
        commune=programme.commune,
        proprietaire=programme.bailleur,
        gestionnaire=None,
        description=_description(alea),
        individuels=individuels,
        collectifs=taille - individuels,
        regime=regime,
        loyer=base * niveau // 100 if regime else 0,
        redevance=(22_000 + (annees - 1979) * 450) * niveau // 100 if not regime else 0,
        nature_operation=operation,
        chauffage=alea.pondere(_CHAUFFAGES),
        label="RT2012SANS" if neuf and annees in range(2013, 2017) else None,
        mise_en_service=service,
        mise_en_chantier=profil.signature + timedelta(days=30) if neuf and service else None,
        pret=None,
        montant=taille * alea.entier(30, 90) * 1000 if alea.chance(0.4) else 0,
        dossier=None,
        reservation=alea.choix((25, 30)) if profil.secteur in {Secteur.HLM, Secteur.SEM} else 0,
        logements=[],
        annexes=[],
        parcelles=[],
        adresses=[],
    )


def _completer(lot: Lot, tirage: Tirage, deja: Contenu, commun: Commun) -> None:
    """Give a programme its dwellings, annexes, parcels, addresses and number of agrément."""
    alea = tirage.alea
    cree_le = commun.cree_le
    cadre = Cadre(
        regime=lot.regime,
        loyer=lot.loyer,
        redevance=lot.redevance,
        chauffage=lot.chauffage,
        cree_le=cree_le,
        rang=sum(len(autre.logements) for autre in deja),
        total=commun.nb_logements,
    )
    lot.logements = tirer_logements(lot.individuels, lot.collectifs, cadre, tirage.formes, alea)
    if lot.regime and tirage.profil.secteur is not Secteur.PRIVE and alea.chance(0.75):
        lot.annexes = [_annexe(lot, cree_le + rang, alea) for rang in range(alea.entier(1, 3))]
    meme_lieu = [autre for autre in deja if autre.commune is lot.commune]
    lot.parcelles = _parcelles(lot.commune, tirage.formes, alea) if not meme_lieu else list(meme_lieu[0].parcelles)
    if alea.chance(0.5):
        lot.parcelles = [replace(parcelle, numero=_sans_zeros(parcelle.numero)) for parcelle in lot.parcelles]
    lot.adresses = _adresses(lot, cree_le, alea) if not meme_lieu else list(meme_lieu[0].adresses)
    lot.description = meme_lieu[0].description if meme_lieu else lot.description
    lot.dossier = _dossier(lot, tirage, deja)
    if lot.collectifs == 0 and alea.chance(_PART_AVEC_ADRESSES_PROPRES):
        for logement in lot.logements:
            logement.adresse = _adresse(lot, (None, None, "", None), cree_le)


def _mise_en_service(tirage: Tirage, *, neuf: bool) -> date | None:
    alea, signature = tirage.alea, tirage.profil.signature
    if tirage.departement.est_outre_mer:
        debut, fin = OUTRE_MER_EXISTANT
        return debut + timedelta(days=alea.entier(0, (fin - debut).days))
    if not neuf:
        return None
    service = signature + timedelta(days=alea.entier(360, 800))
    return service if service <= DATE_DE_LA_DEMO else None


def _description(alea: Alea) -> str:
    nom = noms.residence(alea)
    formes = (f'RÉSIDENCE "{nom}"', nom, f" RÉSIDENCE {nom}", f"{nom} - TRANCHE {alea.entier(1, 4)}", "")
    return alea.choix(formes)[:_DESCRIPTION_MAX]


def _annexe(lot: Lot, cree_le: int, alea: Alea) -> Annexe:
    genre = alea.pondere(_ANNEXES)
    nombre = max(1, lot.nb_logements * alea.entier(40, 110) // 100)
    prix = _PRIX[genre] * alea.entier(70, 130) // 100 if genre in _PRIX else None
    return Annexe(genre, nombre, prix, cree_le)


def _parcelles(commune: Commune, formes: Formes, alea: Alea) -> list[Parcelle]:
    plusieurs = alea.chance(formes.plusieurs_parcelles_par_champ)
    parcelles = []
    for _ in range(alea.entier(1, 3)):
        section, numero = divmod(commune.parcelles, 400)
        commune.parcelles += 2 if plusieurs else 1
        texte = f"{numero + 1:04}/{numero + 2:04}" if plusieurs else f"{numero + 1:04}"
        parcelles.append(Parcelle(_section(section), texte, alea.entier(80, 4000)))
    return parcelles


def _section(rang: int) -> str:
    """Return the nth cadastral section: A to Z, then AA to ZZ."""
    lettres = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    dizaine, unite = divmod(rang, len(lettres))
    return lettres[unite] if dizaine == 0 else lettres[dizaine - 1] + lettres[unite]


def _sans_zeros(numeros: str) -> str:
    return "/".join(numero.lstrip("0") for numero in numeros.split("/"))


def _adresses(lot: Lot, cree_le: int, alea: Alea) -> list[Adresse]:
    nom = lot.description.strip()[:_LIGNE_MAX] or None
    formes = ((None, None, "", None), (None, None, "", None), ("", nom, "", ""), (None, None, " ", "BÂT. A"))
    return [_adresse(lot, alea.choix(formes), cree_le + rang) for rang in range(alea.choix((1, 1, 1, 1, 2, 3)))]


def _adresse(lot: Lot, forme: tuple[str | None, str | None, str, str | None], cree_le: int) -> Adresse:
    """Return a new address of the programme's commune: the street follows what the third line of `forme` begins with."""
    ligne1, ligne2, blanc, ligne4 = forme
    voie = (blanc + noms.adresse(lot.commune.adresses))[:_LIGNE_MAX]
    lot.commune.adresses += 1
    return Adresse((ligne1, ligne2, voie, ligne4), lot.commune.codes_postaux[0], lot.commune.ville, cree_le)


def _dossier(lot: Lot, tirage: Tirage, deja: Contenu) -> str | None:
    """Return the number of agrément: year, commune or DDT, rank. One for the whole agreement."""
    if deja:
        return deja[0].dossier if deja[0].commune is lot.commune and deja[0].proprietaire is lot.proprietaire else None
    lieu = tirage.alea.choix((lot.commune.code_officiel, f"DD{tirage.departement.code_sur_trois}"))
    annee = tirage.profil.signature.year - 1
    if tirage.profil.secteur is Secteur.PRIVE or tirage.departement.code in _CORSE or not tirage.alea.chance(_PART_AVEC_DOSSIER):
        return None
    return tirage.territoire.dossier(annee, lieu)


def _horodatage(jour: date, alea: Alea) -> int:
    """Return an instant of that day in epoch milliseconds."""
    minuit = int(datetime(jour.year, jour.month, jour.day, tzinfo=UTC).timestamp())
    return (minuit + alea.entier(28_000, 66_000)) * 1000 + alea.entier(0, 900)

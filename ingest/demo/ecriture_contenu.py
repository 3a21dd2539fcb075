"""Writes the content of a period as rows: programmes, dwellings, annexes, parcels, addresses, repartition by typology.

Each period repeats the whole content, so a dwelling becomes text once per agreement, and only its ids change from a period to
the next: dwellings are nine rows in ten.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple, TypeVar

from ingest.demo.copie import NUL, Copie, Valeur, centiemes, ligne, nombre, simple_precision
from ingest.demo.faits import Adresse, Annexe, Convention, Etat, Logement, Lot, Modele, Parcelle, Periode, Place
from ingest.demo.logements import COEFFICIENT_UN
from ingest.demo.referentiels import Nature, Secteur, identifiant, valeur
from ingest.demo.revision import ACTUALISATION, reviser

T = TypeVar("T")

_QUOTA_FONCTIONNAIRES = 5
_FINS = frozenset({Etat.RES, Etat.DEN})
_MESURES_INCONNUES = dict.fromkeys(
    ("logementsnombretotal", "logementsnombreindtotal", "logementsnombrecoltotal", "surfacehabitable", "surfaceutile"), 0
)
"""How figures that nobody knew were taken over."""


Patron = tuple[str, str]
"""A row under a programme, without its id: what stands before the programme's id, and after."""
_TROU = "\N{NULL}"


class Surfaces(NamedTuple):
    """Areas of the houses or of the flats of a programme, in 1/100 of m²."""

    habitable: int
    annexe: int
    utile: int
    corrigee: int


class Totaux:
    """What the dwellings of a programme add up to."""

    def __init__(self, logements: list[Logement]) -> None:
        """Add them up."""
        maisons = [logement.modele for logement in logements if logement.individuel for _ in range(logement.nombre)]
        appartements = [logement.modele for logement in logements if not logement.individuel for _ in range(logement.nombre)]
        self.maisons, individuels = _sommes(maisons)
        self.appartements, collectifs = _sommes(appartements)
        self.repartition = [(typologie, individuels[typologie], collectifs[typologie]) for typologie in individuels | collectifs]


def _sommes(modeles: list[Modele]) -> tuple[Surfaces, Counter[str]]:
    """Return the areas of dwellings and their number by typology."""
    if not modeles:
        return Surfaces(0, 0, 0, 0), Counter()
    typologies, *surfaces = zip(*modeles, strict=True)
    return Surfaces(*map(sum, surfaces)), Counter(typologies)


class Rendu:
    """The rows of one agreement: where they go, and the patterns already made, by the list that they render."""

    def __init__(self, copie: Copie) -> None:
        """Write into `copie`."""
        self.copie = copie
        self._patrons: dict[tuple[str, int], list[Patron]] = {}
        self._totaux: dict[int, Totaux] = {}
        self._programmes: dict[tuple[int, int, bool, bool], list[str]] = {}

    def ecrire(self, table: str, programme: int, faits: list[T], patron: Callable[[T], Patron]) -> Sequence[int]:
        """Add a row under a programme for each of the facts, which do not change once written; return their ids."""
        cle = table, id(faits)
        if cle not in self._patrons:
            self._patrons[cle] = [patron(fait) for fait in faits]
        patrons = self._patrons[cle]
        identifiants = self.copie.identifiants(table, len(patrons))
        lignes = zip(identifiants, patrons, strict=True)
        self.copie.brut(table, [f"{numero}{debut}{programme}{fin}" for numero, (debut, fin) in lignes])
        return identifiants

    def totaux(self, logements: list[Logement]) -> Totaux:
        """Return what the dwellings of a programme add up to."""
        if id(logements) not in self._totaux:
            self._totaux[id(logements)] = Totaux(logements)
        return self._totaux[id(logements)]

    def ecrire_programme(self, convention: Convention, periode: Periode, lot: Lot, ordre: int) -> int:
        """Add the row of a programme and return its id; it only changes with the lot and with the end of the agreement."""
        fin = periode if periode.etat in _FINS else None
        cle = id(lot), ordre, periode.squelette, fin is None
        if cle not in self._programmes:
            self._programmes[cle] = ligne(
                "programmelogement",
                id=_TROU,
                ordre=ordre,
                conventiondonneesgenerales_id=_TROU,
                **_identite(convention, fin, lot),
                **(_MESURES_INCONNUES if periode.squelette else _mesures(lot, self.totaux(lot.logements))),
                **_plafonds(convention.courante.calendrier.signature, lot),
            ).split(_TROU)
        programme = self.copie.identifiant("programmelogement")
        _, avant, apres = self._programmes[cle]
        self.copie.brut("programmelogement", (f"{programme}{avant}{periode.id}{apres}",))
        return programme

    def patron_adresse_privee(self, adresse: Adresse) -> Patron:
        """Return the pattern of the address of a private owner's building, whose first line names who lives there."""
        _, ligne2, ligne3, ligne4 = adresse.lignes
        occupante = self.copie.personnes.citer(adresse.cree_le)
        return _patron_adresse(replace(adresse, lignes=(f"CHEZ {occupante.appelee}".upper(), ligne2, ligne3, ligne4)))

    def patron_logement(self, logement: Logement) -> Patron:
        """Return the pattern of a dwelling, once its own address is written."""
        if logement.adresse is None:
            return _patron_logement(logement, NUL)
        adresse = self.copie.identifiant("logementadresse")
        self.copie.ajouter(
            "logementadresse",
            id=adresse,
            ligne3=logement.adresse.lignes[2],
            codepostal=logement.adresse.code_postal,
            ville=logement.adresse.ville,
        )
        return _patron_logement(logement, str(adresse))


def ecrire_programme(rendu: Rendu, convention: Convention, periode: Periode, lot: Lot, ordre: int) -> int:
    """Write one programme of a period and everything under it; return its id."""
    programme = rendu.ecrire_programme(convention, periode, lot, ordre)
    prive = lot.proprietaire.secteur is Secteur.PRIVE
    rendu.ecrire("programmeadresse", programme, lot.adresses, rendu.patron_adresse_privee if prive else _patron_adresse)
    periode.ids_parcelles[programme] = rendu.ecrire("infocadastrale", programme, lot.parcelles, _patron_parcelle)
    rendu.ecrire("annexe", programme, lot.annexes, _patron_annexe)
    if periode.avec_logements:
        periode.ids_logements[programme] = rendu.ecrire("logement", programme, lot.logements, rendu.patron_logement)
        rendu.ecrire("infostypelogement", programme, rendu.totaux(lot.logements).repartition, _patron_repartition)
    return programme


def _identite(convention: Convention, fin: Periode | None, lot: Lot) -> dict[str, str | int | date | bool | None]:
    """Return the columns that say what the programme is. `fin` is the period of an agreement that has ended."""
    signature = convention.courante.calendrier.signature
    return {
        "description": lot.description,
        "datemiseservice": lot.mise_en_service,
        "datemisechantier": lot.mise_en_chantier,
        "dateresiliation": fin.resiliation if fin else None,
        "datedemandedenonciation": fin.demande_denonciation if fin else None,
        "estderogationloyer": lot.derogation_loyer,
        "estderogationressources": False,
        "dateinitialeloyersredevances": signature,
        "dateactualisationloyersredevances": ACTUALISATION if signature and signature < ACTUALISATION else None,
        "financementmontant": simple_precision(lot.montant),
        "financementdate": lot.date_financement,
        "financementdureepret": lot.pret,
        "financementdescription": "",
        "financementreferencedossier": lot.dossier,
        "typefinancement_id": identifiant("typefinancement", lot.financement),
        "natureoperation_id": _facultatif("NOP", lot.nature_operation),
        "commune_id": lot.commune.id,
        "typesurface_id": _facultatif("TSU", lot.regime),
        "bailleurgestionnaire_id": lot.gestionnaire.id if lot.gestionnaire else None,
        "bailleurproprietaire_id": lot.proprietaire.id,
        "etatprogramme_id": valeur("EPR", fin.etat.name if fin else lot.etat),
        "typechauffage_id": _facultatif("TCH", lot.chauffage),
        "typelabel_id": _facultatif("TLA", lot.label),
        "niveauservice_id": valeur("NSE", "NSE1") if convention.nature is Nature.FOYER_PA else None,
        "version": lot.nb_logements % 9,
    }


def _mesures(lot: Lot, totaux: Totaux) -> dict[str, int | float | None]:
    """Return the counts and areas of a programme."""
    maisons, appartements = totaux.maisons, totaux.appartements
    utile, corrigee = lot.regime == "SU", lot.regime == "SC"
    foyer = not (utile or corrigee)
    return {
        "surfacehabitable": (maisons.habitable + appartements.habitable + lot.ecart_de_surface) / 100,
        "surfaceannexe": (maisons.annexe + appartements.annexe) / 100 or None,
        "surfaceutile": (maisons.utile + appartements.utile + lot.ecart_de_surface) / 100 if utile else 0 if corrigee else None,
        "surfacecorrigee": (maisons.corrigee + appartements.corrigee) / 100 if corrigee else 0 if utile else None,
        "surfaceutileind": maisons.utile / 100 if utile else None,
        "surfaceutilecol": appartements.utile / 100 if utile else None,
        "surfacecorrigeeind": maisons.corrigee / 100 if corrigee else None,
        "surfacecorrigeecol": appartements.corrigee / 100 if corrigee else None,
        "logementsnombretotal": lot.nb_logements,
        "logementsnombreindtotal": lot.individuels,
        "logementsnombrecoltotal": lot.collectifs,
        "logementsnombrelitstotal": lot.nb_logements if foyer else 0,
        "logementsnombrechambrestotal": lot.nb_logements if foyer else None,
        "coeffponderationmoyen": 1,
        "reservationprefpourcentage": lot.reservation or None,
        "reservationprefnombre": lot.reserves if lot.reserves is not None else _part(lot, lot.reservation),
        "quotafonctionnairespourcentage": _QUOTA_FONCTIONNAIRES if lot.reservation else None,
        "quotafonctionnairenombre": _part(lot, _QUOTA_FONCTIONNAIRES) if lot.reservation else None,
    }


def _part(lot: Lot, pourcentage: int) -> int | None:
    """Return a percentage of the dwellings of a programme, rounded half up, None for none."""
    return (lot.nb_logements * pourcentage + 50) // 100 if pourcentage else None


def _plafonds(signature: date | None, lot: Lot) -> dict[str, float | None]:
    """Return the ceiling rents and charges, and what yearly revision has made of them."""
    individuel = (lot.loyer_individuel or lot.loyer) if lot.individuels else 0
    collectif = lot.loyer if lot.collectifs else 0
    return {
        "montantplafondloyerindinitial": individuel / 100 or None,
        "montantplafondloyerindactualise": reviser(individuel, signature) / 100 or None,
        "montantplafondloyercolinitial": collectif / 100 or None,
        "montantplafondloyercolactualise": reviser(collectif, signature) / 100 or None,
        "montantplafondredevancelitinitial": lot.redevance / 100 or None,
        "montantplafondredevancelitactualise": reviser(lot.redevance, signature) / 100 or None,
    }


def _patron(table: str, **valeurs: Valeur) -> Patron:
    _, debut, fin = ligne(table, id=_TROU, programmelogement_id=_TROU, **valeurs).split(_TROU)
    return debut, fin


def _patron_adresse(adresse: Adresse) -> Patron:
    ligne1, ligne2, ligne3, ligne4 = adresse.lignes
    return _patron(
        "programmeadresse",
        ligne1=ligne1,
        ligne2=ligne2,
        ligne3=ligne3,
        ligne4=ligne4,
        codepostal=adresse.code_postal,
        ville=adresse.ville,
        datecreation=adresse.cree_le,
    )


def _patron_parcelle(parcelle: Parcelle) -> Patron:
    return f"\t{parcelle.section}\t{parcelle.numero}\t{parcelle.superficie}\t{NUL}\t{NUL}\t", "\t0"


def _patron_annexe(annexe: Annexe) -> Patron:
    prix = annexe.prix / 100 if annexe.prix else None
    return _patron(
        "annexe",
        nombre=annexe.nombre,
        prixunitaire=prix,
        montantloyerinitial=prix,
        typeannexe_id=valeur("TAN", annexe.genre),
        datecreation=annexe.cree_le,
    )


def _patron_repartition(repartition: tuple[str, int, int]) -> Patron:
    typologie, individuels, collectifs = repartition
    return "\t", f"\t{valeur('TLO', typologie)}\t{individuels}\t{collectifs}"


def _patron_logement(logement: Logement, adresse: str) -> Patron:
    """Return the pattern of a dwelling, written out column by column: the generic way would take most of the time."""
    coefficient = "1" if logement.coefficient == COEFFICIENT_UN else nombre(logement.coefficient_exact)
    place, etat = _texte_place(logement.place)
    debut = f"\t{logement.nombre}{place}{_texte_modele(logement.modele)}\t{coefficient}\t{centiemes(logement.loyer)}{etat}"
    codes = _texte_codes(logement.modele.typologie, logement.chauffage, "I" if logement.individuel else "C", logement.statut)
    return debut, f"\t{codes[0]}\t{adresse}{codes[1]}\t{logement.cree_le}\t0\t{NUL}"


@lru_cache(20_000)
def _texte_place(place: Place) -> tuple[str, str]:
    """Return building, stairs, floor and number; then reservation, occupancy, owner, access and own entrance."""
    situation = (place.batiment, place.escalier, place.etage, place.numero)
    acces = "t" if place.est_de_plain_pied else "f"
    entree = "t" if place.etage is None else "f"
    return "".join(f"\t{texte or NUL}" for texte in situation), f"\t{NUL}\t{NUL}\t{NUL}\t{acces}\t{entree}\t"


@lru_cache(20_000)
def _texte_modele(modele: Modele) -> str:
    """Return the areas: living, annexes, useful, corrected, terraces."""
    utile = centiemes(modele.utile) if modele.utile else NUL
    corrigee = centiemes(modele.corrigee) if modele.corrigee else NUL
    return f"\t{centiemes(modele.habitable)}\t{centiemes(modele.annexe)}\t{utile}\t{corrigee}\t{NUL}"


@lru_cache(1_000)
def _texte_codes(typologie: str, chauffage: str | None, construction: str, statut: str) -> tuple[str, str]:
    """Return the typology, then heating, reason of leaving, kind of building and status."""
    codes = (NUL if chauffage is None else valeur("TCH", chauffage), NUL, valeur("TCS", construction), valeur("SLO", statut))
    return str(valeur("TLO", typologie)), "".join(f"\t{code}" for code in codes)


def _facultatif(liste: str, code: str | None) -> int | None:
    return None if code is None else valeur(liste, code)

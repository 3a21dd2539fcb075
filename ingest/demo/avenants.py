"""The amendments of an agreement: what each one changes, when, and the content it leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ingest.demo.alea import Alea, Poids
from ingest.demo.bailleurs import Bailleurs
from ingest.demo.calendrier import prochaine_fin
from ingest.demo.faits import DATE_DE_LA_DEMO, Annexe, Avenant, Contenu, Convention, Logement, Lot, Periode
from ingest.demo.formes import Formes
from ingest.demo.logements import sont_equilibres
from ingest.demo.profil import jour_ouvre
from ingest.demo.referentiels import Nature, Secteur
from ingest.demo.territoire import Tirage

_NOMBRES: Poids[int] = Poids.de({0: 76, 1: 17, 2: 5, 3: 1.5, 4: 0.5})
_NOMBRES_PRIVES: Poids[int] = Poids.de({0: 96, 1: 4})
_OBJETS: Poids[str] = Poids.de(
    {"1": 18, "2": 10, "3": 3, "5": 16, "6": 3, "7": 18, "8": 10, "10": 10, "11": 4, "12": 3, "13": 3, "R03": 1, "R04": 1}
)
_OBJETS_FOYER: Poids[str] = Poids.de({"1": 15, "4": 35, "5": 15, "7": 20, "8": 10, "13": 5})
_OBJETS_PRIVES: Poids[str] = Poids.de({"7": 5, "13": 5})
_SORTIES = frozenset({"2", "3", "6"})
_PROROGATIONS = frozenset({"5", "8", "10"})
"""Extensions, alone or with works: without a later term they are not drawn."""
_LIBELLES = {
    "1": "Mutation, changement de propriétaire",
    "2": "Vente partielle de logements",
    "3": "Démolition partielle de logements",
    "4": "Changement de gestionnaire",
    "5": "Prorogation de la durée de la convention initiale",
    "6": "Dénonciation partielle, sortie de logements",
    "7": "Modification du descriptif du programme",
    "8": "Travaux, réhabilitation",
    "10": "Travaux, réhabilitation (PALULOS et PAM)",
    "11": "Rectification de l'engagement",
    "12": "Modification du taux de réservation préfectorale",
    "13": "Autre",
    "R03": "Dérogation loyer",
    "R04": "Modification du montant de loyer maximum",
}
_PREMIER_DELAI, _DELAI_ENTRE_DEUX, _INSTRUCTION = timedelta(days=200), timedelta(days=90), timedelta(days=80)
_DUREE_MAXIMALE_ANNEES = 62
_LOGEMENTS_POUR_UNE_SORTIE = 4
_DESCRIPTION_MAX = 250


@dataclass(slots=True)
class Contexte:
    """What the draw of the amendments of one agreement needs."""

    tirage: Tirage
    fin: date
    """Last day an amendment may be signed."""
    peut_prolonger: bool

    @property
    def alea(self) -> Alea:
        """The stream of the agreement."""
        return self.tirage.alea

    @property
    def formes(self) -> Formes:
        """How often irregular shapes occur."""
        return self.tirage.formes

    @property
    def bailleurs(self) -> Bailleurs:
        """The owners and managers to choose from."""
        return self.tirage.territoire.bailleurs


def ajouter_avenants(convention: Convention, contexte: Contexte) -> None:
    """Draw the amendments of a published agreement, with the period that each opens."""
    alea, publication = contexte.alea, convention.courante.calendrier.publication
    if publication is None:
        return
    prive = convention.secteur is Secteur.PRIVE
    jour = publication + _PREMIER_DELAI
    for _ in range(alea.pondere(_NOMBRES_PRIVES if prive else _NOMBRES)):
        if jour >= contexte.fin:
            break
        signature = jour_ouvre(jour + timedelta(days=int((contexte.fin - jour).days * alea.reel() ** 1.5)))
        if signature <= convention.courante.debut:
            break
        if alea.chance(contexte.formes.avenant_annule):
            _annuler(convention, signature)
        else:
            _signer(convention, signature, contexte)
        jour = signature + _DELAI_ENTRE_DEUX
    if contexte.fin == DATE_DE_LA_DEMO and alea.chance(contexte.formes.avenant_en_cours):
        _deposer(convention, alea)


def _annuler(convention: Convention, jour: date) -> None:
    """Add an amendment cancelled before its signature: it opens no period, even when it had a new term."""
    numero = len(convention.avenants) + 1
    expiration = convention.courante.expiration
    convention.avenants.append(
        Avenant(
            numero=numero,
            types=("5",),
            depot=jour - _INSTRUCTION,
            description=f"Avenant n° {numero} annulé à la demande du bailleur",
            annulation=jour,
            nouvelle_expiration=prochaine_fin(expiration + timedelta(days=900), convention.nature) if expiration else None,
        )
    )


def _deposer(convention: Convention, alea: Alea) -> None:
    """Add an amendment still being instructed."""
    numero = len(convention.avenants) + 1
    depot = jour_ouvre(DATE_DE_LA_DEMO - timedelta(days=alea.entier(5, 150)))
    if depot > convention.courante.debut:
        convention.avenants.append(Avenant(numero, ("7",), depot, f"Avenant n° {numero} en cours d'instruction"))


def _signer(convention: Convention, signature: date, contexte: Contexte) -> None:
    alea, formes = contexte.alea, contexte.formes
    numero = len(convention.avenants) + 1
    objet, contenu, nouvelle_expiration = _changer(convention, contexte)
    types = (objet,) if objet == "7" or not alea.chance(0.1) else (objet, "7")
    avenant = Avenant(
        numero=numero,
        types=types,
        depot=signature - timedelta(days=alea.entier(15, _INSTRUCTION.days)),
        description=f"Avenant n° {numero} : {_LIBELLES[objet].lower()}"[:_DESCRIPTION_MAX],
        signature=signature,
        nouvelle_expiration=nouvelle_expiration,
    )
    publication = jour_ouvre(signature + timedelta(days=alea.entier(20, 170)))
    if publication <= DATE_DE_LA_DEMO and not alea.chance(formes.avenant_non_publie):
        avenant.publication = publication
        avenant.reference = contexte.tirage.territoire.reference(convention.departement, publication, alea)
    precedente, expiration = convention.courante, nouvelle_expiration or convention.expiration
    convention.avenants.append(avenant)
    absente = nouvelle_expiration is not None and alea.chance(formes.expiration_dans_l_avenant_seul)
    convention.periodes.append(
        Periode(
            debut=signature,
            etat=precedente.etat,
            descriptif=f'Avenant "{_LIBELLES[objet]}"',
            contenu=contenu,
            calendrier=precedente.calendrier,
            expiration=None if absente else expiration,
            avenant=avenant,
        )
    )


def _prolonger(convention: Convention, contexte: Contexte) -> date | None:
    """Return a later term, None when the agreement is long enough already."""
    depart, signature = convention.expiration, convention.courante.calendrier.signature
    if depart is None or signature is None or not contexte.peut_prolonger:
        return None
    nouvelle = prochaine_fin(depart + timedelta(days=365 * contexte.alea.entier(3, 15)), convention.nature)
    return nouvelle if nouvelle.year - signature.year <= _DUREE_MAXIMALE_ANNEES else None


def _changer(convention: Convention, contexte: Contexte) -> tuple[str, Contenu, date | None]:
    """Return the type of an amendment, the content it leaves and its new term; the impossible becomes a new description."""
    objets = _OBJETS
    if convention.nature is not Nature.ORDINAIRE:
        objets = _OBJETS_FOYER
    elif convention.secteur is Secteur.PRIVE:
        objets = _OBJETS_PRIVES
    objet, contenu = contexte.alea.pondere(objets), convention.courante.contenu
    if objet in _PROROGATIONS:
        nouvelle = _prolonger(convention, contexte)
        if nouvelle is not None:
            return objet, contenu, nouvelle
    elif objet in _CHANGEMENTS:
        nouveau = _CHANGEMENTS[objet](contenu, contexte)
        if nouveau is not None:
            return objet, nouveau, None
    elif objet != "7":
        return objet, contenu, None
    return "7", _decrire(contenu, contexte), None


def _decrire(contenu: Contenu, contexte: Contexte) -> Contenu:
    """Add annexes of a kind to the first programme of dwellings with rent."""
    premier, *autres = contenu
    genres = {annexe.genre for annexe in premier.annexes}
    if premier.regime is None or "2" in genres or not premier.annexes:
        return contenu
    ajout = Annexe("2", contexte.alea.entier(1, 12), None, premier.annexes[0].cree_le)
    return [replace(premier, annexes=[*premier.annexes, ajout]), *autres]


def _muter(contenu: Contenu, contexte: Contexte) -> Contenu | None:
    """Replace the owner everywhere; None when several share the agreement."""
    if len({lot.proprietaire.id for lot in contenu}) > 1:
        return None
    nouveau = contexte.bailleurs.autre(contenu[0].proprietaire, contexte.alea)
    return [replace(lot, proprietaire=nouveau) for lot in contenu]


def _changer_de_gestionnaire(contenu: Contenu, contexte: Contexte) -> Contenu | None:
    nouveau = contexte.bailleurs.gestionnaire(contexte.tirage.departement, contexte.alea, contenu[0].gestionnaire)
    return [replace(lot, gestionnaire=nouveau) for lot in contenu]


def _sortir(contenu: Contenu, contexte: Contexte) -> Contenu | None:
    """Take dwellings out of the largest programme; None when that would leave too few, equal owners or raised rents."""
    rang = max(range(len(contenu)), key=lambda indice: contenu[indice].nb_logements)
    lot = contenu[rang]
    if len(lot.logements) < _LOGEMENTS_POUR_UNE_SORTIE or len({autre.proprietaire.id for autre in contenu}) > 1:
        return None
    gardes = lot.logements[: len(lot.logements) - contexte.alea.entier(1, len(lot.logements) // 3)]
    return [*contenu[:rang], reduire(lot, gardes), *contenu[rang + 1 :]] if sont_equilibres(gardes) else None


def reduire(lot: Lot, gardes: list[Logement]) -> Lot:
    """Return a programme that only has these of its dwelling rows."""
    individuels = sum(logement.nombre for logement in gardes if logement.individuel)
    collectifs = sum(logement.nombre for logement in gardes) - individuels
    return replace(lot, individuels=individuels, collectifs=collectifs, logements=gardes)


_CHANGEMENTS: dict[str, Callable[[Contenu, Contexte], Contenu | None]] = {
    "1": _muter,
    "4": _changer_de_gestionnaire,
    **dict.fromkeys(_SORTIES, _sortir),
}

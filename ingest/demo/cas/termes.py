"""Cases of the rules on the end of an agreement: loans, recorded terms, renewals and amendments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from math import ceil, floor

from ingest.demo.calendrier import JOURS_PAR_AN, plus_annees
from ingest.demo.cas import choix, gestes
from ingest.demo.cas.atelier import Atelier
from ingest.demo.cas.cas import AN, AV, IN, Cas, Geste, avenant, lot, puis, tous
from ingest.demo.cas.gestes import annees_apres
from ingest.demo.faits import DATE_DE_LA_DEMO, Convention, Etat
from ingest.demo.oracle import DATE_DE_REFERENCE
from ingest.demo.profil import ANAH_SANS_RECONDUCTION_DEPUIS
from ingest.demo.referentiels import Secteur

_UN_JOUR = timedelta(days=1)
_ANAH = choix.finance("17", "18", "19", "81")
_SOCIALE = tous(choix.simple, choix.ordinaire, choix.hlm, choix.finance("1", "2", "3"))
_ANAH_ANCIENNE = tous(choix.simple, _ANAH, choix.signee(jusqu_au=ANAH_SANS_RECONDUCTION_DEPUIS - _UN_JOUR))
_LOINTAINE = tous(choix.simple, choix.terme(depuis=date(2031, 1, 1)))
_ECHUE = tous(choix.simple, choix.terme(jusqu_au=DATE_DE_LA_DEMO - _UN_JOUR))
_PROLONGEABLE = tous(_SOCIALE, choix.amendable, choix.terme(depuis=date(2034, 1, 1)))


def _duree(effet: date, terme: date) -> int:
    return terme.year - effet.year


def _pret_fini(jours: int, annees: int = 0) -> Geste:
    """Return a loan that ends so many days after the term and years before, whose duration is that of the agreement."""
    return gestes.preter(_duree, lambda terme, pret: plus_annees(terme + timedelta(days=jours), -pret - annees))


def _sans_pret_date(effet: date, terme: date) -> int:
    return _duree(effet, terme) + 10


def _compter(arrondi: Callable[[float], int], ecart: int = 0) -> Geste:
    """Give the duration between signature and initial term, rounded, and some years more."""

    def geste(convention: Convention, _: Atelier) -> None:
        calendrier = convention.courante.calendrier
        if calendrier.signature is not None:
            calendrier.duree = arrondi((gestes.initiale_de(convention) - calendrier.signature).days / JOURS_PAR_AN) + ecart

    return geste


def _sans_duree(convention: Convention, _: Atelier) -> None:
    convention.courante.calendrier.duree = None


def _est_prolongee(convention: Convention) -> bool:
    prolonge = any(avenant.signature and avenant.nouvelle_expiration for avenant in convention.avenants)
    return convention.courante.etat is Etat.OPP and prolonge


def _renouveler(jours: int | None) -> Geste:
    """Return the record of a renewal so many days after the term, or of none."""

    def geste(convention: Convention, _: Atelier) -> None:
        fin = convention.expiration
        convention.courante.renouvellement = fin + timedelta(days=jours) if fin and jours is not None else None

    return geste


def _denoncer(convention: Convention, _: Atelier) -> None:
    convention.courante.demande_denonciation = gestes.initiale_de(convention) - timedelta(days=200)
    convention.courante.renouvellement = None


def _rouvrir(convention: Convention, _: Atelier) -> None:
    convention.periodes.pop()


def _est_anah_sans_reconduction(convention: Convention) -> bool:
    return convention.est_anah and (convention.courante.calendrier.signature or date.min) >= ANAH_SANS_RECONDUCTION_DEPUIS


def _ne_finit_pas_le_30_juin(convention: Convention) -> bool:
    fin = convention.courante.calendrier.expiration_initiale
    return fin is not None and (fin.month, fin.day) != (6, 30)


def _est_dans_l_avenant_seul(convention: Convention) -> bool:
    return convention.courante.etat is Etat.OPP and convention.courante.expiration is None and convention.expiration is not None


def _sans_terme(_: date) -> date | None:
    return None


PRETS = (
    Cas("DUR-002", AV, "Fin la veille de la dernière échéance du prêt", _SOCIALE, _pret_fini(1), lot),
    Cas("DUR-002", None, "Fin le jour de la dernière échéance du prêt", _SOCIALE, _pret_fini(0), lot),
    Cas("DUR-002", None, "Prêt plus long que la convention, mais de date inconnue", _SOCIALE, gestes.preter(_sans_pret_date), lot),
    Cas(
        "DUR-002",
        None,
        "PLS qui finit avant son prêt",
        tous(choix.simple, choix.ordinaire, choix.finance("9")),
        _pret_fini(1),
        lot,
    ),
    Cas("DUR-018", AV, "Fin un an et un jour après la dernière échéance du prêt", _SOCIALE, _pret_fini(-1, 1), lot),
    Cas("DUR-018", None, "Fin un an après la dernière échéance du prêt", _SOCIALE, _pret_fini(0, 1), lot),
    Cas(
        "DUR-018",
        None,
        "PLS qui finit deux ans après son prêt",
        tous(choix.simple, choix.ordinaire, choix.finance("9")),
        _pret_fini(0, 2),
        lot,
    ),
)

TERMES = (
    Cas("DUR-008", AN, "Durée d'un an de plus que l'arrondi supérieur", _SOCIALE, _compter(ceil, 1)),
    Cas("DUR-008", AN, "Durée d'un an de moins que l'arrondi inférieur", _SOCIALE, _compter(floor, -1)),
    Cas("DUR-008", None, "Durée arrondie à l'année supérieure", _SOCIALE, _compter(ceil)),
    Cas("DUR-008", None, "Durée inconnue", _SOCIALE, _sans_duree),
    Cas("DUR-008", None, "Convention prorogée, dont la durée est restée celle du terme initial", _est_prolongee),
    Cas("DUR-009", AN, "Fin initiale 367 jours après la fin, sans avenant", _LOINTAINE, gestes.expirer(annees_apres(0, -367))),
    Cas("DUR-009", AN, "Fin initiale deux ans après la fin, sans avenant", _LOINTAINE, gestes.expirer(annees_apres(-2))),
    Cas("DUR-009", None, "Fin initiale 366 jours après la fin, sans avenant", _LOINTAINE, gestes.expirer(annees_apres(0, -366))),
    Cas(
        "DUR-009",
        None,
        "Fin initiale deux ans après la fin, avec un avenant",
        tous(_LOINTAINE, choix.amendable),
        puis(gestes.avenir("7"), gestes.expirer(annees_apres(-2))),
    ),
    Cas(
        "DUR-010",
        AV,
        "Logements ordinaires, fin le 1er juillet",
        tous(_SOCIALE, choix.signee(date(1990, 1, 1))),
        gestes.reporter_le_terme(1),
    ),
    Cas(
        "DUR-010",
        AV,
        "Foyer, fin le 30 juin",
        tous(choix.simple, choix.foyer, choix.finance("1", "2", "3"), choix.signee(date(1990, 1, 1))),
        gestes.reporter_le_terme(-184),
    ),
    Cas("DUR-010", None, "ANAH qui finit un autre jour que le 30 juin", tous(choix.simple, _ANAH, _ne_finit_pas_le_30_juin)),
    Cas(
        "DUR-010",
        None,
        "Foyer d'outre-mer, fin le 30 juin",
        tous(choix.simple, choix.outre_mer),
        gestes.reporter_le_terme(-184),
        rare=True,
    ),
    Cas(
        "DUR-010",
        None,
        "PLS d'un bailleur privé, fin le 29 juin",
        tous(choix.simple, choix.secteur(Secteur.PRIVE), choix.finance("9"), choix.terme(depuis=date(2027, 1, 1))),
        gestes.reporter_le_terme(-1),
    ),
    Cas("DUR-011", IN, "Échéance dépassée, aucun renouvellement enregistré", _ECHUE, _renouveler(None)),
    Cas("DUR-011", IN, "Échéance dépassée, renouvellement enregistré pour la veille", _ECHUE, _renouveler(-1)),
    Cas(
        "DUR-011",
        AN,
        "ANAH sans reconduction, échue et toujours opposable",
        tous(choix.etat(Etat.DEN), _est_anah_sans_reconduction),
        _rouvrir,
    ),
    Cas("DUR-011", None, "Échéance dépassée, renouvellement enregistré ce jour-là", _ECHUE, _renouveler(0)),
    Cas("DUR-011", None, "Échéance dépassée, dénonciation demandée", _ECHUE, _denoncer),
    Cas(
        "DUR-011",
        None,
        "Échéance le jour de référence",
        _ANAH_ANCIENNE,
        gestes.fixer_le_terme(lambda _: DATE_DE_REFERENCE),
    ),
    Cas("DUR-012", AN, "Convention opposable sans aucune fin", choix.simple, gestes.expirer(_sans_terme)),
    Cas("DUR-012", None, "Fin absente de la période et donnée par l'avenant", _est_dans_l_avenant_seul),
    Cas(
        "DUR-012",
        None,
        "Convention résiliée sans aucune fin",
        tous(choix.etat(Etat.RES), lambda convention: not convention.avenants),
        gestes.expirer(_sans_terme),
    ),
)

AVENANTS = (
    Cas(
        "DUR-017", AV, "Avenant qui avance la fin d'un jour", _PROLONGEABLE, gestes.avenir("5", terme=annees_apres(0, -1)), avenant
    ),
    Cas(
        "DUR-017",
        AV,
        "Second avenant qui revient sur la prorogation du premier",
        _PROLONGEABLE,
        puis(gestes.avenir("5", terme=annees_apres(10)), gestes.avenir("5", terme=annees_apres(5))),
        avenant,
    ),
    Cas(
        "DUR-017",
        None,
        "Avenant qui redit la fin sans la changer",
        _PROLONGEABLE,
        gestes.avenir("5", terme=annees_apres(0)),
        avenant,
    ),
    Cas(
        "DUR-017",
        None,
        "Avenant signé qui avançait la fin de deux ans, annulé depuis",
        _PROLONGEABLE,
        gestes.avenir("5", terme=annees_apres(-2), annule=True),
        avenant,
    ),
)

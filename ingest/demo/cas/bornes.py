"""Cases on the very bound of a rule on duration: the first and the last day of the law, the exact number of years or of days."""

from __future__ import annotations

from calendar import isleap
from datetime import date, timedelta

from ingest.demo.calendrier import plus_annees
from ingest.demo.cas import choix, gestes
from ingest.demo.cas.atelier import Atelier
from ingest.demo.cas.cas import AN, AV, NR, Cas, Geste, lot, puis, tous
from ingest.demo.faits import Convention, Etat
from ingest.demo.oracle import DATE_DE_REFERENCE, date_effet
from ingest.demo.oracle.dur import PLS_DEPUIS
from ingest.demo.referentiels import Secteur

_UN_JOUR = timedelta(days=1)
_PREMIERE_FIN_FIXE = date(1990, 1, 1)
_IL_Y_A_TROIS_ANS = plus_annees(DATE_DE_REFERENCE, -3)
_SOCIALE = tous(choix.simple, choix.ordinaire, choix.hlm, choix.finance("1", "2", "3"))
_ANCIENNE = tous(_SOCIALE, choix.signee(jusqu_au=date(2022, 12, 31)))
_FONCIERE = tous(choix.simple, choix.ordinaire, choix.secteur(Secteur.AUTRE), choix.finance("1", "3", "7", "22"))
_PLS_POSSIBLE = tous(choix.simple, choix.ordinaire, choix.hlm, choix.signee(PLS_DEPUIS + timedelta(days=366)))
_INSTRUITE = choix.etat(Etat.INS)
_COUVERTE = frozenset({"DUR-001"})


def _finir(mois: int, quantieme: int, annees: int) -> Geste:
    """Take effect that day and end on 30 June, years later."""
    return puis(gestes.prendre_effet(mois, quantieme), gestes.fixer_le_terme(gestes.un_30_juin(annees)))


def _signer(jour: date, annees: int) -> Geste:
    """Be signed that day and end on 30 June, years later."""
    return puis(gestes.signer_le(jour), gestes.fixer_le_terme(gestes.un_30_juin(annees)))


def _fonciere(mois: int, quantieme: int, annees: int) -> Geste:
    return puis(
        gestes.donner_a(lambda convention, atelier: atelier.fonciere(convention, logement=True)),
        _finir(mois, quantieme, annees),
    )


def _tolerance_de_366_jours(convention: Convention) -> bool:
    """Whether 366 days after forty years and a 29 June there is a 30 June."""
    effet = date_effet(convention)
    return effet is not None and not isleap(effet.year + 41)


def _saisir_la_fin(jour: date) -> Geste:
    """Type a term in an agreement that is not signed."""

    def geste(convention: Convention, _: Atelier) -> None:
        convention.courante.expiration = jour

    return geste


BORNES = (
    Cas(
        "DUR-003",
        NR,
        "PLS de treize ans signé le 3 mai 2002, premier jour de la règle",
        tous(_SOCIALE, choix.signable_le(PLS_DEPUIS, PLS_DEPUIS)),
        puis(_signer(PLS_DEPUIS, 13), gestes.financer("9")),
        lot,
        rare=True,
    ),
    Cas(
        "DUR-003",
        None,
        "PLS de treize ans signé le 2 mai 2002, veille de la règle",
        tous(_SOCIALE, choix.signable_le(PLS_DEPUIS - _UN_JOUR, PLS_DEPUIS)),
        puis(_signer(PLS_DEPUIS - _UN_JOUR, 13), gestes.financer("9")),
        lot,
        rare=True,
    ),
    Cas(
        "DUR-004",
        AV,
        "PLS au dernier jour de la tolérance : effet le 29 juin, fin le 30 juin de la quarante et unième année",
        tous(_PLS_POSSIBLE, choix.prend_effet_vers(6, 29), _tolerance_de_366_jours),
        puis(gestes.financer("9"), _finir(6, 29, 41)),
        lot,
    ),
    Cas(
        "DUR-006",
        NR,
        "Foncière Logement, dix-neuf ans moins un jour",
        tous(_FONCIERE, choix.prend_effet_vers(7, 1)),
        _fonciere(7, 1, 19),
    ),
    Cas(
        "DUR-006",
        NR,
        "Foncière Logement, vingt et un ans et un jour",
        tous(_FONCIERE, choix.prend_effet_vers(6, 29)),
        _fonciere(6, 29, 21),
    ),
    Cas(
        "DUR-006",
        None,
        "Foncière Logement, dix-neuf ans jour pour jour",
        tous(_FONCIERE, choix.prend_effet_vers(6, 30)),
        _fonciere(6, 30, 19),
    ),
    Cas(
        "DUR-006",
        None,
        "Foncière Logement, vingt et un ans jour pour jour",
        tous(_FONCIERE, choix.prend_effet_vers(6, 30)),
        _fonciere(6, 30, 21),
    ),
    Cas(
        "DUR-007",
        AV,
        "Neuf ans moins trente-six jours en PLUS ou PLAI : effet le 5 août, fin le 30 juin",
        tous(_ANCIENNE, choix.prend_effet_vers(8, 5)),
        _finir(8, 5, 9),
        avec=_COUVERTE,
    ),
    Cas(
        "DUR-007",
        None,
        "Neuf ans moins trente-sept jours en PLUS ou PLAI : effet le 6 août, fin le 30 juin",
        tous(_ANCIENNE, choix.prend_effet_vers(8, 6)),
        _finir(8, 6, 9),
        avec=_COUVERTE,
    ),
    Cas(
        "DUR-007",
        AV,
        "Dix ans jour pour jour en PLUS ou PLAI",
        tous(_ANCIENNE, choix.prend_effet_vers(6, 30)),
        _finir(6, 30, 10),
    ),
    Cas(
        "DUR-007",
        None,
        "Dix ans et un jour en PLUS ou PLAI",
        tous(_ANCIENNE, choix.prend_effet_vers(6, 29)),
        _finir(6, 29, 10),
    ),
    Cas(
        "DUR-007",
        AV,
        "Dix ans au plus, signés depuis trois ans et un jour",
        tous(_SOCIALE, choix.signable_le(_IL_Y_A_TROIS_ANS - _UN_JOUR)),
        _signer(_IL_Y_A_TROIS_ANS - _UN_JOUR, 10),
        rare=True,
    ),
    Cas(
        "DUR-007",
        None,
        "Dix ans au plus, signés depuis trois ans jour pour jour",
        tous(_SOCIALE, choix.signable_le(_IL_Y_A_TROIS_ANS)),
        _signer(_IL_Y_A_TROIS_ANS, 10),
        rare=True,
    ),
    Cas(
        "DUR-010",
        AV,
        "Fin le 1er juillet d'une convention signée le 1er janvier 1990",
        tous(_SOCIALE, choix.signable_le(_PREMIERE_FIN_FIXE)),
        puis(gestes.signer_le(_PREMIERE_FIN_FIXE), gestes.reporter_le_terme(1)),
        rare=True,
    ),
    Cas(
        "DUR-010",
        None,
        "Fin le 1er juillet d'une convention signée le 31 décembre 1989",
        tous(_SOCIALE, choix.signable_le(_PREMIERE_FIN_FIXE - _UN_JOUR)),
        puis(gestes.signer_le(_PREMIERE_FIN_FIXE - _UN_JOUR), gestes.reporter_le_terme(1)),
        rare=True,
    ),
    Cas(
        "DUR-013",
        AN,
        "Soixante-cinq ans et un jour",
        tous(_SOCIALE, choix.prend_effet_vers(6, 29)),
        _finir(6, 29, 65),
    ),
    Cas(
        "DUR-013",
        None,
        "Soixante-cinq ans jour pour jour",
        tous(_SOCIALE, choix.prend_effet_vers(6, 30)),
        _finir(6, 30, 65),
    ),
    Cas("DUR-013", AN, "Fin en 2101, saisie à l'instruction", _INSTRUITE, _saisir_la_fin(date(2101, 6, 30))),
    Cas("DUR-013", None, "Fin en 2100, saisie à l'instruction", _INSTRUITE, _saisir_la_fin(date(2100, 6, 30))),
    Cas(
        "DUR-013",
        AN,
        "Fin en 1985, avant que la première convention puisse finir",
        tous(_SOCIALE, choix.signee(jusqu_au=date(1981, 12, 31))),
        gestes.fixer_le_terme(lambda _: date(1985, 6, 30)),
        avec=_COUVERTE,
    ),
    Cas(
        "DUR-013",
        None,
        "Fin en 1986, trop tôt mais possible",
        tous(_SOCIALE, choix.signee(jusqu_au=date(1981, 12, 31))),
        gestes.fixer_le_terme(lambda _: date(1986, 6, 30)),
        avec=_COUVERTE,
    ),
)

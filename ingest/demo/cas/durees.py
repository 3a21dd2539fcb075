"""Cases of the rules on how long an agreement lasts."""

from __future__ import annotations

from datetime import date, timedelta

from ingest.demo.calendrier import plus_annees, prochaine_fin
from ingest.demo.cas import choix, gestes
from ingest.demo.cas.atelier import Atelier
from ingest.demo.cas.cas import AV, NR, Cas, Geste, lot, puis, tous
from ingest.demo.cas.gestes import annees_apres, un_30_juin, un_31_decembre
from ingest.demo.faits import Bailleur, Convention
from ingest.demo.oracle.dur import PLS_DEPUIS
from ingest.demo.profil import ANAH_SANS_RECONDUCTION_DEPUIS
from ingest.demo.referentiels import Nature, Secteur

_UN_JOUR = timedelta(days=1)
_HLM = tous(choix.simple, choix.ordinaire, choix.hlm)
_SOCIALE = tous(_HLM, choix.finance("1", "2", "3"))
_FOYER_HLM = tous(choix.simple, choix.foyer, choix.hlm, choix.de_famille("PLUS", "PLAI"))
_RECENTE = tous(_HLM, choix.de_famille("PLUS", "PLAI", "PLS"), choix.signee(depuis=PLS_DEPUIS + timedelta(days=366)))
_ANCIEN_PLS = tous(choix.simple, choix.ordinaire, choix.finance("12", "13"), choix.signee(jusqu_au=PLS_DEPUIS - _UN_JOUR))
_FONCIERE = tous(choix.simple, choix.ordinaire, choix.secteur(Secteur.AUTRE), choix.finance("1", "3", "7", "22"))
_SOUS_NEUF_ANS, _NEUF_ANS = choix.prend_effet_vers(7, 2), choix.prend_effet_vers(7, 1)
_ANAH_RECENTE = tous(choix.simple, choix.signee(depuis=date(2021, 6, 1)))


def _prochain_30_juin(effet: date) -> date:
    return prochaine_fin(plus_annees(effet, 9), Nature.ORDINAIRE)


def _pls(mois: int, quantieme: int, annees: int) -> Geste:
    return puis(gestes.financer("9"), gestes.prendre_effet(mois, quantieme), gestes.fixer_le_terme(un_30_juin(annees)))


def _a_terme(mois: int, quantieme: int, annees: int) -> Geste:
    return puis(gestes.prendre_effet(mois, quantieme), gestes.fixer_le_terme(un_30_juin(annees)))


def _fonciere(convention: Convention, atelier: Atelier) -> Bailleur:
    return atelier.fonciere(convention, logement=True)


def _homonyme(convention: Convention, atelier: Atelier) -> Bailleur:
    return atelier.fonciere(convention, logement=False)


def _duree(effet: date, terme: date) -> int:
    return terme.year - effet.year


DUREES = (
    Cas(
        "DUR-001",
        NR,
        "Neuf ans moins deux jours : effet le 2 juillet, fin le 30 juin",
        tous(_SOCIALE, _SOUS_NEUF_ANS),
        _a_terme(7, 2, 9),
    ),
    Cas("DUR-001", NR, "Huit ans", _SOCIALE, gestes.fixer_le_terme(un_30_juin(8))),
    Cas(
        "DUR-001",
        NR,
        "Foyer de moins de neuf ans : effet le 2 janvier, fin le 31 décembre",
        tous(_FOYER_HLM, choix.prend_effet_vers(1, 2)),
        puis(gestes.prendre_effet(1, 2), gestes.fixer_le_terme(un_31_decembre(8))),
    ),
    Cas(
        "DUR-001",
        NR,
        "ANAH d'avant octobre 2006, huit ans",
        tous(choix.simple, choix.finance("17"), choix.signee(jusqu_au=ANAH_SANS_RECONDUCTION_DEPUIS - _UN_JOUR)),
        gestes.fixer_le_terme(annees_apres(8, -1)),
    ),
    Cas(
        "DUR-001",
        None,
        "Neuf ans moins un jour : effet le 1er juillet, fin le 30 juin",
        tous(_SOCIALE, _NEUF_ANS),
        _a_terme(7, 1, 9),
    ),
    Cas(
        "DUR-001",
        None,
        "ANAH d'après octobre 2006, six ans",
        tous(_ANAH_RECENTE, choix.finance("17")),
        gestes.fixer_le_terme(annees_apres(6, -1)),
    ),
    Cas(
        "DUR-001",
        None,
        "PLS de huit ans : déjà dit trop court pour un PLS",
        _RECENTE,
        puis(gestes.financer("9"), gestes.fixer_le_terme(un_30_juin(8))),
        avec=frozenset({"DUR-003"}),
    ),
    Cas(
        "DUR-003",
        NR,
        "PLS de quinze ans moins deux jours : effet le 2 juillet, fin le 30 juin",
        tous(_RECENTE, _SOUS_NEUF_ANS),
        _pls(7, 2, 15),
        lot,
    ),
    Cas("DUR-003", NR, "PLS de huit ans", _RECENTE, puis(gestes.financer("9"), gestes.fixer_le_terme(un_30_juin(8))), lot),
    Cas(
        "DUR-003",
        None,
        "PLS de quinze ans moins un jour : effet le 1er juillet, fin le 30 juin",
        tous(_RECENTE, _NEUF_ANS),
        _pls(7, 1, 15),
        lot,
    ),
    Cas("DUR-003", None, "PLUS de douze ans", _SOCIALE, gestes.fixer_le_terme(un_30_juin(12)), lot),
    Cas(
        "DUR-004", NR, "PLS de quarante-deux ans", _RECENTE, puis(gestes.financer("9"), gestes.fixer_le_terme(un_30_juin(42))), lot
    ),
    Cas(
        "DUR-004",
        NR,
        "PLS au-delà de la tolérance : effet le 28 juin, fin le 30 juin de la quarante et unième année",
        tous(_RECENTE, choix.prend_effet_vers(6, 28)),
        _pls(6, 28, 41),
        lot,
    ),
    Cas(
        "DUR-004",
        AV,
        "PLS de quarante ans et un jour",
        tous(_RECENTE, choix.prend_effet_vers(6, 29)),
        _pls(6, 29, 40),
        lot,
    ),
    Cas(
        "DUR-004",
        AV,
        "PLS de quarante-trois ans dans un foyer, dont nul texte ne borne la durée",
        tous(_FOYER_HLM, choix.nature(Nature.FOYER_PA, Nature.FOYER_PH), choix.signee(depuis=PLS_DEPUIS)),
        puis(gestes.financer("9"), gestes.fixer_le_terme(un_31_decembre(43))),
        lot,
    ),
    Cas("DUR-004", None, "PLS de quarante ans jour pour jour", tous(_RECENTE, choix.prend_effet_vers(6, 30)), _pls(6, 30, 40), lot),
    Cas("DUR-004", None, "PLUS de quarante-cinq ans", _SOCIALE, gestes.fixer_le_terme(un_30_juin(45)), lot),
    Cas(
        "DUR-004",
        None,
        "PLA CFF ou PCL d'avant mai 2002, quarante-deux ans",
        _ANCIEN_PLS,
        gestes.fixer_le_terme(un_30_juin(42)),
        lot,
    ),
    Cas(
        "DUR-005",
        NR,
        "Patrimoine existant pour neuf ans moins deux jours",
        tous(_SOCIALE, _SOUS_NEUF_ANS),
        puis(gestes.financer("22"), _a_terme(7, 2, 9)),
        lot,
    ),
    Cas(
        "DUR-005",
        NR,
        "Patrimoine existant pour huit ans",
        _SOCIALE,
        puis(gestes.financer("22"), gestes.fixer_le_terme(un_30_juin(8))),
        lot,
    ),
    Cas(
        "DUR-005",
        None,
        "Patrimoine existant pour neuf ans moins un jour",
        tous(_SOCIALE, _NEUF_ANS),
        puis(gestes.financer("22"), _a_terme(7, 1, 9)),
        lot,
    ),
    Cas(
        "DUR-005",
        None,
        "ANAH sans travaux d'après octobre 2006, six ans",
        tous(_ANAH_RECENTE, choix.finance("18")),
        gestes.fixer_le_terme(annees_apres(6, -1)),
        lot,
    ),
    Cas(
        "DUR-006",
        None,
        "Foncière Logement, vingt ans",
        _FONCIERE,
        puis(gestes.donner_a(_fonciere), gestes.fixer_le_terme(un_30_juin(20))),
    ),
    Cas(
        "DUR-006",
        None,
        "Association qui n'a de foncière que le nom, trente ans",
        _FONCIERE,
        puis(gestes.donner_a(_homonyme), gestes.fixer_le_terme(un_30_juin(30))),
    ),
    Cas(
        "DUR-007",
        AV,
        "Neuf ans en PLUS ou PLAI, ni prêt ni prorogation",
        tous(_SOCIALE, choix.signee(jusqu_au=date(2022, 12, 31))),
        gestes.fixer_le_terme(_prochain_30_juin),
    ),
    Cas(
        "DUR-007",
        AV,
        "Neuf ans en PLUS ou PLAI, prorogation annulée",
        tous(_SOCIALE, choix.amendable, choix.signee(jusqu_au=date(2022, 12, 31))),
        puis(gestes.fixer_le_terme(_prochain_30_juin), gestes.avenir("5", terme=un_30_juin(20), annule=True)),
    ),
    Cas(
        "DUR-007",
        None,
        "Neuf ans en PLUS ou PLAI, prêt connu",
        tous(_SOCIALE, choix.signee(jusqu_au=date(2022, 12, 31))),
        puis(gestes.fixer_le_terme(_prochain_30_juin), gestes.preter(_duree)),
    ),
    Cas(
        "DUR-007",
        None,
        "Neuf ans en PLUS ou PLAI, prorogés par avenant",
        tous(_SOCIALE, choix.amendable, choix.signee(jusqu_au=date(2022, 12, 31))),
        puis(gestes.fixer_le_terme(_prochain_30_juin), gestes.avenir("5", terme=un_30_juin(30))),
    ),
    Cas(
        "DUR-007",
        None,
        "Neuf ans sur fonds propres, que nul prêt ne prolonge",
        tous(_SOCIALE, choix.signee(jusqu_au=date(2011, 8, 31))),
        puis(gestes.financer("85"), gestes.fixer_le_terme(_prochain_30_juin)),
    ),
)

"""Cases of the rules on states: what an agreement is said to be against its dates and its programmes."""

from __future__ import annotations

from datetime import date, timedelta

from ingest.demo.cas import choix, gestes
from ingest.demo.cas import gestes_dates as dates
from ingest.demo.cas.atelier import Atelier
from ingest.demo.cas.cas import AN, AV, Cas, Geste, puis, tous
from ingest.demo.faits import Avenant, Convention, Etat
from ingest.demo.oracle.sta import ACHEVEMENT_OUBLIE, DEPOT_OUBLIE
from ingest.demo.referentiels import Nature

_UN_JOUR = timedelta(days=1)
_SOCIALE = tous(choix.simple, choix.ordinaire, choix.hlm)
_PUBLIEE = tous(_SOCIALE, dates.publiee)
_NON_PUBLIEE = tous(_SOCIALE, lambda convention: not dates.publiee(convention))
_INSTRUITE = choix.etat(Etat.INS)
_INSTRUITE_NEUVE = tous(_INSTRUITE, choix.nature(Nature.ORDINAIRE), dates.construite("1", "6"))
_STA_001 = frozenset({"STA-001"})


def _denoncee(convention: Convention) -> bool:
    return convention.courante.etat is Etat.DEN


def _remettre_en_instruction(convention: Convention, _: Atelier) -> None:
    convention.courante.etat = Etat.INS


def _amender(convention: Convention, _: Atelier) -> None:
    """Add an amendment still being instructed."""
    numero = len(convention.avenants) + 1
    convention.avenants.append(Avenant(numero, ("7",), date(2026, 10, 5), f"Avenant n° {numero} en cours d'instruction"))


_SANS_SIGNATURE = dates.dater(lambda _: {"signature_bailleur": None, "envoi_prefet": None, "signature": None})


def _deposer_en_instruction(jour: date) -> Geste:
    """Have an agreement that is being instructed deposited that day."""

    def geste(convention: Convention, _: Atelier) -> None:
        gestes.renumeroter(convention, convention.depot, jour)
        convention.depot = convention.courante.calendrier.depot = convention.courante.debut = convention.saisie = jour
        convention.modification = max(convention.modification, jour)

    return geste


def _signer_le_bailleur(convention: Convention, _: Atelier) -> None:
    convention.courante.calendrier.signature_bailleur = convention.depot + timedelta(days=3)


def _clore_les_lots(etat: str, *, sauf_un: bool = False) -> Geste:
    """Say that the programmes are over (code of the list EPR), all of them or all but the first."""

    def geste(convention: Convention, _: Atelier) -> None:
        for lot in convention.courante.contenu[1 if sauf_un else 0 :]:
            lot.etat = etat

    return geste


def _sans_demande(convention: Convention, _: Atelier) -> None:
    convention.courante.demande_denonciation = None


def _demander_la_denonciation(convention: Convention, _: Atelier) -> None:
    convention.courante.demande_denonciation = date(2026, 9, 1)


ETATS = (
    Cas("STA-001", AN, "Signée par le préfet, toujours en instruction", _NON_PUBLIEE, _remettre_en_instruction),
    Cas(
        "STA-001",
        None,
        "Signée par le préfet, remise en instruction par un avenant en cours",
        _PUBLIEE,
        puis(_remettre_en_instruction, _amender),
    ),
    Cas("STA-001", None, "En instruction, signée par le seul bailleur", _INSTRUITE, _signer_le_bailleur),
    Cas(
        "STA-002",
        AN,
        "Opposable sans aucune signature",
        tous(_PUBLIEE, dates.saisie_dans_ecoloweb),
        _SANS_SIGNATURE,
    ),
    Cas("STA-002", AV, "Reprise opposable sans aucune signature", tous(_PUBLIEE, dates.reprise), _SANS_SIGNATURE),
    Cas("STA-002", None, "En instruction, donc sans signature", _INSTRUITE),
    Cas(
        "STA-002",
        None,
        "Sans signature, mais en instruction",
        _NON_PUBLIEE,
        puis(_SANS_SIGNATURE, _remettre_en_instruction),
    ),
    Cas(
        "STA-003",
        AV,
        "En instruction depuis vingt-quatre mois et un jour",
        _INSTRUITE,
        _deposer_en_instruction(DEPOT_OUBLIE - _UN_JOUR),
    ),
    Cas(
        "STA-003",
        AV,
        "En instruction pour des logements neufs en service le 31 décembre 2012",
        _INSTRUITE_NEUVE,
        dates.mettre_en_service(lambda _: ACHEVEMENT_OUBLIE - _UN_JOUR),
    ),
    Cas("STA-003", None, "En instruction depuis vingt-quatre mois", _INSTRUITE, _deposer_en_instruction(DEPOT_OUBLIE)),
    Cas(
        "STA-003",
        None,
        "En instruction pour des logements neufs en service le 1er janvier 2013",
        _INSTRUITE_NEUVE,
        dates.mettre_en_service(lambda _: ACHEVEMENT_OUBLIE),
    ),
    Cas("STA-003", None, "Signée de longue date, restée en instruction", _NON_PUBLIEE, _remettre_en_instruction, avec=_STA_001),
    Cas(
        "STA-005",
        AN,
        "Publiée, sans signature, en instruction",
        _PUBLIEE,
        puis(_SANS_SIGNATURE, _remettre_en_instruction),
    ),
    Cas("STA-005", AN, "Dénoncée sans demande de dénonciation", _denoncee, _sans_demande),
    Cas("STA-005", AN, "En instruction, avec une demande de dénonciation", _INSTRUITE, _demander_la_denonciation),
    Cas("STA-005", None, "Dénoncée après une demande", _denoncee),
    Cas("STA-005", None, "Opposable, dont la dénonciation est demandée pour plus tard", _SOCIALE, _demander_la_denonciation),
    Cas(
        "STA-005",
        None,
        "Publiée, remise en instruction par un avenant en cours",
        _PUBLIEE,
        puis(_remettre_en_instruction, _amender),
    ),
    Cas("STA-006", AN, "Opposable, son seul programme est résilié", _SOCIALE, _clore_les_lots("RES")),
    Cas(
        "STA-006",
        AN,
        "Opposable, ses deux programmes sont dénoncés",
        tous(_SOCIALE, choix.separable, choix.finance("1")),
        puis(gestes.separer("1"), _clore_les_lots("DEN")),
    ),
    Cas(
        "STA-006",
        None,
        "Dénonciation partielle : un programme sur deux",
        tous(_SOCIALE, choix.separable, choix.finance("1")),
        puis(gestes.separer("1"), _clore_les_lots("DEN", sauf_un=True)),
    ),
    Cas("STA-006", None, "Résiliée avec tous ses programmes", choix.etat(Etat.RES)),
)

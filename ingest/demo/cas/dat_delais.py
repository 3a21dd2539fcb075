"""Cases of the rules on dates: delays, effect, and the end of agreements."""

from __future__ import annotations

from datetime import date, timedelta

from ingest.demo.calendrier import plus_mois
from ingest.demo.cas import choix, gestes
from ingest.demo.cas import gestes_dates as dates
from ingest.demo.cas.atelier import Atelier
from ingest.demo.cas.cas import AN, AV, IN, NR, Cas, Choix, Geste, lot, puis, tous
from ingest.demo.faits import DATE_DE_LA_DEMO, Convention, Etat
from ingest.demo.oracle import DATE_DE_REFERENCE
from ingest.demo.oracle.dat import ATTENTE_DE_LA_PUBLICATION, GUIDE_D_ILE_DE_FRANCE
from ingest.demo.oracle.fin import ILE_DE_FRANCE
from ingest.demo.referentiels import Secteur

_UN_JOUR = timedelta(days=1)
_SOCIALE = tous(choix.simple, choix.ordinaire, choix.hlm)
_NEUVE = tous(_SOCIALE, dates.construite("1", "6"), choix.finance("1", "2", "3", "9"))
_ANCIENNE = tous(_SOCIALE, dates.publiee, choix.signee(jusqu_au=date(2025, 6, 30)))
_SIGNEE = tous(_SOCIALE, dates.quantieme_commun)
_HLM_PUBLIEE = tous(_SOCIALE, dates.publiee)
_LONGUE_ATTENTE = DATE_DE_REFERENCE - ATTENTE_DE_LA_PUBLICATION
_ASSOCIATION = tous(choix.simple, choix.secteur(Secteur.AUTRE), choix.signee(depuis=plus_mois(_LONGUE_ATTENTE, -12)))
_ANAH = tous(choix.simple, choix.finance("17", "18", "19", "81"), choix.signee(jusqu_au=date(2025, 6, 30)))
_RECENTE = tous(_SOCIALE, dates.saisie_dans_ecoloweb, choix.signee(jusqu_au=date(2026, 6, 30)))
_ILE_DE_FRANCE = choix.departement(*ILE_DE_FRANCE)
_CONSTRUITE = tous(_SOCIALE, dates.construite("1", "2", "3", "6"))
_TROIS_MOIS = plus_mois(DATE_DE_REFERENCE, -3)
_TRENTE_JOURS = DATE_DE_REFERENCE - timedelta(days=30)


def _a_publier(convention: Convention) -> bool:
    """Whether the agreement, signed within the year, can be signed when a long wait begins, its publication left out."""
    initiale = convention.courante.calendrier.expiration_initiale
    return _ASSOCIATION(convention) and initiale is not None and initiale >= plus_mois(_LONGUE_ATTENTE, 11 * 12)


def _denoncee(convention: Convention) -> bool:
    return convention.courante.etat is Etat.DEN and not convention.est_anah and convention.expiration is not None


def _servir(jours: int) -> Geste:
    return dates.mettre_en_service(lambda convention: dates.signature_de(convention) + timedelta(days=jours))


def _servir_apres_le_depot(mois: int, jours: int = 0) -> Geste:
    return dates.mettre_en_service(lambda convention: plus_mois(convention.depot, mois) + timedelta(days=jours))


def _deposee_depuis(jour: date) -> Choix:
    return lambda convention: convention.depot >= jour and convention.depot.day <= 28  # noqa: PLR2004 - every month has it


def _deposee_avant(jour: date) -> Choix:
    return lambda convention: date(2012, 1, 1) <= convention.depot < jour


def _sans_caf(convention: Convention, _: Atelier) -> None:
    convention.courante.calendrier.envoi_caf = None


def _sans_date(convention: Convention, _: Atelier) -> None:
    convention.courante.resiliation = None


def _resilier_sans_le_dire(convention: Convention, _: Atelier) -> None:
    convention.courante.resiliation = DATE_DE_LA_DEMO


def _signer_sans_publier(jour: date) -> Geste:
    return puis(gestes.signer_le(jour), dates.ne_pas_publier)


def _signer_sans_caf(jour: date) -> Geste:
    return puis(gestes.signer_le(jour), _sans_caf)


DELAIS = (
    Cas("DAT-010", AV, "Logements neufs mis en service trente et un jours avant la signature", _NEUVE, _servir(-31), lot),
    Cas("DAT-010", None, "Logements neufs mis en service trente jours avant la signature", _NEUVE, _servir(-30), lot),
    Cas(
        "DAT-010",
        None,
        "Acquisition-amélioration de logements déjà en service",
        tous(_SOCIALE, dates.construite("3")),
        _servir(-2000),
        lot,
    ),
    Cas(
        "DAT-011",
        AV,
        "Publication douze mois et un jour après la signature",
        _ANCIENNE,
        dates.publier(lambda signature: plus_mois(signature, 12) + _UN_JOUR),
    ),
    Cas(
        "DAT-011",
        IN,
        "Publication douze mois après la signature",
        _ANCIENNE,
        dates.publier(lambda signature: plus_mois(signature, 12)),
    ),
    Cas(
        "DAT-011",
        IN,
        "Publication six mois et un jour après la signature",
        _ANCIENNE,
        dates.publier(lambda signature: plus_mois(signature, 6) + _UN_JOUR),
    ),
    Cas(
        "DAT-011",
        None,
        "Publication six mois après la signature",
        _ANCIENNE,
        dates.publier(lambda signature: plus_mois(signature, 6)),
    ),
    Cas("DAT-011", None, "Signée depuis longtemps et jamais publiée", _ANCIENNE, dates.ne_pas_publier),
    Cas(
        "DAT-012",
        AV,
        "Préfet qui signe six mois et un jour après le bailleur",
        _SIGNEE,
        dates.faire_signer_le_bailleur(6, 1),
    ),
    Cas("DAT-012", None, "Préfet qui signe six mois après le bailleur", _SIGNEE, dates.faire_signer_le_bailleur(6)),
    Cas("DAT-012", None, "Préfet qui signe le jour même du bailleur", _SIGNEE, dates.faire_signer_le_bailleur(0)),
    Cas(
        "DAT-014",
        NR,
        "Association jamais publiée, cent quatre-vingt-un jours après la signature",
        _a_publier,
        _signer_sans_publier(_LONGUE_ATTENTE - _UN_JOUR),
        rare=True,
    ),
    Cas(
        "DAT-014",
        AV,
        "Association pas encore publiée, cent quatre-vingts jours après la signature",
        _a_publier,
        _signer_sans_publier(_LONGUE_ATTENTE),
        rare=True,
    ),
    Cas("DAT-014", None, "Organisme d'HLM ou SEM jamais publié, en vigueur dès la signature", _HLM_PUBLIEE, dates.ne_pas_publier),
    Cas(
        "DAT-014",
        None,
        "Convention ANAH jamais publiée",
        _ANAH,
        dates.ne_pas_publier,
        avec=frozenset({"PUB-001"}),
    ),
    Cas("DAT-015", AV, "Dénoncée six mois moins un jour après la demande", _denoncee, dates.demander(6, -1)),
    Cas("DAT-015", AV, "Dénoncée la veille de l'échéance", _denoncee, dates.denoncer_le(-1)),
    Cas("DAT-015", AV, "Dénoncée le surlendemain de l'échéance, qui l'avait reconduite", _denoncee, dates.denoncer_le(2)),
    Cas("DAT-015", None, "Dénoncée six mois après la demande", _denoncee, dates.demander(6)),
    Cas("DAT-015", None, "Dénoncée le jour de l'échéance", _denoncee, dates.denoncer_le(0)),
    Cas("DAT-016", AN, "Résiliée sans date de résiliation", choix.etat(Etat.RES), _sans_date),
    Cas("DAT-016", AN, "Opposable avec une date de résiliation", _SOCIALE, _resilier_sans_le_dire),
    Cas("DAT-016", None, "Résiliée à sa date", choix.etat(Etat.RES)),
    Cas("DAT-016", None, "Dénoncée, donc sans date de résiliation", choix.etat(Etat.DEN)),
    Cas(
        "DAT-017",
        IN,
        "En Île-de-France, dépôt six mois moins un jour avant la mise en service",
        tous(_CONSTRUITE, _ILE_DE_FRANCE, _deposee_depuis(GUIDE_D_ILE_DE_FRANCE)),
        _servir_apres_le_depot(6, -1),
        rare=True,
    ),
    Cas(
        "DAT-017",
        None,
        "En Île-de-France, dépôt trois mois avant la mise en service, avant le guide de 2025",
        tous(_CONSTRUITE, _ILE_DE_FRANCE, _deposee_avant(GUIDE_D_ILE_DE_FRANCE)),
        _servir_apres_le_depot(3),
    ),
    Cas(
        "DAT-017",
        None,
        "Hors d'Île-de-France, dépôt trois mois avant la mise en service",
        tous(_CONSTRUITE, lambda convention: not _ILE_DE_FRANCE(convention), _deposee_depuis(GUIDE_D_ILE_DE_FRANCE)),
        _servir_apres_le_depot(3),
    ),
    Cas(
        "DAT-018",
        IN,
        "Prise d'effet depuis trois mois et un jour, rien n'est parti à la CAF",
        tous(_RECENTE, choix.signable_le(_TROIS_MOIS - _UN_JOUR)),
        _signer_sans_caf(_TROIS_MOIS - _UN_JOUR),
        rare=True,
    ),
    Cas("DAT-018", IN, "Convention de longue date dont rien n'est parti à la CAF", _RECENTE, _sans_caf),
    Cas(
        "DAT-018",
        AV,
        "Foyer d'outre-mer signé depuis plus de trente jours, rien n'est parti à la CAF",
        tous(choix.simple, choix.outre_mer, choix.signee(jusqu_au=_TRENTE_JOURS - _UN_JOUR)),
        _sans_caf,
        rare=True,
    ),
    Cas(
        "DAT-018",
        None,
        "Prise d'effet depuis trois mois, rien n'est parti à la CAF",
        tous(_RECENTE, choix.signable_le(_TROIS_MOIS)),
        _signer_sans_caf(_TROIS_MOIS),
        rare=True,
    ),
    Cas("DAT-018", None, "Reprise dont l'envoi à la CAF est inconnu", tous(_SOCIALE, dates.reprise), _sans_caf),
)

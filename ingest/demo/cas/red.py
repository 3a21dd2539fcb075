"""Cases of the rules on charges of foyers."""

from __future__ import annotations

from ingest.demo.cas import choix, gestes, loyers
from ingest.demo.cas.atelier import Atelier
from ingest.demo.cas.cas import AN, AV, Cas, Geste, lot, puis, tous
from ingest.demo.faits import Convention, Etat
from ingest.demo.referentiels import Nature

_FOYER = tous(choix.simple, choix.foyer)
_RESIDENCE = tous(_FOYER, choix.nature(Nature.RESIDENCE_SOCIALE))


def _louer_au_metre(plafond: int) -> Geste:
    """Give every programme a ceiling by area in cents, beside its charge."""

    def geste(convention: Convention, _: Atelier) -> None:
        for lot_ in gestes.lots(convention):
            lot_.loyer = plafond

    return geste


def _compter_en(regime: str) -> Geste:
    """Give every programme a regime of areas."""

    def geste(convention: Convention, _: Atelier) -> None:
        for lot_ in gestes.lots(convention):
            lot_.regime = regime

    return geste


def _taire_la_redevance(convention: Convention, _: Atelier) -> None:
    """Leave the charge by bed unknown."""
    for lot_ in gestes.lots(convention):
        lot_.redevance = 0


def _ne_pas_gerer(convention: Convention, _: Atelier) -> None:
    """Leave every programme without manager."""
    for lot_ in gestes.lots(convention):
        lot_.gestionnaire = None


REDEVANCES: tuple[Cas, ...] = (
    Cas("RED-001", AN, "Loyer au m² dans un foyer, à côté de la redevance", _FOYER, _louer_au_metre(5_50), lot),
    Cas("RED-001", AN, "Régime de la surface utile dans une résidence sociale", _RESIDENCE, _compter_en("SU"), lot),
    Cas("RED-001", None, "Régime de la redevance dans un foyer", _FOYER, _compter_en("RD"), lot),
    Cas(
        "RED-001",
        None,
        "Régime de la surface utile, dans des logements ordinaires",
        tous(choix.simple, choix.ordinaire, loyers.regime("SU")),
        objet=lot,
    ),
    Cas(
        "RED-003",
        AV,
        "Foyer en vigueur sans aucune redevance",
        _FOYER,
        puis(_taire_la_redevance, loyers.taire_les_loyers),
        lot,
    ),
    Cas("RED-003", None, "Foyer dont la redevance n'est connue que par logement", _FOYER, _taire_la_redevance, lot),
    Cas("RED-003", None, "Foyer dont la redevance n'est connue que par lit", _FOYER, loyers.taire_les_loyers, lot),
    Cas(
        "RED-003",
        None,
        "Foyer en instruction sans aucune redevance",
        tous(choix.etat(Etat.INS), choix.foyer),
        puis(_taire_la_redevance, loyers.taire_les_loyers),
        lot,
        rare=True,
    ),
    Cas(
        "RED-006",
        AN,
        "Foyer sans gestionnaire, dont le propriétaire ne gère rien",
        tous(_FOYER, choix.hlm),
        puis(gestes.donner_a(lambda convention, atelier: atelier.bailleur_qui_ne_gere_pas(convention)), _ne_pas_gerer),
        lot,
    ),
    Cas("RED-006", AV, "Foyer sans gestionnaire, dont le propriétaire gère peut-être", tous(_FOYER, choix.hlm), _ne_pas_gerer, lot),
    Cas("RED-006", None, "Foyer avec un gestionnaire", _FOYER, objet=lot),
    Cas(
        "RED-006",
        None,
        "Foyer en instruction sans gestionnaire",
        tous(choix.etat(Etat.INS), choix.foyer),
        _ne_pas_gerer,
        lot,
        rare=True,
    ),
)

"""Cases of the rules on particular cases."""

from __future__ import annotations

from datetime import date, timedelta

from ingest.demo.cas import choix, gestes
from ingest.demo.cas.atelier import Atelier
from ingest.demo.cas.cas import AN, AV, IN, Cas, Geste, lot, puis, tous
from ingest.demo.faits import DATE_DE_LA_DEMO, Bailleur, Convention, Etat
from ingest.demo.oracle import DATE_DE_REFERENCE
from ingest.demo.oracle.cas import CROUS, RESIDENCES_UNIVERSITAIRES_ORDINAIRES
from ingest.demo.profil import ANAH_SANS_RECONDUCTION_DEPUIS
from ingest.demo.referentiels import Nature, Secteur

_UN_JOUR = timedelta(days=1)
_FIN_DU_CODE_93 = date(2011, 8, 31)


def _nommer(nom: str) -> Geste:
    """Call every programme so, after what it was called."""

    def geste(convention: Convention, _: Atelier) -> None:
        for programme in gestes.lots(convention):
            programme.description = f"{programme.description} {nom}".strip()

    return geste


def _intituler(convention: Convention, _: Atelier) -> None:
    """Call the agreement PSLA in small letters, and not its programmes."""
    convention.libelle = f"{convention.libelle} (ex psla)"


def _est_anah_sans_reconduction(convention: Convention) -> bool:
    return convention.est_anah and (convention.courante.calendrier.signature or date.min) >= ANAH_SANS_RECONDUCTION_DEPUIS


def _rouvrir(convention: Convention, _: Atelier) -> None:
    """Take back the denunciation that closed the agreement."""
    convention.periodes.pop()


def _denoncer(convention: Convention, _: Atelier) -> None:
    """Ask for the denunciation of an agreement that stays open."""
    convention.courante.demande_denonciation = gestes.initiale_de(convention) - timedelta(days=200)


def _reconduire(convention: Convention, _: Atelier) -> None:
    """Record a renewal on the day of the term."""
    convention.courante.renouvellement = convention.expiration


def _crous(convention: Convention, atelier: Atelier) -> Bailleur:
    return atelier.bailleur(convention, CROUS, "CROUS")


_ORDINAIRE = tous(choix.simple, choix.ordinaire, choix.hlm, choix.finance("1", "2", "3"))
_DENONCEE = tous(choix.etat(Etat.DEN), _est_anah_sans_reconduction)
_ANAH_QUI_COURT = tous(choix.simple, _est_anah_sans_reconduction, choix.signee(jusqu_au=date(2017, 10, 1)))
_FOYER = tous(choix.simple, choix.foyer)
_ANCIEN_FOYER = tous(_FOYER, choix.signee(jusqu_au=_FIN_DU_CODE_93))
_FOYER_AUTRE = tous(_FOYER, choix.secteur(Secteur.AUTRE))

PARTICULIERS: tuple[Cas, ...] = (
    Cas("CAS-001", AV, "PLUS ou PLAI dont les programmes portent le nom de PSLA", _ORDINAIRE, _nommer("(PSLA)")),
    Cas(
        "CAS-001",
        AV,
        "PLUS ou PLAI qui garde en petites lettres le nom d'un PSLA",
        tous(_ORDINAIRE, lambda convention: not convention.est_reprise),
        _intituler,
    ),
    Cas(
        "CAS-001",
        None,
        "PLS né d'un PSLA, qui en garde le nom",
        tous(choix.simple, choix.ordinaire, choix.finance("9")),
        _nommer("(PSLA)"),
    ),
    Cas(
        "CAS-001",
        None,
        "PLI qui porte le nom de PSLA : déjà dit non conventionnable",
        _ORDINAIRE,
        puis(gestes.financer("94"), _nommer("(PSLA)")),
        avec=frozenset({"FIN-012"}),
    ),
    Cas(
        "CAS-005",
        IN,
        "ANAH sans reconduction, échue et opposable, dénonciation demandée",
        _DENONCEE,
        puis(_rouvrir, _denoncer),
    ),
    Cas(
        "CAS-005",
        IN,
        "ANAH sans reconduction, échue et opposable, reconduction notée quand même",
        _DENONCEE,
        puis(_rouvrir, _reconduire),
    ),
    Cas(
        "CAS-005",
        None,
        "ANAH sans reconduction, échue et opposable, rien de noté : déjà dite en anomalie",
        _DENONCEE,
        _rouvrir,
        avec=frozenset({"DUR-011"}),
    ),
    Cas(
        "CAS-005",
        None,
        "ANAH sans reconduction qui échoit le jour de référence, dénonciation demandée",
        _ANAH_QUI_COURT,
        puis(gestes.fixer_le_terme(lambda _: DATE_DE_REFERENCE), _denoncer),
    ),
    Cas(
        "CAS-005",
        None,
        "ANAH d'avant octobre 2006, échue et reconduite",
        tous(
            choix.simple,
            choix.finance("17", "18", "19", "81"),
            choix.signee(jusqu_au=ANAH_SANS_RECONDUCTION_DEPUIS - _UN_JOUR),
            choix.terme(jusqu_au=DATE_DE_LA_DEMO - _UN_JOUR),
        ),
        _reconduire,
    ),
    Cas("CAS-007", AV, "Patrimoine existant dans un foyer de métropole", _FOYER, gestes.financer("22"), lot),
    Cas(
        "CAS-007",
        AV,
        "Résidence sociale sans travaux signée après la clôture de ce financement",
        tous(_FOYER, choix.signee(depuis=_FIN_DU_CODE_93 + _UN_JOUR)),
        gestes.financer("93"),
        lot,
        avec=frozenset({"FIN-011"}),
    ),
    Cas("CAS-007", IN, "Résidence sociale sans travaux, quand ce financement existait", _ANCIEN_FOYER, gestes.financer("93"), lot),
    Cas(
        "CAS-007",
        IN,
        "Foyer sans travaux signé le dernier jour où ce financement existait",
        tous(_FOYER, choix.signable_le(_FIN_DU_CODE_93)),
        puis(gestes.signer_le(_FIN_DU_CODE_93), gestes.financer("93")),
        lot,
        rare=True,
    ),
    Cas("CAS-007", None, "Patrimoine existant en logements ordinaires", _ORDINAIRE, gestes.financer("22"), lot),
    Cas(
        "CAS-007",
        None,
        "Patrimoine existant dans un foyer d'outre-mer",
        tous(choix.simple, choix.outre_mer),
        gestes.financer("22"),
        lot,
        rare=True,
    ),
    Cas("CAS-007", None, "PLUS dans un foyer de métropole", _FOYER, gestes.financer("1"), lot),
    Cas(
        "CAS-010",
        AN,
        "Résidence d'un CROUS signée depuis 2019 sur une convention type de foyer",
        tous(_FOYER_AUTRE, choix.signee(depuis=RESIDENCES_UNIVERSITAIRES_ORDINAIRES)),
        gestes.donner_a(_crous),
        rare=True,
    ),
    Cas(
        "CAS-010",
        None,
        "Résidence d'un CROUS signée avant août 2019 sur une convention type de foyer",
        tous(_FOYER_AUTRE, choix.signee(jusqu_au=RESIDENCES_UNIVERSITAIRES_ORDINAIRES - _UN_JOUR)),
        gestes.donner_a(_crous),
    ),
    Cas(
        "CAS-010",
        None,
        "Logements ordinaires d'un CROUS signés depuis 2019",
        tous(
            choix.simple,
            choix.ordinaire,
            choix.secteur(Secteur.AUTRE),
            choix.signee(depuis=RESIDENCES_UNIVERSITAIRES_ORDINAIRES),
        ),
        gestes.donner_a(_crous),
    ),
    Cas(
        "CAS-010",
        None,
        "Résidence sociale d'une association signée depuis 2019",
        tous(_FOYER_AUTRE, choix.nature(Nature.RESIDENCE_SOCIALE), choix.signee(depuis=RESIDENCES_UNIVERSITAIRES_ORDINAIRES)),
        rare=True,
    ),
)

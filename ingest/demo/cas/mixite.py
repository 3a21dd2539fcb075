"""Cases of the rules on mixed financings."""

from __future__ import annotations

from datetime import date, timedelta

from ingest.demo.cas import choix, gestes
from ingest.demo.cas.cas import AV, IN, NR, Cas, puis, tous
from ingest.demo.faits import Convention, Etat
from ingest.demo.oracle.fin import MIXTE_INTERDIT_LE

_VEILLE = MIXTE_INTERDIT_LE - timedelta(days=1)
_FIN_DES_CODES = date(2011, 8, 31)

_PLUS = tous(choix.simple, choix.ordinaire, choix.finance("1"), choix.separable)
_PLUS_INTERDIT = tous(_PLUS, choix.signee(depuis=MIXTE_INTERDIT_LE))
_PLUS_ANCIEN = tous(_PLUS, choix.signee(jusqu_au=_VEILLE))
_PLUS_AU_JOUR = tous(_PLUS, choix.signable_le(MIXTE_INTERDIT_LE, sauf=MIXTE_INTERDIT_LE))
_PLUS_LA_VEILLE = tous(_PLUS, choix.signable_le(_VEILLE, sauf=MIXTE_INTERDIT_LE))
_INSTRUITE = tous(choix.etat(Etat.INS), choix.finance("1"), choix.separable)
_ABANDONNEE = tous(choix.etat(Etat.ANI), choix.finance("1"), choix.separable)


def _annulable(convention: Convention) -> bool:
    return convention.courante.debut < date(2026, 9, 1)


def _assez_grand(convention: Convention) -> bool:
    return len(convention.courante.contenu[0].logements) >= 4  # noqa: PLR2004 - two cuts in two


MIXITE = (
    Cas("FIN-001", NR, "PLUS et PLAI dans une convention signée après l'avis de 2024", _PLUS_INTERDIT, gestes.separer("3")),
    Cas(
        "FIN-001",
        NR,
        "PLUS et PLAI dans une convention signée le premier jour de l'interdiction",
        _PLUS_AU_JOUR,
        puis(gestes.signer_le(MIXTE_INTERDIT_LE), gestes.separer("3")),
        rare=True,
    ),
    Cas(
        "FIN-001",
        AV,
        "PLUS et PLAI dans un foyer signé après l'avis de 2024",
        tous(choix.simple, choix.foyer, choix.finance("1"), choix.separable, choix.signee(depuis=MIXTE_INTERDIT_LE)),
        gestes.separer("3"),
        rare=True,
    ),
    Cas(
        "FIN-001",
        None,
        "PLUS et PLAI dans une convention signée la veille de l'interdiction",
        _PLUS_LA_VEILLE,
        puis(gestes.signer_le(_VEILLE), gestes.separer("3")),
        rare=True,
    ),
    Cas("FIN-001", None, "PLUS et PALULOS après 2024 : deux financements, une famille", _PLUS_INTERDIT, gestes.separer("7")),
    Cas(
        "FIN-001",
        None,
        "PLUS et PLAI signés après 2024 dans une convention annulée depuis",
        tous(_PLUS_INTERDIT, _annulable),
        puis(gestes.separer("3"), gestes.annuler),
    ),
    Cas(
        "FIN-002",
        IN,
        "PLUS et PLAI dans une convention signée la veille de l'interdiction",
        _PLUS_LA_VEILLE,
        puis(gestes.signer_le(_VEILLE), gestes.separer("3")),
        rare=True,
    ),
    Cas("FIN-002", IN, "PLUS et PLAI dans une convention du stock", _PLUS_ANCIEN, gestes.separer("3")),
    Cas(
        "FIN-002",
        None,
        "PLUS et PLAI le premier jour de l'interdiction : ce n'est plus de l'histoire",
        _PLUS_AU_JOUR,
        puis(gestes.signer_le(MIXTE_INTERDIT_LE), gestes.separer("3")),
        avec=frozenset({"FIN-001"}),
        rare=True,
    ),
    Cas("FIN-002", None, "PLUS et PALULOS dans une convention du stock", _PLUS_ANCIEN, gestes.separer("7")),
    Cas(
        "FIN-003",
        NR,
        "PLUS et PLS dans une convention signée après l'avis de 2024",
        tous(_PLUS_INTERDIT, choix.pls_possible),
        gestes.separer("9"),
    ),
    Cas(
        "FIN-003",
        AV,
        "PLUS et PLS dans une convention signée avant l'avis de 2024",
        tous(_PLUS_ANCIEN, choix.pls_possible),
        gestes.separer("9"),
    ),
    Cas(
        "FIN-003",
        AV,
        "PLUS et résidence sociale sans travaux : sans financement, mais pas du patrimoine existant",
        tous(_PLUS, choix.signee(jusqu_au=_FIN_DES_CODES)),
        gestes.separer("93"),
    ),
    Cas("FIN-003", None, "PLUS et patrimoine existant (code 22)", _PLUS, gestes.separer("22")),
    Cas("FIN-003", None, "PLUS et PLAI seulement, dans une convention du stock", _PLUS_ANCIEN, gestes.separer("3")),
    Cas(
        "FIN-003",
        None,
        "PLUS, PLAI et PLS après l'avis de 2024 : la mixité PLUS et PLAI suffit à la dire",
        tous(_PLUS_INTERDIT, choix.pls_possible, _assez_grand),
        puis(gestes.separer("3"), gestes.separer("9")),
        avec=frozenset({"FIN-001"}),
    ),
    Cas(
        "FIN-003",
        None,
        "ANAH avec et sans travaux dans une convention : deux familles, mais l'ANAH n'est pas concernée",
        tous(choix.simple, choix.finance("17"), choix.separable),
        gestes.separer("18"),
    ),
    Cas("FIN-005", AV, "PLUS et PLAI dans une convention en instruction", _INSTRUITE, gestes.separer("3")),
    Cas("FIN-005", None, "PLUS et PALULOS dans une convention en instruction", _INSTRUITE, gestes.separer("7")),
    Cas("FIN-005", None, "PLUS et PLAI dans une instruction abandonnée", _ABANDONNEE, gestes.separer("3")),
)

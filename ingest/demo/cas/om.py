"""Cases of the rules on overseas foyers."""

from __future__ import annotations

from ingest.demo.bailleurs import COMMUNES
from ingest.demo.cas import choix, gestes
from ingest.demo.cas.atelier import ASSOCIATIONS, Atelier
from ingest.demo.cas.cas import NR, Cas, Geste, puis, tous
from ingest.demo.faits import Convention
from ingest.demo.logements import COEFFICIENT_UN
from ingest.demo.oracle.om import CROUS
from ingest.demo.referentiels import Gamme, Nature, Secteur, types_en_vigueur

_LOYER = 560
"""Cents a square metre of useful area, a month."""
_OUTRE_MER = tous(choix.simple, choix.outre_mer)
_AUTRE = tous(choix.simple, choix.ordinaire, choix.secteur(Secteur.AUTRE), choix.finance("1", "3"))


def _devenir_ordinaire(convention: Convention, _: Atelier) -> None:
    """Make a foyer ordinary dwellings: their convention type, their rents, no manager."""
    signature = convention.courante.calendrier.signature
    if signature is None:
        raise ValueError(f"convention {convention.id} sans signature")
    convention.nature = Nature.ORDINAIRE
    convention.type = types_en_vigueur(Nature.ORDINAIRE, convention.secteur, Gamme.COURANTE, signature)[0]
    for lot in gestes.lots(convention):
        lot.gestionnaire, lot.regime, lot.loyer, lot.redevance = None, "SU", _LOYER, 0
        for logement in lot.logements:
            logement.coefficient = COEFFICIENT_UN
            logement.loyer = (2 * logement.modele.utile * _LOYER + 100) // 200


def _donner_a(sous_nature: str, nom: str) -> Geste:
    """Give the agreement to a new owner of that kind, and to its sector."""

    def geste(convention: Convention, atelier: Atelier) -> None:
        convention.secteur = Secteur.AUTRE
        gestes.donner_a(lambda choisie, atelier: atelier.bailleur(choisie, sous_nature, nom))(convention, atelier)

    return geste


OUTRE_MER: tuple[Cas, ...] = (
    Cas("OM-001", NR, "Logements ordinaires outre-mer", _OUTRE_MER, _devenir_ordinaire, rare=True),
    Cas("OM-001", None, "Foyer outre-mer", _OUTRE_MER, rare=True),
    Cas(
        "OM-001",
        None,
        "Logements ordinaires outre-mer, convention annulée",
        _OUTRE_MER,
        puis(_devenir_ordinaire, gestes.annuler),
        rare=True,
    ),
    Cas("OM-002", NR, "Résidence d'un CROUS outre-mer", _OUTRE_MER, _donner_a(CROUS, "CROUS"), rare=True),
    Cas("OM-002", None, "Résidence d'une association outre-mer", _OUTRE_MER, _donner_a(ASSOCIATIONS, "ASSOCIATION"), rare=True),
    Cas("OM-002", None, "Résidence d'une commune outre-mer", _OUTRE_MER, _donner_a(COMMUNES, "COMMUNE"), rare=True),
    Cas("OM-002", None, "Logements ordinaires d'un CROUS en métropole", _AUTRE, _donner_a(CROUS, "CROUS")),
)

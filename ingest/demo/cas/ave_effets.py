"""Cases of the rules on what an amendment changes: the term, the owner, the manager, the dwellings."""

from __future__ import annotations

from datetime import date

from ingest.demo.cas import choix, historique
from ingest.demo.cas.cas import AN, AV, IN, Cas, avenant, puis, tous, version
from ingest.demo.cas.gestes import annees_apres, avenir
from ingest.demo.cas.historique import HLM, ORDINAIRE, UN_JOUR
from ingest.demo.faits import DATE_DE_LA_DEMO

_FOYER = tous(choix.simple, choix.amendable, choix.foyer)
_PROLONGEABLE = tous(ORDINAIRE, choix.terme(depuis=date(2034, 1, 1)))
_SEPARABLE = tous(HLM, choix.separable)
_ECHUE = tous(choix.simple, choix.ordinaire, choix.hlm, choix.terme(jusqu_au=DATE_DE_LA_DEMO - UN_JOUR))

EFFETS: tuple[Cas, ...] = (
    Cas(
        "AVE-005",
        AV,
        "Fin repoussée de six ans d'une période à l'autre, sans avenant",
        _PROLONGEABLE,
        puis(historique.ouvrir("Mise à jour"), historique.finir(annees_apres(6))),
        version,
    ),
    Cas(
        "AVE-005",
        AV,
        "Fin repoussée d'un an par un avenant qui ne change que le descriptif du programme",
        _PROLONGEABLE,
        puis(avenir("7"), historique.finir(annees_apres(1))),
        version,
    ),
    Cas(
        "AVE-005",
        AV,
        "Échéance passée, repoussée de quatre ans",
        _ECHUE,
        historique.reconduire(4),
        version,
    ),
    Cas("AVE-005", None, "Reconduction tacite de trois ans d'une échéance passée", _ECHUE, historique.reconduire(3), version),
    Cas(
        "AVE-005",
        None,
        "Fin repoussée par un avenant de travaux, qui ne dit pas la nouvelle date",
        _PROLONGEABLE,
        puis(avenir("10"), historique.finir(annees_apres(2))),
        version,
    ),
    Cas(
        "AVE-005",
        None,
        "Fin fixée par un avenant qui n'a pas ouvert la période",
        _PROLONGEABLE,
        puis(
            avenir("7", terme=annees_apres(3)),
            historique.fermer,
            historique.ouvrir("Report du terme"),
            historique.reprendre_le_terme,
        ),
        version,
    ),
    Cas(
        "AVE-005",
        None,
        "Fin repoussée par un avenant sans type, que le descriptif de sa période dit de travaux",
        _PROLONGEABLE,
        puis(avenir("8"), historique.detyper, historique.nommer("8"), historique.finir(annees_apres(2))),
        version,
        avec=frozenset({"AVE-004"}),
    ),
    Cas("AVE-006", AN, "Prorogation sans nouvelle date", ORDINAIRE, avenir("5"), avenant),
    Cas(
        "AVE-006",
        AN,
        "Prorogation et nouveau descriptif, la date dans la période seule",
        _PROLONGEABLE,
        puis(avenir("5", "7"), historique.finir(annees_apres(2))),
        avenant,
    ),
    Cas("AVE-006", None, "Travaux sans nouvelle date", ORDINAIRE, avenir("8"), avenant),
    Cas(
        "AVE-006",
        None,
        "Prorogation sans nouvelle date, en instruction",
        ORDINAIRE,
        puis(avenir("5"), historique.ne_pas_signer),
        avenant,
    ),
    Cas(
        "AVE-007",
        AN,
        "Prorogation de trois ans, reportée d'un jour de trop dans la période",
        _PROLONGEABLE,
        puis(avenir("5", terme=annees_apres(3)), historique.finir(annees_apres(0, 1))),
        avenant,
    ),
    Cas(
        "AVE-007",
        AN,
        "Prorogation qui n'ouvre aucune période, la convention expirant encore à l'ancienne date",
        _PROLONGEABLE,
        puis(avenir("5", terme=annees_apres(0, 1)), historique.fermer),
        avenant,
    ),
    Cas(
        "AVE-007",
        None,
        "Prorogation reportée dans la période",
        _PROLONGEABLE,
        avenir("5", terme=annees_apres(3)),
        avenant,
    ),
    Cas(
        "AVE-007",
        None,
        "Avenant qui n'ouvre aucune période et redit la fin de la convention",
        _PROLONGEABLE,
        puis(avenir("5", terme=annees_apres(0)), historique.fermer),
        avenant,
    ),
    Cas(
        "AVE-008",
        AN,
        "Propriétaire changé d'une période à l'autre, sans avenant",
        HLM,
        puis(historique.ouvrir("Mise à jour"), historique.changer_de_proprietaire),
        version,
    ),
    Cas(
        "AVE-008",
        IN,
        "Propriétaire absorbé par un autre, sans avenant",
        HLM,
        puis(historique.ouvrir("Mise à jour"), historique.absorber(historique.UN_JOUR)),
        version,
    ),
    Cas(
        "AVE-008",
        AN,
        "Propriétaire changé la veille de son absorption, sans avenant",
        HLM,
        puis(historique.ouvrir("Mise à jour"), historique.absorber(-historique.UN_JOUR)),
        version,
    ),
    Cas(
        "AVE-008",
        AN,
        "Propriétaire changé par un avenant qui ne change que le descriptif du programme",
        HLM,
        puis(avenir("7"), historique.changer_de_proprietaire),
        version,
    ),
    Cas(
        "AVE-008",
        AN,
        "Propriétaire changé par un avenant de mutation, annulé depuis",
        HLM,
        puis(avenir("1"), historique.changer_de_proprietaire, historique.annuler),
        version,
    ),
    Cas(
        "AVE-008",
        None,
        "Propriétaire changé par un avenant de mutation",
        HLM,
        puis(avenir("1"), historique.changer_de_proprietaire),
        version,
    ),
    Cas(
        "AVE-008",
        None,
        "Propriétaire changé par un avenant sans type, que le descriptif de sa période dit de mutation",
        HLM,
        puis(avenir("1"), historique.changer_de_proprietaire, historique.detyper, historique.nommer("1")),
        version,
        avec=frozenset({"AVE-004"}),
    ),
    Cas(
        "AVE-008",
        None,
        "Propriétaire changé par un avenant de vente partielle",
        _SEPARABLE,
        puis(avenir("2"), historique.sortir_un_logement, historique.changer_de_proprietaire),
        version,
    ),
    Cas(
        "AVE-008",
        None,
        "Gestionnaire changé, propriétaire inchangé",
        _FOYER,
        puis(avenir("4"), historique.changer_de_gestionnaire),
        version,
    ),
    Cas("AVE-009", AN, "Changement de gestionnaire de logements ordinaires", ORDINAIRE, avenir("4"), avenant),
    Cas("AVE-009", None, "Changement de gestionnaire d'un foyer", _FOYER, avenir("4"), avenant),
    Cas(
        "AVE-009",
        None,
        "Changement de gestionnaire de logements ordinaires, annulé",
        ORDINAIRE,
        puis(avenir("4", annule=True)),
        avenant,
    ),
    Cas("AVE-010", AN, "Vente partielle, autant de logements qu'avant", ORDINAIRE, avenir("2"), avenant),
    Cas("AVE-010", AN, "Démolition partielle, autant de logements qu'avant", ORDINAIRE, avenir("3"), avenant),
    Cas("AVE-010", None, "Vente partielle d'un logement", _SEPARABLE, puis(avenir("2"), historique.sortir_un_logement), avenant),
    Cas("AVE-010", None, "Dénonciation partielle, autant de logements qu'avant", ORDINAIRE, avenir("6"), avenant),
    Cas(
        "AVE-010",
        None,
        "Vente partielle en instruction, autant de logements qu'avant",
        ORDINAIRE,
        puis(avenir("2"), historique.ne_pas_signer),
        avenant,
    ),
)

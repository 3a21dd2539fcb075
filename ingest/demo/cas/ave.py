"""Cases of the rules on amendments: what they hang on, how they are numbered and typed, their dates."""

from __future__ import annotations

from datetime import date

from ingest.demo.cas import choix, historique, publications
from ingest.demo.cas.ave_effets import EFFETS
from ingest.demo.cas.cas import AN, AV, IN, NR, Cas, avenant, puis, tous
from ingest.demo.cas.gestes import annees_apres, avenir
from ingest.demo.cas.historique import HLM, ORDINAIRE
from ingest.demo.cas.publications import UN_JOUR, VEILLE
from ingest.demo.faits import Convention, Etat
from ingest.demo.oracle.ave import GUIDE_D_ILE_DE_FRANCE
from ingest.demo.oracle.fin import ILE_DE_FRANCE
from ingest.demo.oracle.pub import IL_Y_A_SIX_MOIS
from ingest.demo.profil import ANAH_SANS_RECONDUCTION_DEPUIS
from ingest.demo.referentiels import Secteur

_AMENDABLE = tous(choix.simple, choix.amendable)
_LOINTAINE = choix.terme(depuis=date(2034, 1, 1))
_AUTRE = tous(ORDINAIRE, choix.secteur(Secteur.AUTRE), choix.finance("1", "2", "3", "7", "22"), _LOINTAINE)
_FRANCILIENNE = tous(HLM, choix.departement(*ILE_DE_FRANCE), historique.publiee_avant(GUIDE_D_ILE_DE_FRANCE - UN_JOUR))
_PROVINCIALE = tous(HLM, lambda convention: convention.departement.code not in ILE_DE_FRANCE)
_ANAH_RECENTE = tous(_AMENDABLE, choix.finance("17", "18"), choix.signee(depuis=ANAH_SANS_RECONDUCTION_DEPUIS))
_FOYER_D_OUTRE_MER = tous(_AMENDABLE, choix.outre_mer, historique.publiee_avant(date(2025, 9, 1)))
_ANCIENNE = tous(ORDINAIRE, historique.publiee_avant(date(2025, 1, 1)))
_PROLONGEABLE = tous(ORDINAIRE, _LOINTAINE)


def _fut_amendee(convention: Convention) -> bool:
    return any(avenant.signature is not None and avenant.annulation is None for avenant in convention.avenants[-1:])


SUITES_D_AVENANTS: tuple[Cas, ...] = (
    Cas(
        "AVE-001",
        NR,
        "Autre bailleur social, avenant signé la veille de la publication de la convention",
        _AUTRE,
        puis(avenir("7"), historique.publier_la_convention_apres(1)),
        avenant,
    ),
    Cas(
        "AVE-001",
        NR,
        "HLM ou SEM d'Île-de-France, avenant signé le 1er janvier 2025, convention publiée le lendemain",
        _FRANCILIENNE,
        puis(avenir("7"), historique.dater(GUIDE_D_ILE_DE_FRANCE), historique.publier_la_convention_apres(1)),
        avenant,
    ),
    Cas(
        "AVE-001",
        NR,
        "Avenant signé à une convention qui ne l'est pas",
        choix.etat(Etat.INS),
        historique.deposer_et_signer,
        avenant,
    ),
    Cas(
        "AVE-001",
        AV,
        "HLM ou SEM d'Île-de-France, avenant signé le 31 décembre 2024, convention publiée le lendemain",
        _FRANCILIENNE,
        puis(avenir("7"), historique.dater(GUIDE_D_ILE_DE_FRANCE - UN_JOUR), historique.publier_la_convention_apres(1)),
        avenant,
    ),
    Cas(
        "AVE-001",
        AV,
        "HLM ou SEM hors d'Île-de-France, avenant signé la veille de la publication de la convention",
        _PROVINCIALE,
        puis(avenir("7"), historique.publier_la_convention_apres(1)),
        avenant,
    ),
    Cas(
        "AVE-001",
        AV,
        "ANAH, avenant signé la veille de la publication de la convention",
        _ANAH_RECENTE,
        puis(avenir("7"), historique.publier_la_convention_apres(1)),
        avenant,
    ),
    Cas(
        "AVE-001",
        None,
        "Autre bailleur social, avenant signé le jour de la publication de la convention",
        _AUTRE,
        puis(avenir("7"), historique.publier_la_convention_apres(0)),
        avenant,
    ),
    Cas(
        "AVE-001",
        None,
        "Foyer d'outre-mer jamais publié : il prend effet à la signature",
        _FOYER_D_OUTRE_MER,
        puis(avenir("7"), publications.taire_la_publication),
        avenant,
        rare=True,
    ),
    Cas(
        "AVE-001",
        None,
        "Avenant plus ancien que la convention : déjà dit",
        _AUTRE,
        puis(avenir("7"), historique.signer(annees_apres(-1))),
        avenant,
        avec=frozenset({"AVE-011"}),
    ),
    Cas(
        "AVE-003",
        AN,
        "Avenants numérotés 1 et 3",
        ORDINAIRE,
        puis(avenir("7"), avenir("13"), historique.numeroter(1, 3)),
    ),
    Cas("AVE-003", AN, "Un seul avenant, numéroté 2", ORDINAIRE, puis(avenir("7"), historique.numeroter(2))),
    Cas(
        "AVE-003",
        AN,
        "Un avenant numéroté 0, qui n'est pas de l'application",
        ORDINAIRE,
        puis(avenir("7"), historique.numeroter(0)),
    ),
    Cas("AVE-003", None, "Avenants numérotés 1, 2 et 3", ORDINAIRE, puis(avenir("7"), avenir("13"), avenir("7"))),
    Cas(
        "AVE-003",
        None,
        "Avenant numéroté 1, et la ligne 0 du rattachement à une CUS",
        ORDINAIRE,
        puis(avenir("7"), historique.rattacher_a_une_cus),
    ),
    Cas("AVE-004", AN, "Avenant sans type", ORDINAIRE, puis(avenir("7"), historique.detyper), avenant),
    Cas(
        "AVE-004",
        AN,
        "Avenant sans type, que seul le descriptif de sa période dit de travaux",
        ORDINAIRE,
        puis(avenir("8"), historique.detyper, historique.nommer("8")),
        avenant,
    ),
    Cas("AVE-004", None, "Avenant du type « Autre »", ORDINAIRE, avenir("13"), avenant),
    Cas(
        "AVE-004",
        None,
        "Avenant sans type, annulé",
        _PROLONGEABLE,
        puis(avenir("5", terme=annees_apres(2), annule=True), historique.detyper),
        avenant,
    ),
    Cas(
        "AVE-011",
        AN,
        "Avenant signé la veille de la convention",
        HLM,
        puis(avenir("7"), historique.signer(annees_apres(0, -1))),
        avenant,
    ),
    Cas(
        "AVE-011",
        AN,
        "Avenant d'un autre siècle, l'année mal tapée",
        HLM,
        puis(avenir("7"), historique.signer(lambda signature: date(1917, signature.month, 1))),
        avenant,
    ),
    Cas(
        "AVE-011",
        None,
        "Avenant signé le jour de la convention",
        _PROVINCIALE,
        puis(avenir("7"), historique.signer(annees_apres(0))),
        avenant,
    ),
    Cas(
        "AVE-011",
        None,
        "Avenant signé la veille de la convention, annulé",
        HLM,
        puis(avenir("7", annule=True), historique.signer(annees_apres(0, -1))),
        avenant,
    ),
    Cas(
        "AVE-012",
        AV,
        "Avenant signé le 30 avril 2026, six mois et un jour avant la date de référence",
        _ANCIENNE,
        puis(avenir("7"), historique.dater(VEILLE)),
        avenant,
    ),
    Cas(
        "AVE-012",
        IN,
        "Avenant jamais publié d'un foyer d'outre-mer",
        _FOYER_D_OUTRE_MER,
        avenir("7"),
        avenant,
        rare=True,
    ),
    Cas(
        "AVE-012",
        None,
        "Avenant signé le 1er mai 2026, six mois jour pour jour avant la date de référence",
        _ANCIENNE,
        puis(avenir("7"), historique.dater(IL_Y_A_SIX_MOIS)),
        avenant,
    ),
    Cas("AVE-012", None, "Avenant publié le lendemain de sa signature", _ANCIENNE, puis(avenir("7"), historique.publier), avenant),
    Cas("AVE-012", None, "Rattachement à une CUS, qui ne se publie pas", _ANCIENNE, historique.rattacher_a_une_cus, avenant),
    Cas(
        "AVE-012",
        None,
        "Avenant jamais publié d'une convention résiliée",
        tous(choix.etat(Etat.RES), _fut_amendee),
        historique.ne_pas_publier,
        avenant,
        rare=True,
    ),
    Cas(
        "AVE-015",
        AV,
        "Avenant n° 1 dont la description cite l'avenant n° 2",
        ORDINAIRE,
        puis(avenir("7"), historique.decrire("Avenant n° 1, avant l'avenant n° 2")),
    ),
    Cas(
        "AVE-015",
        AV,
        "Aucun avenant, et une période qui en cite un",
        ORDINAIRE,
        historique.ouvrir("Suite de l'avenant 1"),
    ),
    Cas(
        "AVE-015",
        None,
        "Avenant n° 1 dont la description cite l'avenant n° 1",
        ORDINAIRE,
        puis(avenir("7"), historique.decrire("Avenant 1, qui remplace l'avenant n° 1 du projet")),
    ),
    Cas(
        "AVE-015",
        None,
        "Aucun avenant, et une période qui cite l'avenant 2017",
        ORDINAIRE,
        historique.ouvrir("Suite de l'avenant 2017"),
    ),
    *EFFETS,
)

"""The sets of agréments, operations and links that the page « Agréments sans convention » counts.

An agrément is an operation and one of its aids. What is counted is what A-08 counts: aids that must have an agreement, of
operations neither cancelled nor deleted, once each; those given up are told apart.
"""

from __future__ import annotations

from dataclasses import replace

from dashboards.requetes.ensembles import Ensemble
from dashboards.requetes.genres_agrements import AGREMENTS, COMPTE, DUREES, LIENS, OPERATIONS
from data_contracts.extraits.libelles import AVANCEMENTS


def _agrements(code: str, titre: str, condition: str, definition: str, champ: str = "nb_conventions") -> Ensemble:
    source = f"fct_agrement.{champ}"
    return Ensemble(code=code, titre=titre, genre=AGREMENTS, condition=condition, definition=definition, source=source)


A_CONVENTIONNER = _agrements(
    "agrements_a_conventionner",
    "Agréments à conventionner",
    COMPTE,
    "Une opération et une aide qui doit être conventionnée, ni annulée ni supprimée ; donnée par SISAL et par le SIAP, elle compte "
    "une fois.",
    "est_conventionnable",
)
RELIES = _agrements(
    "agrements_rapproches",
    "Agréments rapprochés",
    f"{COMPTE} and agrement.est_relie",
    "Agréments à conventionner liés à une convention au moins, même résiliée ou dénoncée depuis.",
)
SANS_CONVENTION = _agrements(
    "agrements_sans_convention",
    "Agréments sans convention",
    f"{COMPTE} and not agrement.est_relie",
    "Agréments à conventionner qu'aucun lien ne mène à une convention, même résiliée ou dénoncée. Une proposition à vérifier n'est "
    "pas un lien ; une convention annulée ne compte pas.",
)


def _sans(avancement: str, definition: str) -> Ensemble:
    return _agrements(
        f"agrements_{avancement}",
        f"Agréments sans convention : {AVANCEMENTS[avancement].lower()}",
        f"agrement.avancement = '{avancement}' and not agrement.est_relie",
        definition,
        "statut",
    )


ACOMPTE = _sans(
    "acompte",
    "L'opération a demandé un acompte, est close ou soldée dans le SIAP : la convention aurait dû être signée avant.",
)
ENGAGEE = _sans("engagee", "L'opération est engagée dans le SIAP, sans acompte demandé.")
SANS_TRAVAUX = _sans(
    "sans_travaux", "Conventionnement sans travaux, engagé ou non : ni chantier ni acompte n'expliquent l'attente."
)
AVANT = _sans("avant", "L'opération n'est pas encore engagée dans le SIAP : la convention n'est pas encore due.")
INCONNU = _sans("inconnu", "Rien ne dit l'avancement : SISAL ne le donne pas, et un statut du SIAP peut être inconnu.")
ABANDONNEE = _sans(
    "abandonnee",
    "Opération annulée ou supprimée : comptée à part, ni dans A-08, ni dans les autres chiffres de la page.",
)
ANCIENS = _agrements(
    "agrements_anciens",
    "Sans convention depuis 5 ans et plus",
    f"{COMPTE} and not agrement.est_relie and year($reference::date) - agrement.annee >= 5",
    "Agréments sans convention dont l'année précède de cinq ans au moins celle de la date de référence.",
    "annee",
)
PAR_AVANCEMENT = {
    "acompte": ACOMPTE,
    "engagee": ENGAGEE,
    "sans_travaux": SANS_TRAVAUX,
    "avant": AVANT,
    "inconnu": INCONNU,
    "abandonnee": ABANDONNEE,
}
"""Agréments without an agreement, by how far the operation has come."""
OPERATIONS_COMPTEES = Ensemble(
    code="operations_a_conventionner",
    titre="Opérations à conventionner",
    genre=OPERATIONS,
    condition="true",
    definition="Opérations dont une aide au moins doit être conventionnée, ni annulées ni supprimées : le dénominateur de A-08.",
    source="fct_agrement",
)
OPERATIONS_COUVERTES = replace(
    OPERATIONS_COMPTEES,
    code="operations_couvertes",
    titre="Opérations couvertes",
    condition="operation.est_couverte",
    definition="Opérations dont l'un des agréments est lié à une convention, même terminée depuis : le numérateur de A-08.",
    source="fct_agrement.nb_conventions",
)
OPERATIONS_SANS = replace(
    OPERATIONS_COUVERTES,
    code="operations_sans_convention",
    titre="Opérations sans convention",
    condition="not operation.est_couverte",
    definition="Opérations dont aucun agrément n'est lié à une convention.",
)
PROPOSITIONS = Ensemble(
    code="rapprochements_a_verifier",
    titre="Rapprochements à vérifier",
    genre=LIENS,
    condition="lien.avancement <> 'abandonnee' and lien.statut = 'a_verifier'",
    definition="Conventions qui ressemblent à un agrément sans lui être liées : ni les règles ni les indicateurs ne les lisent.",
    source="fct_rapprochement.statut",
)
RAPPROCHEMENTS = replace(
    PROPOSITIONS,
    code="rapprochements",
    titre="Agréments et conventions rapprochés",
    condition="lien.avancement <> 'abandonnee' and lien.statut = 'lien'",
    definition="Liens entre un agrément et une convention. Une convention annulée reste liée par son numéro, et ne le couvre pas.",
)
SIGNES_SISAL = Ensemble(
    code="agrements_signes_sisal",
    titre="Agréments de SISAL dont la convention est signée",
    genre=DUREES,
    condition="duree.origine_annee = 'programmation'",
    definition="De l'année de programmation à celle de la première signature : ce que mesure T-12.",
    source="fct_agrement.annee et fct_convention.date_signature",
)
SIGNES_SIAP = replace(
    SIGNES_SISAL,
    code="agrements_signes_siap",
    titre="Agréments du SIAP dont la convention est signée",
    condition="duree.origine_annee = 'numero'",
    definition="De l'année de création de l'opération, lue dans son numéro, à celle de la première signature : ce que mesure T-12.",
)

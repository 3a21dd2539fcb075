"""The register of decisions as the pages see it: read as it is now, whatever run a session reads, and added to one at a time.

Nothing here knows what a page shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from data_contracts import decision_register
from data_contracts.decision import STATUTS, Decision, Statut, auteur, motif
from data_contracts.errors import BadInputError
from data_contracts.extraits import formats
from data_contracts.layout import Home

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboards.donnees import Ligne
    from data_contracts.decision_register import Register

PATIENCE = 10.0
"""Seconds that a reader waits for the turn of a decision, which takes an instant."""


@dataclass(frozen=True)
class Saisie:
    """What a reader typed to decide of a finding."""

    statut: Statut | None
    motif: str
    auteur: str


@dataclass(frozen=True)
class Issue:
    """What became of it, in sentences."""

    phrases: tuple[str, ...]
    est_enregistree: bool = False
    """Whether the register now says what was typed."""


def registre(home: Home) -> Register:
    """Return the register of decisions as it is now, read again only when its folder has changed."""
    return _registre(home, decision_register.state(home))


def decider(home: Home, constat: Ligne, saisie: Saisie) -> Issue:
    """Record a decision on the evidence of a finding as the run being read shows it, or say what keeps it from being recorded."""
    fautes = _fautes(saisie)
    if saisie.statut is None or fautes:
        return Issue(fautes)
    decision = Decision(
        anomalie_id=constat["anomalie_id"],
        statut=saisie.statut,
        motif=motif(saisie.motif, saisie.statut),
        auteur=auteur(saisie.auteur),
        date_decision=datetime.now(UTC),
        empreinte_preuve=constat["empreinte_preuve"],
    )
    try:
        faite = decision_register.record(home, decision, PATIENCE)
    except BadInputError as raison:
        return Issue((f"Rien n'est enregistré. {raison}",))
    except OSError:
        refus = f"Rien n'est enregistré : le disque refuse d'écrire le registre des décisions ({home.decisions})."
        return Issue((f"{refus} Prévenir qui administre les données, puis recommencer.",))
    dite = f"« {STATUTS[decision.statut]} », par {decision.auteur}, le {formats.instant(faite.decision.date_decision)}."
    if not faite.is_new:
        return Issue((f"Cette décision est déjà enregistrée : {dite} Rien n'a changé.",), est_enregistree=True)
    suite = "Les comptes et les listes la montreront à la prochaine publication."
    return Issue((f"Décision enregistrée : {dite} {suite}",), est_enregistree=True)


def depuis(registre: Register, constat: Ligne) -> Decision | None:
    """Return the decision in force on a finding, None when there is none or when the run being read knows it already."""
    courante = registre.current.get(constat["anomalie_id"])
    return None if courante is None or _est_lue(courante, constat) else courante


def vaut_pour(decision: Decision, constat: Ligne) -> bool:
    """Tell whether a decision was taken on the evidence that the run being read shows."""
    return bool(decision.empreinte_preuve == constat["empreinte_preuve"])


def portee(decision: Decision, registre: Register, constat: Ligne) -> str:
    """Say whether a decision still holds for the evidence shown, and why not."""
    if decision != registre.current[decision.anomalie_id]:
        return "non : remplacée"
    if not vaut_pour(decision, constat):
        return "non : prise sur une autre preuve"
    if decision.statut is not Statut.CORRIGE or constat["etat"] != "ouverte":
        return "oui"
    return "à revoir : le constat est toujours ouvert" if _est_lue(decision, constat) else "oui, en attendant une livraison"


@st.cache_resource(show_spinner=False, max_entries=2, hash_funcs={Home: lambda home: str(home.root)})
def _registre(home: Home, etat: str) -> Register:  # noqa: ARG001 - the state only says when to read again
    return decision_register.read(home)


def _est_lue(decision: Decision, constat: Ligne) -> bool:
    """Tell whether a decision is the one that the run being read knows: no two on a finding have the same date."""
    return bool(decision.date_decision.astimezone(UTC).replace(tzinfo=None) == constat["decision_date"])


def _fautes(saisie: Saisie) -> tuple[str, ...]:
    """Say everything that is wrong in what was typed."""
    lectures = (
        partial(_choisi, saisie.statut),
        partial(motif, saisie.motif, saisie.statut or Statut.A_TRAITER),
        partial(auteur, saisie.auteur, "écrire le nom de qui décide"),
    )
    return tuple(faute for lecture in lectures if (faute := _faute(lecture)))


def _choisi(statut: Statut | None) -> None:
    if statut is None:
        raise BadInputError(f"Aucune décision n'est choisie : choisir {', '.join(STATUTS.values())}.")


def _faute(lecture: Callable[[], object]) -> str:
    try:
        lecture()
    except BadInputError as faute:
        return str(faute)
    return ""

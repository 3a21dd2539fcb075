"""What is decided of a finding: the form that decides, then everything that was decided, read in the register as it is now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards import acces, decisions, donnees
from dashboards.components.blocs import attention, etiquette, note, succes
from dashboards.components.tableau import Colonne, tableau
from dashboards.decisions import Issue, Saisie
from dashboards.fichiers import Html
from data_contracts.acces.journal import Geste
from data_contracts.author import named_author
from data_contracts.decision import STATUTS, Statut
from data_contracts.decision_register import sentences
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import DECISIONS, SENS_DECISIONS

if TYPE_CHECKING:
    from dashboards.donnees import Ligne
    from data_contracts.decision_register import Register
    from data_contracts.publication import PublishedRun

_AUTEUR, _ISSUE = "decision_auteur_connu", "decision_issue"
"""Where the session keeps who decides, and what became of the last decision until it is told."""
_HISTOIRE = (
    Colonne("date", "Date", formats.instant, "serre"),
    Colonne("statut", "Décision", genre="serre"),
    Colonne("motif", "Motif", genre="long"),
    Colonne("auteur", "Auteur", genre="texte", est_rare=True),
    Colonne("portee", "Vaut pour cette preuve", genre="texte"),
)


def decider(run: PublishedRun, constat: Ligne) -> None:
    """Show the form that decides of a finding, what became of the decision, and those taken before."""
    st.header("Décider", anchor=False)
    note(
        f"La décision vaut pour la preuve montrée ici, celle de la publication du {formats.instant(donnees.publiee_le(run))} : "
        "si la preuve change, le constat sera de nouveau à traiter."
    )
    _formulaire(run, constat)
    _dire(constat)
    _histoire(run, constat, decisions.registre(run.home))


def etiquette_depuis(registre: Register, constat: Ligne) -> Html:
    """Return the label of what was decided of a finding since the run being read was built, empty when nothing was."""
    decision = decisions.depuis(registre, constat)
    if decision is None:
        return Html()
    ailleurs = "" if decisions.vaut_pour(decision, constat) else ", sur une autre preuve"
    return etiquette(f"Décidé depuis : {STATUTS[decision.statut]}{ailleurs}", "information")


def _formulaire(run: PublishedRun, constat: Ligne) -> None:
    identifiant = constat["anomalie_id"]
    qui = acces.lecteur()
    connu = qui.nom if qui.est_connecte else st.session_state.setdefault(_AUTEUR, named_author())
    with st.form(f"decision_{identifiant}", width=768):
        st.radio(
            "Décision",
            list(Statut),
            index=None,
            format_func=lambda statut: DECISIONS[statut],
            captions=[SENS_DECISIONS[statut] for statut in Statut],
            key=f"decision_statut_{identifiant}",
        )
        st.text_area("Motif (demandé, sauf pour « À traiter »)", key=f"decision_motif_{identifiant}")
        st.text_input("Auteur (qui décide)", connu, key=f"decision_auteur_{identifiant}", disabled=qui.est_connecte)
        # recorded before the page is drawn again: a page cut short by another click neither loses a decision nor takes it twice
        st.form_submit_button("Enregistrer la décision", type="primary", on_click=_enregistrer, args=(run, constat))


def _enregistrer(run: PublishedRun, constat: Ligne) -> None:
    identifiant = constat["anomalie_id"]
    statut, motif, auteur = (st.session_state[f"decision_{nom}_{identifiant}"] for nom in ("statut", "motif", "auteur"))
    qui = acces.lecteur()
    saisie = Saisie(statut, motif, qui.nom if qui.est_connecte else auteur)
    issue = decisions.decider(run.home, constat, saisie)
    if issue.est_enregistree:
        st.session_state[_AUTEUR] = saisie.auteur.strip()
        acces.noter(qui, run, Geste.DECISION, identifiant)
    st.session_state[_ISSUE] = identifiant, issue


def _dire(constat: Ligne) -> None:
    """Tell once what became of the decision that was just taken on this finding."""
    identifiant, issue = st.session_state.pop(_ISSUE, (None, Issue(())))
    if identifiant != constat["anomalie_id"]:
        return
    montrer = succes if issue.est_enregistree else attention
    for phrase in issue.phrases:
        montrer(phrase)


def _histoire(run: PublishedRun, constat: Ligne, registre: Register) -> None:
    for phrase in sentences(registre.damaged):
        attention(phrase)
    prises = registre.of(constat["anomalie_id"])
    if not prises:
        note("Personne n'a encore décidé de ce constat.")
        return
    lignes = [
        {
            "date": decision.date_decision,
            "statut": DECISIONS[decision.statut],
            "motif": decision.motif,
            "auteur": decision.auteur if run.perimetre.donnees_personnelles else None,
            "portee": decisions.portee(decision, registre, constat),
        }
        for decision in reversed(prises)
    ]
    tableau(lignes, _HISTOIRE, "Décisions prises sur ce constat, la dernière d'abord")

"""Ce qui a changé: between the run read and the one before it, or between any two, with why, down to each agreement and finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards import comparaison, donnees
from dashboards.components.blocs import equivalent, information, titre
from dashboards.components.changements import figures, repartitions
from dashboards.components.filtres_changements import formulaire, publication
from dashboards.components.liste_changements import liste
from dashboards.requetes import changements as requetes_changements
from data_contracts.extraits import formats

if TYPE_CHECKING:
    from dashboards.comparaison import Paire
    from dashboards.filtres.changements import Filtres
    from data_contracts.publication import PublishedRun


def page(run: PublishedRun) -> None:
    """Show what changed between the two runs that the address names."""
    titre(
        "Ce qui a changé",
        "Ce qui distingue deux publications",
        "Conventions ajoutées, disparues, modifiées champ par champ, constats nouveaux et résolus, et pourquoi.",
    )
    filtres = formulaire(run)
    ici = requetes_changements.paire(run, filtres)
    if ici is None:
        information(
            "Aucune publication ne précède celle-ci avec d'autres livraisons, d'autres règles, un autre code ou une autre date de "
            "référence : il n'y a rien à quoi la comparer. Après la prochaine livraison (« parc import », puis « parc run »), "
            "cette page dira ce qui a changé."
        )
    elif ici.avant.run_id == ici.apres.run_id:
        information("Les deux publications choisies sont la même : en choisir une autre.")
    else:
        _comparees(ici, filtres)


def _comparees(ici: Paire, filtres: Filtres) -> None:
    with st.spinner("Comparaison des deux publications. Elle se fait une fois, puis se relit aussitôt…"):
        comparaison.preparer(ici)
    natures = requetes_changements.par_nature(ici, filtres)
    total = sum(ligne["changements"] for nature, ligne in natures.items() if not filtres.natures or nature in filtres.natures)
    equivalent(
        f"De la publication {publication(ici.avant)}, à la publication {publication(ici.apres)} : "
        f"{formats.pluriel(total, 'changement')}{' pour ces filtres' if filtres.est_restreint else ''}."
    )
    if not natures:
        information(
            "Aucun changement ne répond à ces filtres. En élargir un, ou les effacer."
            if filtres.est_restreint
            else "Rien n'a changé : mêmes conventions, mêmes valeurs suivies, mêmes constats."
        )
        return
    figures(ici, filtres)
    if not total:
        information("Aucun changement de cette nature ne répond à ces filtres.")
        return
    repartitions(ici, filtres, total)
    st.header("Liste", anchor=False)
    liste(ici, filtres, total)


page(donnees.lue())

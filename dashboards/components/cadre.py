"""What surrounds every page: language, style, name of the product, and which publication is being read."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from dashboards import donnees
from dashboards.components import porte
from dashboards.components.blocs import attention, enumeration, information, note, titre
from data_contracts.extraits import forcage, formats

if TYPE_CHECKING:
    from dashboards.acces import Lecteur
    from dashboards.donnees import Lecture

RACINE = Path(__file__).resolve().parents[1]
_LANGUE = "<script>document.documentElement.lang = 'fr';</script>"
"""Streamlit declares its pages in English: a screen reader would read French with an English voice."""


def habiller() -> None:
    """Give the page its style, its language and the name of the product."""
    st.html(RACINE / "style.css")
    st.html(_LANGUE, unsafe_allow_javascript=True)
    st.logo(str(RACINE / "marque.svg"), size="large")


def lecteur(entre: Lecteur) -> None:
    """Say in the sidebar who reads and what they see, where people sign in."""
    if not entre.est_connecte:
        return
    vus = entre.perimetre.departements
    territoire = "toute la France" if vus is None else formats.pluriel(len(vus), "département") + f" ({', '.join(vus)})"
    personnelles = "données personnelles comprises" if entre.perimetre.donnees_personnelles else "sans les données personnelles"
    with st.sidebar:
        st.html(
            f'<dl class="publication"><dt>Connecté</dt><dd>{escape(entre.nom)}</dd>'
            f"<dt>Accès</dt><dd>{territoire}, {personnelles}</dd></dl>"
        )
        porte.sortir()
    porte.revenir()


def publication(lecture: Lecture) -> None:
    """Say in the sidebar which run is read, and offer to move when a newer one is current."""
    run = lecture.run
    with st.sidebar:
        st.html(
            f'<dl class="publication"><dt>Publication lue</dt><dd>{formats.instant(donnees.publiee_le(run))}</dd>'
            f"<dt>Données au</dt><dd>{formats.jour(donnees.date_reference(run))}</dd></dl>"
        )
        if lecture.retiree:
            information(
                f"La publication {lecture.retiree} a été retirée du disque : l'application lit maintenant la publication courante."
            )
        if lecture.plus_recente:
            moment = formats.instant(donnees.publiee_le(lecture.plus_recente))
            information(f"Une publication plus récente est disponible, du {moment}. Cette page continue de lire la précédente.")
            st.button("Lire la plus récente", on_click=donnees.suivre, args=(lecture.plus_recente,), type="primary")


def infraction(lecture: Lecture) -> None:
    """Say at the head of a page that the publication was forced, by whom, and what it breaks."""
    forcee = forcage.lire(lecture.run)
    if forcee is None:
        return
    attention(forcee.phrase() if lecture.run.perimetre.donnees_personnelles else forcee.phrase_anonyme())
    if lecture.run.perimetre.est_limite:
        return
    with st.expander(f"Ce que cette publication n'a pas respecté ({len(forcee.infractions)})"):
        enumeration(list(forcee.details()))


def rien_de_publie(raison: str) -> None:
    """Say that nothing is published yet, and how to publish."""
    titre("Parc conventionné", "Aucune donnée à lire pour l'instant", raison)
    st.subheader("Pour voir l'application sur une France inventée", anchor=False)
    st.code("make demo", language=None)
    st.subheader("Pour lire vos données", anchor=False)
    st.code("parc import ecoloweb CHEMIN_DE_LA_SAUVEGARDE\nparc run", language=None)
    note("La première commande reçoit une livraison, la seconde construit, contrôle et publie. Recharger ensuite cette page.")

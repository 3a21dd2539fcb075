"""Entry point of the application: `parc dashboard`, or `streamlit run dashboards/app.py`. The frame common to every page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboards import acces, donnees, pages
from dashboards.components import porte
from dashboards.components.cadre import habiller, infraction, lecteur, publication, rien_de_publie
from dashboards.components.navigation import navigation
from data_contracts.errors import BadInputError
from data_contracts.layout import Home

ICI = Path(__file__).parent

st.set_page_config(page_title="Parc conventionné", page_icon=ICI / "favicon.svg", layout="wide")
habiller()
page = st.navigation(
    [
        st.Page(ICI / une.script, title=une.titre, icon=une.icone, default=une is pages.ACCUEIL)
        for groupe in (*pages.GROUPES.values(), pages.HORS_MENU)
        for une in groupe
    ],
    position="hidden",
)
home = Home.from_environment()
try:
    entre = acces.entrer(home)
except BadInputError as raison:
    porte.mal_configuree(str(raison))
    st.stop()
match entre:
    case acces.Anonyme():
        porte.se_connecter()
    case acces.SansDroit(nom):
        porte.sans_droit(nom)
    case acces.Lecteur():
        navigation()
        lecteur(entre)
        try:
            lecture = donnees.ouvrir(home, entre.perimetre)
        except BadInputError as raison:
            rien_de_publie(str(raison))
        else:
            publication(lecture)
            infraction(lecture)
            page.run()

"""Entry point of the application: `parc dashboard`, or `streamlit run dashboards/app.py`. The frame common to every page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboards import donnees
from dashboards.components.cadre import habiller, infraction, publication, rien_de_publie
from data_contracts.errors import BadInputError

ICI = Path(__file__).parent
PAGES = (
    st.Page(ICI / "screens" / "accueil.py", title="Accueil", icon=":material/home:", default=True),
    st.Page(ICI / "screens" / "cas.py", title="Cas non réglementaires", icon=":material/rule:"),
    st.Page(ICI / "screens" / "fiche_convention.py", title="Fiche convention", icon=":material/search:"),
    st.Page(ICI / "screens" / "delais.py", title="Délais", icon=":material/schedule:"),
    st.Page(ICI / "screens" / "satisfaction.py", title="Satisfaction", icon=":material/forum:"),
    st.Page(ICI / "screens" / "regles.py", title="Règles", icon=":material/gavel:"),
    st.Page(ICI / "screens" / "dictionnaire.py", title="Dictionnaire", icon=":material/menu_book:"),
)

st.set_page_config(page_title="Parc conventionné", page_icon=ICI / "favicon.svg", layout="wide")
habiller()
page = st.navigation(PAGES)
try:
    lecture = donnees.ouvrir()
except BadInputError as raison:
    rien_de_publie(str(raison))
else:
    publication(lecture)
    infraction(lecture)
    page.run()

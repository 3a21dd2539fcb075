"""The floor of the pages: the least that Streamlit shows, a list of départements and one figure that follows it."""

from __future__ import annotations

import csv
from pathlib import Path

import streamlit as st

DEPARTEMENTS = Path(__file__).parents[2] / "data_contracts" / "geographie" / "departement.csv"

with DEPARTEMENTS.open(encoding="utf-8", newline="") as lines:
    names = [f"{line['code_departement']} {line['nom_departement']}" for line in csv.DictReader(lines)]
chosen = st.multiselect("Département", names)
st.title("Streamlit seul")
st.html(f'<p class="chiffre">{len(chosen)}</p>')

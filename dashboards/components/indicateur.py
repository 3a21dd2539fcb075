"""What a figure counts, one click away: definition, population, source, freshness, as the catalogue of indicators says them."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from dashboards import donnees, requetes_indicateurs
from dashboards.components.blocs import note
from data_contracts.extraits import formats

if TYPE_CHECKING:
    from data_contracts.publication import PublishedRun

_CHAMPS = {
    "definition": "Définition",
    "numerateur": "Numérateur",
    "denominateur": "Dénominateur",
    "population": "Population",
    "source": "Source",
    "fraicheur": "Fraîcheur",
    "petits_effectifs": "Petits effectifs",
}


def definition(run: PublishedRun, kpi_id: str) -> None:
    """Show the definition of an indicator, folded."""
    trouve = requetes_indicateurs.indicateur(run, kpi_id)
    if trouve is None:
        note(f"Le catalogue des indicateurs de cette publication ne décrit pas {kpi_id}.")
        return
    dits = [(titre, trouve[champ]) for champ, titre in _CHAMPS.items()]
    dits.append(("Date", f"données au {formats.jour(donnees.date_reference(run))}"))
    paires = "".join(f"<div><dt>{titre}</dt><dd>{escape(formats.typographie(dit))}</dd></div>" for titre, dit in dits)
    st.html(
        f'<details class="definition"><summary>Définition, population, source et date de {escape(kpi_id)}</summary>'
        f'<div class="identite"><dl>{paires}</dl></div></details>'
    )

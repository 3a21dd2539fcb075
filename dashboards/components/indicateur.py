"""What a figure counts, one click away: definition, population, source, freshness, as the catalogue of indicators says them."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from dashboards import donnees
from dashboards.components.blocs import note
from dashboards.requetes import indicateurs as requetes_indicateurs
from data_contracts.extraits import formats

if TYPE_CHECKING:
    from dashboards.donnees import Ligne
    from data_contracts.publication import PublishedRun

_CHAMPS = {
    "definition": "Définition",
    "numerateur": "Numérateur",
    "denominateur": "Dénominateur",
    "population": "Population",
    "source": "Source",
    "fraicheur": "Fraîcheur",
    "petits_effectifs": "Petits effectifs",
    "explication": "À savoir",
}


def definition(run: PublishedRun, *kpis: str) -> None:
    """Show the definitions of indicators, folded."""
    trouves = [(kpi, requetes_indicateurs.indicateur(run, kpi)) for kpi in kpis]
    inconnus = [kpi for kpi, trouve in trouves if trouve is None]
    connus = [trouve for _, trouve in trouves if trouve is not None]
    if connus:
        st.html("".join(_repliee(run, connu) for connu in connus))
    if inconnus:
        note(f"Le catalogue des indicateurs de cette publication ne décrit pas {', '.join(inconnus)}.")


def _repliee(run: PublishedRun, indicateur: Ligne) -> str:
    dits = [(titre, indicateur[champ]) for champ, titre in _CHAMPS.items() if indicateur.get(champ)]
    dits.append(("Date", f"données au {formats.jour(donnees.date_reference(run))}"))
    paires = "".join(f"<div><dt>{titre}</dt><dd>{escape(formats.typographie(dit))}</dd></div>" for titre, dit in dits)
    nom = f"{indicateur['kpi_id']} · {indicateur['titre']}"
    return (
        f'<details class="definition"><summary>Définition, population, source et date de {escape(nom)}</summary>'
        f'<div class="identite"><dl>{paires}</dl></div></details>'
    )

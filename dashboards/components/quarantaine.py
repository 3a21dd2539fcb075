"""The rows refused at import: how many, why, and how to correct and replay them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards import pages
from dashboards.components.adresse import ENSEMBLE, vers
from dashboards.components.blocs import enumeration, equivalent, note, paragraphe
from dashboards.components.tableau_rapport import tableau_rapport
from dashboards.requetes import ensembles_qualite
from dashboards.requetes import reception as requetes_reception
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import ETATS_QUARANTAINE
from data_contracts.rapport import reception

if TYPE_CHECKING:
    from dashboards.filtres.communs import Communs
    from data_contracts.publication import PublishedRun

_ETAPES = (
    "« parc quarantaine lister » : les lignes refusées des livraisons courantes, comptées par motif.",
    "« parc quarantaine exporter --sortie corrections.xlsx » : une feuille par table, une ligne par ligne refusée.",
    "Corriger les cellules en cause, et elles seules.",
    '« parc quarantaine liberer corrections.xlsx --motif "…" » : chaque ligne changée devient une correction du registre.',
    "« parc quarantaine rejouer » : les lignes refusées repassent par les contrôles, avec leurs corrections.",
    "« parc run » : les lignes libérées sont publiées.",
)


def quarantaine(run: PublishedRun, filtres: Communs) -> None:
    """Show the refused rows by source, table and reason, then what to do with them."""
    lignes = requetes_reception.quarantaine(run, filtres)
    tables = [{"refusees": ligne["nb_quarantaine"]} for ligne in requetes_reception.tables(run, filtres)]
    section = reception.quarantaine(lignes, tables)
    equivalent(section.phrases[0])
    if not lignes:
        return
    etats = requetes_reception.etats_quarantaine(run, filtres)
    dits = (f"{formats.nombre(etats[code])} {mots.lower()}" for code, mots in ETATS_QUARANTAINE.items() if code in etats)
    note(f"État : {' ; '.join(dits)}.")
    tableau_rapport(section.tableaux[0], "quarantaine")
    vers(pages.LIGNES, "Voir les lignes en quarantaine", {ENSEMBLE: ensembles_qualite.QUARANTAINE.code})
    with st.expander("Corriger ces lignes et les rejouer"):
        paragraphe(
            "Le mieux est que la source se corrige et redonne une livraison. En attendant, un administrateur corrige les lignes "
            "par fichier :"
        )
        enumeration(_ETAPES)

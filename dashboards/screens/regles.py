"""Règles: the catalogue that the run was built with, searched and filtered; then one rule, whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards import donnees
from dashboards.components.adresse import REGLE, lien
from dashboards.components.blocs import attention, information, remonter, titre
from dashboards.components.liste_regles import demandes_par_l_adresse, filtres, liste
from dashboards.components.regle import regle
from dashboards.requetes import cas as requetes_cas
from dashboards.requetes import regles as requetes_regles
from data_contracts.extraits import formats

if TYPE_CHECKING:
    from data_contracts.publication import PublishedRun

_SURTITRE, _TITRE = "Règles", "Le catalogue des règles"


def page(run: PublishedRun) -> None:
    """Show the catalogue, or the rule that the address names."""
    if not requetes_cas.a_des_regles(run):
        titre(_SURTITRE, _TITRE)
        information("Cette publication a été construite sans règle. Lancer « parc run » pour en construire une qui en a.")
        return
    demandee = st.query_params.get(REGLE)
    remonter(f"regle {demandee}")
    catalogue = requetes_regles.catalogue(run)
    if demandee is None:
        titre(
            _SURTITRE, _TITRE, "Ce que l'entrepôt cherche dans le parc : la condition en mots, le droit qui la fonde, ses exemples."
        )
        liste(catalogue, filtres(catalogue))
        return
    lien("Retour au catalogue", "retour", demandes_par_l_adresse(catalogue), ":material/arrow_back:")
    trouvee = requetes_regles.regle(run, demandee)
    if trouvee is None:
        titre(_SURTITRE, "Règle inconnue")
        attention(
            f"Aucune règle « {demandee} » dans la publication du {formats.instant(donnees.publiee_le(run))} : "
            "vérifier l'adresse de la page, ou chercher la règle dans le catalogue."
        )
        return
    regle(run, trouvee)


page(donnees.lue())

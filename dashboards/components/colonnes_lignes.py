"""The columns that a list of rows shows, by kind of rows; the files hold the same."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from dashboards import donnees
from dashboards.components.adresse import CONVENTION, ENSEMBLE, gardee
from dashboards.components.tableau import Colonne, Html, entier
from dashboards.requetes.ensembles_connus import ENSEMBLES
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import (
    DESTINS,
    ETATS_QUARANTAINE,
    FAMILLES,
    MOTIFS_APILOS,
    NATURES_BAILLEUR,
    NATURES_LOGEMENT,
    SOURCES,
    STATUTS,
    nommer,
)
from data_contracts.rapport.cles import montrables

if TYPE_CHECKING:
    from collections.abc import Sequence


def vers_la_fiche(convention_id: str | None, run_id: str | None = None) -> str:
    """Return the link that opens an agreement in another tab, on the run of this identifier, else on the one read here."""
    if not convention_id:
        return formats.VIDE
    adresse = urlencode({CONVENTION: convention_id, donnees.PUBLICATION: run_id or donnees.ouvrir().run.run_id})
    nom = f"Ouvrir la fiche {escape(convention_id)} (nouvel onglet)"
    return Html(f'<a href="fiche_convention?{adresse}" target="_blank" aria-label="{nom}">Ouvrir</a>')


def vers_les_lignes(code: str | None) -> str:
    """Return the link that opens the rows of a set in another tab, on the run and with the shared filters of this one."""
    if not code:
        return formats.VIDE
    adresse = urlencode(gardee() | {ENSEMBLE: code, donnees.PUBLICATION: donnees.ouvrir().run.run_id})
    nom = f"Voir les lignes de « {escape(ENSEMBLES[code].titre)} » (nouvel onglet)"
    return Html(f'<a href="lignes?{escape(adresse)}" target="_blank" aria-label="{nom}">Voir</a>')


def familles(codes: Sequence[str] | None) -> str:
    """Write families of financing."""
    return formats.liste(nommer(code, FAMILLES) for code in codes or ())


FICHE = Colonne("convention_id", "Fiche", vers_la_fiche, "serre", "Ouvre la fiche de la convention dans un autre onglet.")
DEPARTEMENT = Colonne("code_departement", "Département")
SOURCE = Colonne("source", "Source", lambda code: nommer(code, SOURCES))
CONVENTIONS = (
    Colonne("numero", "Numéro", genre="serre"),
    FICHE,
    Colonne("statut", "Statut", lambda code: nommer(code, STATUTS)),
    DEPARTEMENT,
    Colonne("nom_commune", "Commune"),
    Colonne("nom_bailleur", "Bailleur", genre="texte"),
    Colonne("familles_financement", "Financements", familles),
    entier("nb_logements", "Logements"),
    Colonne("date_signature", "Signée le"),
    Colonne("date_publication", "Publiée le"),
    Colonne("date_effet", "Prise d'effet"),
    Colonne("date_expiration", "Expire le"),
    Colonne("date_echeance_tacite", "Échéance tacite"),
    Colonne("nature_logement", "Nature", lambda code: nommer(code, NATURES_LOGEMENT)),
    SOURCE,
    Colonne("score_qualite", "Score de qualité", genre="nombre", aide="En %, sur la convention et tout ce qu'elle porte (Q-01)."),
)
AVENANTS = (
    Colonne("numero_convention", "Convention", genre="serre"),
    FICHE,
    entier("numero", "Avenant n°"),
    Colonne("types_libelles", "Types", genre="texte"),
    DEPARTEMENT,
    Colonne("nom_commune", "Commune"),
    Colonne("date_depot", "Déposé le"),
    Colonne("date_signature", "Signé le"),
    Colonne("date_publication", "Publié le"),
    Colonne("date_expiration_nouvelle", "Nouvelle expiration"),
    Colonne("est_annule", "Annulé"),
)
BAILLEURS = (
    Colonne("nom", "Nom", genre="texte"),
    Colonne("siren", "SIREN"),
    Colonne("sigle", "Sigle"),
    Colonne("nature_bailleur", "Nature", lambda code: nommer(code, NATURES_BAILLEUR)),
    Colonne("ville", "Ville"),
    DEPARTEMENT,
    entier("nb_conventions", "Conventions", "Toutes ses conventions, quels que soient les filtres."),
    Colonne("bailleur_id", "Identifiant"),
    SOURCE,
)
LOTS_INCOMPLETS = (
    Colonne("lot_id", "Lot", genre="serre"),
    Colonne("numero_convention", "Convention", genre="serre"),
    FICHE,
    DEPARTEMENT,
    Colonne("nom_commune", "Commune"),
    Colonne("libelle", "Libellé", genre="texte"),
    Colonne("financement", "Financement"),
    entier("nb_logements", "Logements"),
    SOURCE,
)
PARCELLES_INCOMPLETES = (
    Colonne("parcelle_id", "Parcelle", genre="serre"),
    Colonne("numero_convention", "Convention", genre="serre"),
    FICHE,
    DEPARTEMENT,
    Colonne("nom_commune", "Commune"),
    Colonne("section", "Section"),
    Colonne("numero", "Numéro"),
    SOURCE,
)
LIGNES_REFUSEES = (
    Colonne("cle", "Clé", lambda cle: formats.liste(montrables([cle])), "code"),
    Colonne("table_source", "Table", genre="code"),
    entier("ligne", "Ligne", "Ligne du fichier reçu, ou rang dans la table."),
    Colonne("motif", "Pourquoi", genre="long"),
    Colonne("etat", "État", lambda code: nommer(code, ETATS_QUARANTAINE)),
    SOURCE,
    Colonne("livraison_id", "Livraison", genre="serre"),
)
CONVENTIONS_RECUES = (
    Colonne("cle_source", "Clé dans la source", genre="serre"),
    SOURCE,
    Colonne("destin", "Destin", lambda code: nommer(code, DESTINS)),
    Colonne("motif", "Motif", genre="long"),
    entier("nb_lignes", "Lignes reçues"),
)
ENREGISTREMENTS_APILOS = (
    Colonne("cle_apilos", "Enregistrement", genre="serre"),
    Colonne("numero_convention", "Convention", genre="serre"),
    FICHE,
    DEPARTEMENT,
    Colonne("financement", "Financement"),
    entier("numero_avenant", "Avenant n°"),
    Colonne("motif_exclusion", "Pourquoi perdu", lambda code: nommer(code, MOTIFS_APILOS)),
)
PAR_GENRE = {
    "convention": CONVENTIONS,
    "avenant": AVENANTS,
    "bailleur": BAILLEURS,
    "lot_incomplet": LOTS_INCOMPLETS,
    "parcelle_incomplete": PARCELLES_INCOMPLETES,
    "ligne_refusee": LIGNES_REFUSEES,
    "convention_recue": CONVENTIONS_RECUES,
    "enregistrement_apilos": ENREGISTREMENTS_APILOS,
}
"""Columns by the code of the kind of rows."""

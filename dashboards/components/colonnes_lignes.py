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
    AIDES,
    AVANCEMENTS,
    DESTINS,
    ETATS_QUARANTAINE,
    FAMILLES,
    METHODES_RAPPROCHEMENT,
    MOTIFS_APILOS,
    NATURES_BAILLEUR,
    NATURES_LOGEMENT,
    RAISONS_SANS_CONVENTION,
    SOURCES,
    STATUTS,
    STATUTS_OPERATION,
    nommer,
)
from data_contracts.rapport.cles import montrables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboards.components.adresse import Adresse


def vers_la_fiche(convention_id: str | None, run_id: str | None = None) -> str:
    """Return the link that opens an agreement in another tab, on the run of this identifier, else on the one read here."""
    if not convention_id:
        return formats.VIDE
    adresse = urlencode({CONVENTION: convention_id, donnees.PUBLICATION: run_id or donnees.lue().run_id})
    nom = f"Ouvrir la fiche {escape(convention_id)} (nouvel onglet)"
    return Html(f'<a href="fiche_convention?{adresse}" target="_blank" aria-label="{nom}">Ouvrir</a>')


def vers_les_lignes(adresse: Adresse, quoi: str) -> str:
    """Return the link that opens the rows behind one figure of a table in another tab, on the run that this one reads."""
    ecrite = urlencode(gardee() | adresse | {donnees.PUBLICATION: donnees.lue().run_id})
    nom = f"Voir les lignes, {escape(quoi)} (nouvel onglet)"
    return Html(f'<a href="lignes?{escape(ecrite)}" target="_blank" aria-label="{nom}">Voir</a>')


def vers_l_ensemble(code: str | None) -> str:
    """Return the link that opens the rows of a set in another tab."""
    return vers_les_lignes({ENSEMBLE: code}, ENSEMBLES[code].titre) if code else formats.VIDE


def familles(codes: Sequence[str] | None) -> str:
    """Write families of financing."""
    return formats.liste(nommer(code, FAMILLES) for code in codes or ())


def annee(valeur: int | None) -> str:
    """Write a year, without a space between thousands."""
    return formats.VIDE if valeur is None else str(valeur)


def raisons(codes: Sequence[str] | None) -> str:
    """Write why an agrément has no agreement."""
    return formats.typographie(formats.texte(" ; ".join(nommer(code, RAISONS_SANS_CONVENTION) for code in codes or ())))


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
NUMERO_OPERATION = Colonne("numero_operation", "Numéro d'opération", genre="serre")
AIDE = Colonne("aide", "Aide", lambda code: nommer(code, AIDES))
ANNEE = Colonne("annee", "Année", annee, aide="Année de programmation dans SISAL, de création de l'opération dans le SIAP.")
AGREMENTS = (
    NUMERO_OPERATION,
    Colonne("nom_operation", "Opération", genre="texte"),
    AIDE,
    entier("nb_logements", "Logements"),
    DEPARTEMENT,
    Colonne("nom_commune", "Commune"),
    Colonne("nom_bailleur", "Bailleur", genre="texte"),
    ANNEE,
    Colonne("avancement", "Avancement", lambda code: nommer(code, AVANCEMENTS)),
    Colonne("raisons", "Pourquoi sans convention", raisons, "long", "Ce que le rapprochement a cherché, et ce qui lui manque."),
    FICHE,
    Colonne("statut", "Statut dans le SIAP", lambda code: nommer(code, STATUTS_OPERATION)),
    Colonne("nature_logement", "Nature", lambda code: nommer(code, NATURES_LOGEMENT)),
    Colonne("siren_maitre_ouvrage", "SIREN"),
    Colonne("nom_gestionnaire", "Gestionnaire", genre="texte"),
    Colonne("adresse", "Adresse", genre="texte"),
    SOURCE,
)
OPERATIONS = (
    NUMERO_OPERATION,
    Colonne("nom_operation", "Opération", genre="texte"),
    Colonne("aides", "Aides à conventionner", lambda codes: formats.liste(nommer(code, AIDES) for code in codes or ())),
    entier("nb_logements", "Logements"),
    DEPARTEMENT,
    Colonne("nom_commune", "Commune"),
    Colonne("nom_bailleur", "Bailleur", genre="texte"),
    ANNEE,
    Colonne("est_couverte", "Couverte", aide="L'un de ses agréments au moins est lié à une convention."),
    Colonne("est_entierement_couverte", "Entièrement couverte", aide="Chacun de ses agréments est lié à une convention."),
    Colonne("est_a_verifier", "Proposition à vérifier"),
    SOURCE,
)
LIENS = (
    NUMERO_OPERATION,
    Colonne("nom_operation", "Opération", genre="texte"),
    AIDE,
    Colonne("confiance", "Confiance", lambda valeur: formats.mesure(valeur * 100, "%", 1), "nombre"),
    FICHE,
    Colonne("methode", "Rapproché par", lambda code: nommer(code, METHODES_RAPPROCHEMENT)),
    Colonne("explication", "Ce qui s'accorde et ce qui diffère", lambda dit: formats.typographie(formats.texte(dit)), "long"),
    Colonne("numero_convention", "Convention", genre="serre"),
    Colonne("statut_convention", "Statut de la convention", lambda code: nommer(code, STATUTS)),
    Colonne("date_signature", "Signée le"),
    DEPARTEMENT,
    Colonne("nom_commune", "Commune"),
    Colonne("nom_bailleur", "Bailleur", genre="texte"),
    entier("nb_logements_agrement", "Logements agréés"),
    entier("nb_logements_convention", "Logements conventionnés"),
    Colonne("annee_agrement", "Année de l'agrément", annee),
    SOURCE,
)
DUREES = (
    NUMERO_OPERATION,
    Colonne("nom_operation", "Opération", genre="texte"),
    AIDE,
    ANNEE,
    Colonne("date_signature", "Première signature"),
    entier("annees", "Années d'écart"),
    FICHE,
    entier("nb_logements", "Logements"),
    DEPARTEMENT,
    Colonne("nom_commune", "Commune"),
    Colonne("nom_bailleur", "Bailleur", genre="texte"),
    SOURCE,
)
SERVICES = (
    Colonne("nom", "Service", genre="texte"),
    DEPARTEMENT,
    entier("nb_comptes", "Comptes", "Comptes d'instructeurs."),
    entier("nb_comptes_connectes", "Connectés", "Comptes qui se sont connectés au moins une fois."),
    entier("nb_bailleurs_connectes", "Bailleurs connectés", "Bailleurs de ses programmes dont un compte s'est connecté."),
    entier("nb_dossiers", "Dossiers", "Conventions et avenants nés dans APiLos."),
    entier("nb_soumis", "Soumis"),
    entier("nb_instruits", "Instruits", "Renvoyés en correction ou validés une fois au moins."),
    entier("nb_valides", "Validés", "Mis à la signature une fois au moins."),
    Colonne("administration_id", "Identifiant"),
)
DEPARTEMENTS = (
    Colonne("nom_departement", "Département"),
    Colonne("code_departement", "Code"),
    Colonne("nom_region", "Région"),
    Colonne("premiere_validation", "Première validation"),
    Colonne("derniere_validation", "Dernière validation"),
    entier("nb_validations", "Validations"),
)
DOSSIERS = (
    Colonne("dossier_id", "Dossier", genre="serre"),
    FICHE,
    Colonne("est_avenant", "Avenant"),
    Colonne("statut_courant", "Statut", lambda code: nommer(code, STATUTS)),
    DEPARTEMENT,
    Colonne("nom_service", "Service", genre="texte"),
    Colonne("nom_bailleur", "Bailleur", genre="texte"),
    Colonne("premiere_soumission", "Première soumission"),
    entier("nb_retours", "Retours en correction"),
    entier("nb_reactivations", "Réactivations"),
    entier("age_correction_jours", "Jours en correction"),
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
LOTS = (
    Colonne("numero", "Numéro", genre="serre"),
    FICHE,
    Colonne("famille_financement", "Famille", lambda code: nommer(code, FAMILLES)),
    Colonne("financement", "Financement"),
    entier("nb_logements_restants", "Logements", "Encore conventionnés : sans les sortis, ni ceux d'un programme résilié."),
    entier("nb_logements", "Logements de la période"),
    entier("nb_logements_sortis", "Dont sortis"),
    entier("nb_lits", "Lits"),
    DEPARTEMENT,
    Colonne("nom_commune", "Commune"),
    Colonne("nom_bailleur", "Bailleur", genre="texte"),
    Colonne("nature_logement", "Nature", lambda code: nommer(code, NATURES_LOGEMENT)),
    Colonne("date_signature", "Signée le"),
    Colonne("date_expiration", "Expire le", aide="Le terme que la convention a aujourd'hui."),
    Colonne("lot_id", "Lot"),
    SOURCE,
)
PAR_GENRE = {
    "convention": CONVENTIONS,
    "parc": LOTS,
    "avenant": AVENANTS,
    "bailleur": BAILLEURS,
    "agrement": AGREMENTS,
    "operation": OPERATIONS,
    "lien": LIENS,
    "duree": DUREES,
    "service": SERVICES,
    "departement": DEPARTEMENTS,
    "dossier": DOSSIERS,
    "lot_incomplet": LOTS_INCOMPLETS,
    "parcelle_incomplete": PARCELLES_INCOMPLETES,
    "ligne_refusee": LIGNES_REFUSEES,
    "convention_recue": CONVENTIONS_RECUES,
    "enregistrement_apilos": ENREGISTREMENTS_APILOS,
}
"""Columns by the code of the kind of rows."""

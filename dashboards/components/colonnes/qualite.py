"""The columns of what was received, refused or left without a value."""

from dashboards.components.colonnes.partagees import DEPARTEMENT, FICHE, SOURCE
from dashboards.components.tableau import Colonne, entier
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import DESTINS, ETATS_QUARANTAINE, MOTIFS_APILOS, nommer
from data_contracts.rapport.cles import montrables

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

"""The columns of the services, départements and files of APiLos."""

from dashboards.components.colonnes.partagees import DEPARTEMENT, FICHE
from dashboards.components.tableau import Colonne, entier
from data_contracts.extraits.libelles import STATUTS, nommer

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

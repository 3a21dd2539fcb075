"""The columns of agreements, of what they hold and of their owners."""

from dashboards.components.colonnes.partagees import DEPARTEMENT, FICHE, SOURCE, familles
from dashboards.components.tableau import Colonne, entier
from data_contracts.extraits.libelles import FAMILLES, NATURES_BAILLEUR, NATURES_LOGEMENT, STATUTS, nommer

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

"""The columns of the lists of one agreement: their titles, their units, how their values are written."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dashboards.components.blocs import etiquette, etiquette_statut
from dashboards.components.tableau import Colonne, entier
from dashboards.fichiers import Html
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import (
    ALTERATIONS_APILOS,
    COMMENTAIRES,
    FAMILLES,
    MOTIFS_APILOS,
    NATURES_OPERATION,
    RAPPROCHEMENTS,
    SOURCES,
    SURFACES,
    nommer,
)


def _euros(montant: Any) -> str:  # noqa: ANN401 - a DECIMAL or nothing
    return formats.montant(montant)


def _surface(champ: str, titre: str) -> Colonne:
    return Colonne(champ, f"{titre} (m²)", formats.nombre, "nombre", est_rare=True)


def _reprise(est_reprise: bool) -> Html:  # noqa: FBT001 - the value of a cell
    return etiquette("Gardé", "succes") if est_reprise else etiquette("Perdu", "alerte")


PERIODES = (
    entier("rang", "Période"),
    Colonne("statut", "Statut", etiquette_statut),
    Colonne("date_debut", "Début"),
    Colonne("date_fin", "Fin"),
    Colonne("est_courante", "Courante"),
    Colonne("numero_avenant", "Par l'avenant"),
    Colonne("date_signature", "Signature"),
    Colonne("date_publication", "Publication"),
    Colonne("date_expiration", "Expiration"),
    entier("nb_lots", "Lots"),
    entier("nb_logements", "Logements"),
    Colonne("convention_type", "Type de convention", genre="texte", est_rare=True),
    Colonne("libelle", "Description", genre="long", est_rare=True),
)
AVENANTS = (
    Colonne("numero", "N°"),
    Colonne("types_libelles", "Types", genre="texte", est_rare=True),
    Colonne("description", "Objet", genre="long", est_rare=True),
    Colonne("date_depot", "Dépôt", est_rare=True),
    Colonne("date_signature", "Signature"),
    Colonne("date_publication", "Publication"),
    Colonne("reference_publication", "Référence de publication", genre="texte", est_rare=True),
    Colonne("date_expiration_nouvelle", "Nouvelle expiration", est_rare=True),
    Colonne("est_annule", "Annulé"),
    Colonne("nb_versions", "Périodes ouvertes", genre="nombre"),
)
LOTS = (
    Colonne("ordre", "Lot"),
    Colonne("libelle", "Programme", genre="texte"),
    Colonne("famille_financement", "Famille", lambda code: nommer(code, FAMILLES)),
    Colonne("financement_ecrit", "Financement", genre="texte"),
    entier("nb_logements", "Logements"),
    Colonne("loyer_ecrit", "Loyer plafond", genre="nombre"),
    Colonne("type_surface", "Surface du loyer", lambda code: nommer(code, SURFACES), "serre"),
    _surface("surface_utile_m2", "Surface utile"),
    _surface("surface_corrigee_m2", "Surface corrigée"),
    _surface("surface_habitable_m2", "Surface habitable"),
    replace(entier("nb_logements_individuels", "Individuels"), est_rare=True),
    replace(entier("nb_logements_collectifs", "Collectifs"), est_rare=True),
    entier("nb_stationnements", "Stationnements"),
    Colonne("individuel_ecrit", "Loyer individuel", genre="nombre", est_rare=True),
    Colonne("collectif_ecrit", "Loyer collectif", genre="nombre", est_rare=True),
)
LIEUX = (
    Colonne("ordre", "Lot"),
    Colonne("nom_commune", "Commune"),
    Colonne("code_commune", "Code"),
    Colonne("code_commune_source", "Code dans la source"),
    Colonne("adresse", "Adresses", genre="long"),
    Colonne("nom_bailleur", "Propriétaire", genre="texte"),
    Colonne("nom_gestionnaire", "Gestionnaire", genre="texte", est_rare=True),
    Colonne("numero_operation", "N° d'opération", est_rare=True),
    Colonne("nature_operation", "Nature de l'opération", lambda code: nommer(code, NATURES_OPERATION), "texte", est_rare=True),
    Colonne("date_mise_en_service", "Mise en service", est_rare=True),
    Colonne("reservation_prefecture_pct", "Réservation du préfet", lambda part: formats.mesure(part, "%"), "nombre", est_rare=True),
    Colonne("lot_id", "Identifiant"),
)
TYPOLOGIES = (
    Colonne("ordre", "Lot"),
    Colonne("typologie", "Typologie"),
    entier("nb_logements", "Logements"),
    _surface("surface_habitable_m2", "Surface habitable"),
    _surface("surface_utile_m2", "Surface utile"),
    Colonne("loyer_min_eur", "Loyer le plus bas", _euros, "nombre", est_rare=True),
    Colonne("loyer_max_eur", "Loyer le plus haut", _euros, "nombre", est_rare=True),
)
AGREMENTS = (
    Colonne("numero_operation", "N° d'opération", genre="serre"),
    Colonne("statut", "Rapprochement", lambda code: nommer(code, RAPPROCHEMENTS)),
    Colonne("explication", "Pourquoi", genre="texte"),
    Colonne("nom_operation", "Opération", genre="texte"),
    Colonne("famille_financement", "Famille", lambda code: nommer(code, FAMILLES)),
    Colonne("aide", "Aide", est_rare=True),
    entier("nb_logements", "Logements"),
    Colonne("annee", "Année", formats.brut, "nombre"),
    Colonne("nom_commune", "Commune"),
    Colonne("confiance", "Confiance", lambda part: formats.part(part, 1), "nombre"),
    Colonne("source", "Source", lambda code: nommer(code, SOURCES)),
    Colonne("agrement_id", "Identifiant"),
)
PARCELLES = (
    Colonne("section", "Section"),
    Colonne("numero", "Numéro"),
    Colonne("prefixe", "Préfixe", est_rare=True),
    Colonne("numero_source", "Numéro dans la source"),
    Colonne("code_commune", "Commune"),
    _surface("superficie_m2", "Superficie"),
    _surface("superficie_champ_m2", "Superficie du champ saisi"),
    Colonne("lot_id", "Identifiant du lot"),
)
ANNEXES = (
    Colonne("type", "Annexe"),
    entier("nb_annexes", "Nombre"),
    Colonne("est_stationnement", "Stationnement"),
    Colonne("loyer_unitaire_eur", "Prix unitaire", _euros, "nombre", est_rare=True),
    Colonne("loyer_initial_eur", "Loyer initial", _euros, "nombre"),
    Colonne("loyer_actualise_eur", "Loyer actualisé", _euros, "nombre", est_rare=True),
    Colonne("lot_id", "Identifiant du lot"),
)
PRETS = (
    Colonne("type", "Nature", lambda code: "Financement principal" if code == "FINANCEMENT_PRINCIPAL" else formats.texte(code)),
    Colonne("date", "Date"),
    Colonne("montant_eur", "Montant", _euros, "nombre"),
    Colonne("duree_ans", "Durée", lambda ans: formats.mesure(ans, "ans"), "nombre"),
    Colonne("reference", "Référence"),
    Colonne("description", "Description", genre="long"),
)
PIECES_JOINTES = (
    Colonne("type_libelle", "Type", genre="texte"),
    Colonne("date", "Date"),
    Colonne("fichier", "Fichier", genre="texte"),
    Colonne("description", "Description", genre="long"),
)
EVENEMENTS = (
    Colonne("date", "Date"),
    Colonne("type_libelle", "Évènement", genre="texte"),
    Colonne("description", "Description", genre="long"),
)
REMARQUES = (
    Colonne("type", "Nature", lambda code: nommer(code, COMMENTAIRES)),
    Colonne("date", "Date"),
    Colonne("texte", "Texte", genre="long"),
)
APILOS = (
    Colonne("cle_apilos", "Enregistrement"),
    Colonne("financement", "Financement"),
    Colonne("numero_avenant", "Avenant n°"),
    Colonne("est_reprise", "Import officiel", _reprise),
    Colonne("motif_exclusion", "Pourquoi perdu", lambda code: nommer(code, MOTIFS_APILOS)),
    Colonne("alteration", "Ce qui est altéré", lambda code: nommer(code, ALTERATIONS_APILOS), est_rare=True),
)

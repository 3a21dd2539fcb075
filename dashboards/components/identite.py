"""The identity of an agreement: its fields in groups, each defined by the contract of the mart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboards.components.blocs import etiquette, etiquette_statut, etiquettes, paires
from dashboards.components.tableau import Colonne, tableau
from dashboards.fichiers import Html
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import FAMILLES, NATURES_BAILLEUR, NATURES_LOGEMENT, SOURCES, SOUS_NATURES_BAILLEUR, nommer
from data_contracts.loader import products

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboards.donnees import Ligne


@dataclass(frozen=True)
class Champ:
    """One field shown. `est_rare` hides it while it is empty."""

    nom: str
    libelle: str
    ecrire: Callable[[Any], str] = formats.valeur
    est_rare: bool = False


def _surface(valeur: Any) -> str:  # noqa: ANN401 - a DECIMAL or nothing
    return formats.mesure(valeur, "m²")


def _ans(valeur: Any) -> str:  # noqa: ANN401 - an INTEGER, a DECIMAL or nothing
    return formats.mesure(valeur, "ans", 1)


GROUPES: dict[str, tuple[Champ, ...]] = {
    "Convention": (
        Champ("numero", "Numéro"),
        Champ("convention_id", "Identifiant"),
        Champ("numero_normalise_source", "Numéro normalisé par la source", est_rare=True),
        Champ("libelle", "Libellé"),
        Champ("convention_type", "Type de convention"),
        Champ("nature_logement", "Nature des logements", lambda code: nommer(code, NATURES_LOGEMENT)),
        Champ("financements", "Financements"),
        Champ("familles_financement", "Familles", lambda codes: formats.liste(nommer(code, FAMILLES) for code in codes or ())),
        Champ("source", "Source", lambda code: nommer(code, SOURCES)),
        Champ("nom_administration", "Service créateur"),
    ),
    "Lieu et bailleur": (
        Champ("nom_commune", "Commune principale"),
        Champ("code_commune", "Code de la commune"),
        Champ("nb_communes", "Communes"),
        Champ("departement", "Département"),
        Champ("nom_region", "Région"),
        Champ("nom_bailleur", "Bailleur principal"),
        Champ("siren_bailleur", "SIREN"),
        Champ("nature_bailleur", "Nature du bailleur", lambda code: nommer(code, NATURES_BAILLEUR)),
        Champ("sous_nature_bailleur", "Sous-nature", lambda code: nommer(code, SOUS_NATURES_BAILLEUR), est_rare=True),
        Champ("nb_bailleurs", "Bailleurs"),
    ),
    "Dates": (
        Champ("date_depot", "Dépôt"),
        Champ("date_signature", "Signature"),
        Champ("date_signature_bailleur", "Signature du bailleur", est_rare=True),
        Champ("date_signature_prefet", "Signature du préfet", est_rare=True),
        Champ("date_signature_delegataire", "Signature du délégataire", est_rare=True),
        Champ("date_envoi_prefet", "Envoi au préfet", est_rare=True),
        Champ("date_envoi_publication", "Envoi à la publicité foncière", est_rare=True),
        Champ("date_refus_publication", "Refus de publication", est_rare=True),
        Champ("motif_refus_publication", "Motif du refus", est_rare=True),
        Champ("date_publication", "Publication"),
        Champ("reference_publication", "Référence de publication"),
        Champ("date_envoi_caf", "Envoi à la CAF", est_rare=True),
        Champ("date_effet", "Prise d'effet"),
        Champ("date_expiration_initiale", "Expiration initiale"),
        Champ("date_expiration", "Expiration"),
        Champ("date_echeance_tacite", "Prochaine échéance tacite"),
        Champ("date_dernier_renouvellement", "Dernier renouvellement", est_rare=True),
        Champ("date_demande_denonciation", "Demande de dénonciation", est_rare=True),
        Champ("date_resiliation", "Résiliation", est_rare=True),
        Champ("date_annulation", "Annulation", est_rare=True),
        Champ("duree_ans", "Durée saisie", _ans),
        Champ("duree_calculee_ans", "Durée calculée", _ans),
    ),
    "Parc et suivi": (
        Champ("nb_lots", "Lots"),
        Champ("nb_logements", "Logements"),
        Champ("nb_lits", "Lits", est_rare=True),
        Champ("nb_chambres", "Chambres", est_rare=True),
        Champ("nb_stationnements", "Stationnements"),
        Champ("surface_utile_m2", "Surface utile", _surface),
        Champ("surface_corrigee_m2", "Surface corrigée", _surface, est_rare=True),
        Champ("surface_habitable_m2", "Surface habitable", _surface, est_rare=True),
        Champ("nb_versions", "Périodes"),
        Champ("nb_avenants", "Avenants"),
        Champ("nb_pieces_jointes", "Pièces jointes"),
        Champ("est_reprise", "Reprise d'un ancien système"),
        Champ("date_saisie", "Saisie dans la source"),
        Champ("date_modification", "Dernière modification"),
        Champ("score_qualite", "Score de qualité", lambda score: formats.mesure(score, "%")),
    ),
}


def identite(convention: Ligne) -> None:
    """Show an agreement's labels, its fields in groups, and what each field means."""
    etiquettes(_etiquettes(convention))
    ligne = {**convention, "departement": _departement(convention)}
    paires({titre: _paires(champs, ligne) for titre, champs in GROUPES.items()})
    with st.expander("Ce que veut dire chaque champ"):
        tableau(
            definitions(),
            [Colonne("libelle", "Champ"), Colonne("definition", "Définition", genre="long"), Colonne("colonne", "Colonne")],
            "Définition des champs de la convention",
        )


def definitions() -> list[Ligne]:
    """Return the definition of every field that the contract of the mart describes: libelle, definition, colonne."""
    descriptions = {colonne.nom: colonne.description for colonne in products()["fct_convention"].colonnes}
    return [
        {"libelle": champ.libelle, "definition": descriptions[champ.nom], "colonne": f"fct_convention.{champ.nom}"}
        for champs in GROUPES.values()
        for champ in champs
        if champ.nom in descriptions
    ]


def _etiquettes(convention: Ligne) -> list[Html]:
    labels = [etiquette_statut(convention["statut"])]
    labels.append(etiquette("En vigueur", "succes") if convention["est_en_vigueur"] else etiquette("Hors vigueur"))
    labels += [
        etiquette(texte, "information")
        for champ, texte in (("est_mixte", "Mixte"), ("est_anah", "ANAH"), ("est_foyer", "Foyer"), ("est_outre_mer", "Outre-mer"))
        if convention[champ]
    ]
    return labels


def _departement(convention: Ligne) -> str | None:
    code, nom = convention["code_departement"], convention["nom_departement"]
    return f"{nom} ({code})" if nom else code


def _paires(champs: tuple[Champ, ...], ligne: Ligne) -> list[tuple[str, str]]:
    return [
        (champ.libelle, ecrit)
        for champ in champs
        if (ecrit := champ.ecrire(ligne[champ.nom])) != formats.VIDE or not champ.est_rare
    ]

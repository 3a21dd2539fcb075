"""Findings in a file: the columns that describe them, and a finding as the row of these columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data_contracts.decision import STATUTS, Statut, Titre
from data_contracts.extraits import formats, preuve
from data_contracts.extraits.classeur import ColonneFichier
from data_contracts.extraits.lecture import depuis_json
from data_contracts.extraits.libelles import ETATS_CONSTAT, OBJETS, SEVERITES, nommer

if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any

    from data_contracts.extraits.lecture import Ligne

PAR_GRAVITE = "list_position(['non_reglementaire', 'anomalie', 'a_verifier', 'information'], retenu.severite)"
"""The rank of a finding by its severity, the most serious first."""

AVEC_CONVENTION = """
select
    anomalie.*,
    convention.numero,
    convention.numero_norm,
    convention.code_commune,
    convention.nom_commune,
    convention.date_signature,
    convention.nb_logements
from {constats} as anomalie
left join fct_convention as convention on anomalie.convention_id = convention.convention_id
"""
"""Rows of fct_anomalie, as `constats` names them, and of their agreement: what a query's `retenu` starts with."""

LIBELLES = """
select
    retenu.*,
    regle.titre,
    regle.famille,
    regle.action,
    bailleur.nom as nom_bailleur,
    bailleur.siren as siren_bailleur,
    departement.nom_departement
from retenu
left join dim_regle as regle on retenu.regle_id = regle.regle_id
left join dim_bailleur as bailleur on retenu.bailleur_id = bailleur.bailleur_id
left join dim_departement as departement on retenu.code_departement = departement.code_departement
"""
"""The findings of a query's `retenu` (see `AVEC_CONVENTION`), with the words behind their keys."""

COLONNES = (
    ColonneFichier("severite", "Sévérité", 15, "Non réglementaire, anomalie, à vérifier ; une information n'est pas un cas."),
    ColonneFichier("regle_id", "Règle", 10, "Identifiant de la règle qui s'est déclenchée."),
    ColonneFichier("titre", "Titre de la règle", 30, "Ce que la règle cherche."),
    ColonneFichier("numero", "N° de convention", 24, "Numéro de la convention, tel que la source l'écrit."),
    ColonneFichier("convention_id", "Identifiant de la convention", 20, "Le même d'une publication à l'autre.", est_imprimee=False),
    ColonneFichier("code_departement", "Code du département", 13, "Département du constat (code officiel, texte)."),
    ColonneFichier("nom_departement", "Département", 20, "Son nom."),
    ColonneFichier("code_commune", "Code de la commune", 12, "Commune principale de la convention (code officiel, texte)."),
    ColonneFichier("nom_commune", "Commune", 20, "Son nom."),
    ColonneFichier("nom_bailleur", "Bailleur", 26, "Propriétaire de l'objet du constat."),
    ColonneFichier("siren_bailleur", "SIREN du bailleur", 12, "Vide pour une personne physique."),
    ColonneFichier("date_signature", "Date de signature", 12, "Signature de la période courante de la convention."),
    ColonneFichier(
        "nb_logements", "Logements", 11, "Logements de la période courante de la convention ; vide s'ils sont inconnus."
    ),
    ColonneFichier("message", "Constat", 46, "Ce que la règle a constaté."),
    ColonneFichier("preuve_ecrite", "Preuve", 46, "Les valeurs lues et les paramètres du droit auxquels elles sont comparées."),
    ColonneFichier("action", "Ce qu'il faut faire", 36, "L'action que la règle propose."),
    ColonneFichier("sources", "Sources juridiques", 36, "Les textes et documents qui fondent ce constat."),
    ColonneFichier("premiere_vue", "Vu depuis le", 12, "Première date de référence où le constat est apparu."),
    ColonneFichier("derniere_vue", "Vu jusqu'au", 12, "Dernière date de référence où le constat est apparu."),
    ColonneFichier("etat", "État", 10, "Ouvert, ou résolu s'il n'apparaît plus."),
    ColonneFichier(
        "decision",
        Titre.STATUT.value,
        14,
        f"À choisir dans la liste : {', '.join(STATUTS.values())}.",
        choix=tuple(STATUTS.values()),
        est_a_remplir=True,
    ),
    ColonneFichier("decision_motif", Titre.MOTIF.value, 34, "Pourquoi ; demandé sauf pour « à traiter ».", est_a_remplir=True),
    ColonneFichier("decision_auteur", Titre.AUTEUR.value, 18, "Qui décide.", est_a_remplir=True),
    ColonneFichier("decision_date", Titre.DATE.value, 16, "Quand (JJ/MM/AAAA).", est_a_remplir=True),
    ColonneFichier(
        "decision_a_revoir", "Décision à revoir", 24, "Décision dont la preuve a changé, ou correction que la source ne montre pas."
    ),
    ColonneFichier(
        "objet",
        "Objet",
        16,
        "Nature de l'objet : convention, lot, période, avenant, commune ou région de la source.",
        est_imprimee=False,
    ),
    ColonneFichier("objet_id", "Identifiant de l'objet", 20, "Source et clé de la ligne d'origine.", est_imprimee=False),
    ColonneFichier("table_source", "Table de la source", 28, "Table où est la ligne d'origine.", est_imprimee=False),
    ColonneFichier(
        "anomalie_id",
        Titre.CONSTAT.value,
        26,
        "Le même d'une publication à l'autre. Ne pas le changer.",
        est_imprimee=False,
    ),
    ColonneFichier(
        "empreinte_preuve",
        Titre.EMPREINTE.value,
        20,
        "La preuve que juge la décision. Ne pas la changer.",
        est_imprimee=False,
    ),
)
_PAR_CHAMP = {colonne.champ: colonne for colonne in COLONNES}


def colonnes(*champs: str) -> tuple[ColonneFichier, ...]:
    """Return some of the columns, in the order asked for."""
    return tuple(_PAR_CHAMP[champ] for champ in champs)


def a_traiter(colonnes_connues: Collection[str]) -> str:
    """Return the SQL that tells whether a finding is still to treat; a run older than the decisions has only its state."""
    return "est_a_traiter" if "est_a_traiter" in colonnes_connues else "etat = 'ouverte'"


def en_ligne(constat: Ligne, parametres: Any) -> Ligne:  # noqa: ANN401 - what the JSON of the rule holds
    """Return the row of a finding: `constat` as `LIBELLES` gives it, `parametres` of its rule."""
    lu = {**constat, "preuve": depuis_json(constat["preuve"]), "parametres": parametres}
    return {
        **constat,
        "severite": nommer(constat["severite"], SEVERITES),
        "etat": nommer(constat["etat"], ETATS_CONSTAT),
        "objet": nommer(constat["objet_type"], OBJETS),
        "sources": " ; ".join(constat["references_juridiques"] or []),
        "preuve_ecrite": preuve.en_une_ligne(lu),
        **_decision(constat),
    }


def _decision(constat: Ligne) -> Ligne:
    """Return what is decided of a finding; apart when it no longer holds, so that a row given back untouched confirms nothing."""
    decidee = STATUTS[Statut(constat["decision"])] if constat["decision"] else None
    if not constat.get("est_decision_a_revoir"):
        return {"decision": decidee}
    motif = f" : {constat['decision_motif']}" if constat["decision_motif"] else ""
    dite = f"{decidee}, le {formats.instant(constat['decision_date'])} par {formats.texte(constat['decision_auteur'])}{motif}"
    return {**dict.fromkeys(("decision", "decision_motif", "decision_auteur", "decision_date")), "decision_a_revoir": dite}

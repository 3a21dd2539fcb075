"""Rules in a file: what each rule found in it says, the law it reads, the traps it knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data_contracts.extraits import preuve
from data_contracts.extraits.classeur import ColonneFichier
from data_contracts.extraits.lecture import depuis_json
from data_contracts.extraits.libelles import SEVERITES, nommer

if TYPE_CHECKING:
    from data_contracts.extraits.lecture import Ligne

RETENUES = """
select
    regle.regle_id,
    regle.version,
    regle.titre,
    regle.severites,
    regle.en_clair,
    regle.action,
    regle.faux_positifs,
    regle.parametres,
    regle.references_juridiques,
    count(*) as constats
from retenu
inner join dim_regle as regle on retenu.regle_id = regle.regle_id
group by all
order by regle.regle_id
"""
"""The rules of a query's `retenu` (rows of fct_anomalie), with their findings counted."""

COLONNES = (
    ColonneFichier("regle_id", "Règle", 10, "Identifiant de la règle."),
    ColonneFichier("version", "Version", 9, "Augmente quand la règle change."),
    ColonneFichier("titre", "Titre de la règle", 28, "Ce que la règle cherche."),
    ColonneFichier("severites", "Sévérités possibles", 18, "La plus grave d'abord."),
    ColonneFichier("constats", "Constats", 11, "Constats de la règle dans ce classeur."),
    ColonneFichier("en_clair", "Condition, en clair", 52, "Quand la règle se déclenche."),
    ColonneFichier("droit", "Paramètres du droit", 46, "Les seuils et dates que la règle lit, depuis quand et d'où ils viennent."),
    ColonneFichier("sources", "Sources juridiques", 40, "Les textes et documents qui la fondent."),
    ColonneFichier("faux_positifs", "Pièges connus", 46, "Quand le constat peut être faux."),
    ColonneFichier("action", "Ce qu'il faut faire", 40, "L'action que la règle propose."),
)


def en_ligne(regle: Ligne) -> Ligne:
    """Return the row of a rule, as `RETENUES` gives it."""
    datees = preuve.valeurs_datees(depuis_json(regle["parametres"]) or [])
    return {
        **regle,
        "severites": "\n".join(nommer(code, SEVERITES) for code in regle["severites"]),
        "droit": "\n".join(map(_seuil, datees)),
        "sources": "\n".join(regle["references_juridiques"]),
    }


def _seuil(datee: Ligne) -> str:
    suite = "".join(f" {texte.rstrip('.')}." for texte in (datee["source"], datee["note"]) if texte)
    depuis = "" if datee["depuis"] == "toujours" else f", depuis le {datee['depuis']}"
    return f"{datee['libelle']} : {datee['valeur']}{depuis}.{suite}"

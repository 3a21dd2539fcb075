"""What the page « Règles » reads: the catalogue that one run was built with, and how many findings each rule has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.donnees import Ligne, lire
from dashboards.normes import mots, norme
from data_contracts.extraits.lecture import depuis_json

if TYPE_CHECKING:
    from data_contracts.publication import PublishedRun

_COMPTES = """
with compte as (
    select
        regle_id,
        count(*) filter (where etat = 'ouverte' and severite <> 'information') as cas_ouverts,
        count(*) filter (where etat = 'ouverte' and severite = 'information') as informations,
        count(*) filter (where etat = 'resolue') as resolus
    from fct_anomalie
    group by regle_id
)

select
    {colonnes},
    coalesce(compte.cas_ouverts, 0) as cas_ouverts,
    coalesce(compte.informations, 0) as informations,
    coalesce(compte.resolus, 0) as resolus
from dim_regle as regle
left join compte on regle.regle_id = compte.regle_id
"""
_CATALOGUE = _COMPTES.format(colonnes="regle.* exclude (exemples, severites_par_cas)") + "order by regle.regle_id"
_REGLE = _COMPTES.format(colonnes="regle.*") + "where regle.regle_id = $1"
_COUVERTE_PAR = "select regle_id, titre from dim_regle where list_contains(couvre, $1) order by regle_id"
_TITRES = "select regle_id, titre from dim_regle order by regle_id"
_JSONS = ("parametres", "exemples", "severites_par_cas")
_CHERCHES = ("regle_id", "titre", "en_clair", "action", "faux_positifs")
"""Columns that hold the words of a rule."""


def catalogue(run: PublishedRun) -> list[Ligne]:
    """Return every rule with its parameters and its counts of findings: cas_ouverts, informations, resolus. Not its examples."""
    return [{**ligne, "parametres": depuis_json(ligne["parametres"]) or []} for ligne in lire(run, _CATALOGUE)]


def regle(run: PublishedRun, regle_id: str) -> Ligne | None:
    """Return a rule, its parameters, its examples and its severities by case; None when the run knows none of this identifier."""
    trouvees = lire(run, _REGLE, (regle_id,))
    if not trouvees:
        return None
    return {**trouvees[0], **{champ: depuis_json(trouvees[0][champ]) or [] for champ in _JSONS}}


def titres(run: PublishedRun) -> dict[str, str]:
    """Return the titles of the rules by identifier."""
    return {ligne["regle_id"]: ligne["titre"] for ligne in lire(run, _TITRES)}


def couverte_par(run: PublishedRun, regle_id: str) -> list[str]:
    """Return the rules whose findings silence those of this one."""
    return [ligne["regle_id"] for ligne in lire(run, _COUVERTE_PAR, (regle_id,))]


def repond(ligne: Ligne, recherche: str) -> bool:
    """Tell whether a rule or a parameter that it reads holds every word searched, whatever accents, case and punctuation."""
    paroles = [ligne[champ] or "" for champ in _CHERCHES] + list(ligne["references_juridiques"])
    paroles += [parametre.get(champ) or "" for parametre in ligne["parametres"] for champ in ("nom", "libelle", "source", "note")]
    tenus = " ".join(" ".join(mots(parole)) for parole in paroles)
    return all(mot in tenus for mot in mots(recherche)) or (norme(recherche) in norme(ligne["regle_id"]) and norme(recherche) != "")

"""What the page « Ce qui a changé » reads: which two runs, then their changes, counted, spread and listed by DuckDB."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboards import comparaison
from dashboards.comparaison import Paire
from dashboards.donnees import Ligne, cle, manifeste
from dashboards.filtres.changements import Filtres, Referentiel
from dashboards.requetes import communs as requetes_communs
from dashboards.requetes.communs import Portee, restriction
from data_contracts.changement_sql import NATURE_RANK
from data_contracts.changements.reference import baseline_of, is_comparable
from data_contracts.layout import MANIFEST_FILE
from data_contracts.publication import PublishedRun, published_runs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAR_PAGE = 50
"""Changes shown on one page of the list."""
PORTEE = Portee(
    territoire="changement.code_departement",
    date="convention.date_signature",
    familles="convention.familles_financement",
    bailleur="convention.bailleur_id",
    source="coalesce(split_part(changement.objet_id, ':', 1), convention.source, split_part(changement.convention_id, ':', 1))",
)
"""An agreement that is gone has neither day, nor financing, nor owner in the later run: filters on these leave it out."""

_RETENUS = """
with retenu as (
    select changement.*
    from fct_changement as changement
    {jointure}
    where
        ($toutes_natures or list_contains($natures::varchar[], changement.nature))
        and ($toutes_causes or list_contains($causes::varchar[], changement.cause))
        and ($tous_champs or list_contains($champs::varchar[], changement.champ))
        and {communs}
)
"""

_JOINTURE = "left join fct_convention as convention on changement.convention_id = convention.convention_id"
"""Made only where a filter reads the agreement."""

_PAR_NATURE = f"""
{_RETENUS}

select
    nature,
    count(*) as changements,
    count(distinct convention_id) as conventions,
    count(*) filter (where severite is distinct from 'information' and anomalie_id is not null) as cas
from retenu
group by nature
"""

_CAUSES = f"""
{_RETENUS}

select nature, cause, cause_detail, count(*) as changements
from retenu
group by nature, cause, cause_detail
order by changements desc, cause, cause_detail, nature
"""

_PAR_DEPARTEMENT = f"""
{_RETENUS}

select
    retenu.code_departement as code,
    any_value(departement.nom_departement) as nom,
    any_value(departement.nom_region) as region,
    count(*) as changements,
    count(distinct retenu.convention_id) as conventions,
    count(*) filter (where retenu.anomalie_id is null) as de_convention,
    count(*) filter (where retenu.anomalie_id is not null) as de_constat
from retenu
left join dim_departement as departement on retenu.code_departement = departement.code_departement
group by retenu.code_departement
order by changements desc, code nulls last
"""

_PAR_CHAMP = f"""
{_RETENUS}

select
    champ as code,
    any_value(libelle_champ order by libelle_champ) as libelle,
    count(*) as changements,
    count(*) filter (where avant is null) as remplis,
    count(*) filter (where apres is null) as vides
from retenu
where champ is not null
group by champ
order by changements desc, champ
"""

_PAR_REGLE = f"""
{_RETENUS}

select
    retenu.regle_id,
    any_value(regle.titre) as titre,
    count(*) as changements,
    count(*) filter (where retenu.nature = 'constat_nouveau') as nouveaux,
    count(*) filter (where retenu.nature = 'constat_resolu') as resolus,
    count(*) filter (where retenu.nature = 'constat_modifie') as modifies,
    count(*) filter (where retenu.nature = 'constat_non_juge') as non_juges
from retenu
left join dim_regle as regle on retenu.regle_id = regle.regle_id
where retenu.regle_id is not null
group by retenu.regle_id
order by changements desc, retenu.regle_id
"""

_LISTE = f"""
{_RETENUS}

select *
from retenu
order by {NATURE_RANK}, convention_id nulls last, champ, regle_id, changement_id
"""


def referentiel(run: PublishedRun) -> Referentiel:
    """Return what filters may name in a run, and the runs that may be compared."""
    comparables = [une.run_id for une in reversed(published_runs(run.home)) if is_comparable(manifeste(une))]
    return Referentiel(publications=tuple(comparables), **vars(requetes_communs.connus(run)))


def paire(run: PublishedRun, filtres: Filtres) -> Paire | None:
    """Return the two runs that the filters ask for, the older first; None when the later has none to be compared with."""
    apres = run.voisine(run.home.published / filtres.apres) if filtres.apres else run
    avant = run.voisine(run.home.published / filtres.avant) if filtres.avant else _reference(apres)
    if avant is None:
        return None
    premiere, derniere = sorted((avant, apres), key=lambda une: une.run_id)
    reference = _reference(derniere)
    return Paire(premiere, derniere, est_publiee=reference is not None and reference.run_id == premiere.run_id)


def par_nature(ici: Paire, filtres: Filtres) -> dict[str, Ligne]:
    """Return the changes by nature: changements, conventions, cas (those of a finding that is no information)."""
    sans_nature = replace(filtres, natures=())
    return {ligne["nature"]: ligne for ligne in _lire(ici, sans_nature, _PAR_NATURE)}


def causes(ici: Paire, filtres: Filtres) -> list[Ligne]:
    """Return how many changes of each nature have each cause: nature, cause, cause_detail (a sentence), changements."""
    return _lire(ici, filtres, _CAUSES)


def par_departement(ici: Paire, filtres: Filtres) -> list[Ligne]:
    """Return the changes by département: code, nom, region, changements, conventions, de_convention, de_constat."""
    return _lire(ici, filtres, _PAR_DEPARTEMENT)


def par_champ(ici: Paire, filtres: Filtres) -> list[Ligne]:
    """Return the fields of agreements that changed: code, libelle, changements, remplis (empty before), vides (empty after)."""
    return _lire(ici, filtres, _PAR_CHAMP)


def par_regle(ici: Paire, filtres: Filtres) -> list[Ligne]:
    """Return the rules whose findings changed: regle_id, titre, changements, nouveaux, resolus, modifies, non_juges."""
    return _lire(ici, filtres, _PAR_REGLE)


def liste(ici: Paire, filtres: Filtres, page: int) -> list[Ligne]:
    """Return one page of the changes, agreements first, as the mart has them."""
    return _lire(ici, filtres, f"{_LISTE} limit $nombre offset $debut", nombre=PAR_PAGE, debut=(page - 1) * PAR_PAGE)


def tous(ici: Paire, filtres: Filtres) -> Iterator[Ligne]:
    """Give every change, one by one, in the order of the list."""
    return comparaison.parcourir(ici, *_demande(ici, filtres, _LISTE))


def _reference(run: PublishedRun) -> PublishedRun | None:
    """Return the run that one was compared with when it was published; None when there is none, or none any more."""
    dossier = _dossier_de_reference(run)
    return run.voisine(dossier) if dossier and (dossier / MANIFEST_FILE).is_file() else None


@st.cache_data(show_spinner=False, max_entries=20, hash_funcs={PublishedRun: cle})
def _dossier_de_reference(run: PublishedRun) -> Path | None:
    trouvee = baseline_of(run)
    return trouvee.path if trouvee else None


def _lire(ici: Paire, filtres: Filtres, requete: str, **valeurs: int) -> list[Ligne]:
    return comparaison.lire(ici, *_demande(ici, filtres, requete, **valeurs))


def _demande(ici: Paire, filtres: Filtres, requete: str, **valeurs: int) -> tuple[str, dict[str, Any]]:
    """Return a query on `retenu` and the values of its parameters."""
    gardes = restriction(ici.apres, filtres.communs, PORTEE)
    parametres = {
        "toutes_natures": not filtres.natures,
        "natures": list(filtres.natures),
        "toutes_causes": not filtres.causes,
        "causes": list(filtres.causes),
        "tous_champs": not filtres.champs,
        "champs": list(filtres.champs),
    }
    jointure = _JOINTURE if "convention." in gardes.condition else ""
    ecrite = requete.replace("{jointure}", jointure).replace("{communs}", gardes.condition)
    return ecrite, parametres | gardes.parametres | valeurs

"""Two published runs side by side: what changed between them, read like the marts of a run.

A run was published with what changed since the run before it: that is only read. Any other two are compared when they are asked
for, once for every session, in a database of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb
import streamlit as st

from dashboards import donnees
from data_contracts.acces.perimetre import show
from data_contracts.changements import comparaison
from data_contracts.clauses import literal
from data_contracts.extraits import lecture
from data_contracts.publication import PublishedRun

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboards.donnees import Ligne
    from data_contracts.extraits.lecture import Parametres

_GARDEES = 4
"""Comparisons kept in memory, each for one perimeter of readers."""
_LUS = {
    "fct_convention": "convention_id, code_departement, source, date_signature, familles_financement, bailleur_id",
    "dim_bailleur": "bailleur_id, nom, sigle, siren, siret",
    "dim_departement": "code_departement, nom_departement, nom_region",
    "dim_regle": "regle_id, titre",
}
"""What else of the later run tells the changes, and who may see them: columns by mart."""


@dataclass(frozen=True)
class Paire:
    """Two runs, the older first."""

    avant: PublishedRun
    apres: PublishedRun
    est_publiee: bool
    """The later was published with what changed since the older: `fct_changement` holds it."""


def lire(paire: Paire, requete: str, parametres: Parametres = ()) -> list[Ligne]:
    """Return the rows of a query on `fct_changement` and the marts of `_LUS`, as `donnees.lire` does."""
    if paire.est_publiee:
        return donnees.lire(paire.apres, requete, parametres)
    return _lire(paire, requete, parametres)


def parcourir(paire: Paire, requete: str, parametres: Parametres = ()) -> Iterator[Ligne]:
    """Give the rows of a query one by one, for a file that holds them all."""
    if paire.est_publiee:
        yield from donnees.parcourir(paire.apres, requete, parametres)
    else:
        connection = _base(paire)  # held until the rows are read
        yield from lecture.parcourir(connection, requete, parametres)


def preparer(paire: Paire) -> None:
    """Compare the two runs, when nobody has yet: some seconds at national size."""
    if not paire.est_publiee:
        _base(paire)


def _cle(paire: Paire) -> str:
    return f"{paire.avant.path} {paire.apres.cle}"


@st.cache_data(show_spinner=False, max_entries=200, hash_funcs={Paire: _cle})
def _lire(paire: Paire, requete: str, parametres: Parametres) -> list[Ligne]:
    return list(parcourir(paire, requete, parametres))


@st.cache_resource(show_spinner=False, max_entries=_GARDEES, hash_funcs={Paire: _cle})
def _base(paire: Paire) -> duckdb.DuckDBPyConnection:
    """Return a database of what changed: nothing in it depends on the files any more, which may be removed."""
    connection = duckdb.connect()
    connection.execute("set enable_progress_bar = false")
    comparaison.changes(connection, paire.avant, paire.apres)
    connection.execute("create schema publies; create view publies.fct_changement as select * from main.changement")
    for mart, colonnes in _LUS.items():
        fichier = literal(str(paire.apres.mart_path(mart)))
        connection.execute(f"create table publies.{mart} as select {colonnes} from read_parquet({fichier})")
    show(connection, paire.apres.perimetre, "memory.publies", "memory.marts")
    return connection

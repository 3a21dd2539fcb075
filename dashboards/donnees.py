"""Access to a published run from the pages: which run a session reads, and cached queries on it.

A session reads one run from its first page to its last, whatever is published meanwhile, until it asks to move. What is cached
carries in its key the run's folder and what its reader may see: neither two runs nor two readers ever mix. Nothing here knows what
a page shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from data_contracts.extraits import lecture
from data_contracts.layout import MANIFEST_FILE, Home
from data_contracts.publication import PublishedRun, current_run, published_runs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    import duckdb

    from data_contracts.acces.perimetre import Perimetre
    from data_contracts.extraits.lecture import Parametres

Ligne = lecture.Ligne
"""One row of a result, column → Python value."""

PUBLICATION = "publication"
"""The parameter of the address by which a tab opened from another reads the same run, even if a newer one was published."""
_LUE = "publication_lue"
_OPEN_RUNS = 2
"""The current run and the one before it, still read by sessions that have not moved."""
_OPEN_VIEWS = 20
"""The same for readers who see a part of them, each perimeter through views of its own."""


@dataclass(frozen=True)
class Lecture:
    """The run that this session reads, and what its reader should know of the others."""

    run: PublishedRun
    plus_recente: PublishedRun | None = None
    """The current run, when it is not the one being read."""
    retiree: str | None = None
    """The run this session was reading until it was removed from the disk."""


def ouvrir(home: Home, perimetre: Perimetre) -> Lecture:
    """Return the run of this session: the one it already reads, else the one that the address names, else the current one.

    Called once at the head of a page, which then reads `lue` to its end, as a reader of this perimeter sees it.
    Raises BadInputError when nothing is published.
    """
    current = _partagee(current_run(home).vue_par(perimetre))
    lecture = _lecture(st.session_state.get(_LUE) or _nommee(current), current)
    suivre(lecture.run)
    return lecture


def lue() -> PublishedRun:
    """Return the run that this page reads, whatever is published or removed since its head."""
    run: PublishedRun = st.session_state[_LUE]
    return run


def suivre(run: PublishedRun) -> None:
    """Make this session read `run` from now on."""
    st.session_state[_LUE] = run


def _lecture(voulue: PublishedRun | None, current: PublishedRun) -> Lecture:
    if voulue is None or voulue.home != current.home:
        return Lecture(current)
    voulue = _partagee(voulue.vue_par(current.perimetre))
    if not (voulue.path / MANIFEST_FILE).is_file():
        return Lecture(current, retiree=voulue.run_id)
    return Lecture(voulue, plus_recente=None if voulue == current else current)


def _nommee(current: PublishedRun) -> PublishedRun | None:
    """Return the run that the address of the first page names, when it is still there."""
    nommee = st.query_params.get(PUBLICATION, "")
    return next((run for run in published_runs(current.home) if run.run_id == nommee), None)


def cle(run: PublishedRun) -> str:
    """Return what anything cached of a run is kept under: the run, and what its reader may see of it."""
    return run.cle


@st.cache_resource(show_spinner=False, max_entries=_OPEN_VIEWS, hash_funcs={PublishedRun: cle})
def _partagee(run: PublishedRun) -> PublishedRun:
    """Return the object that stands for a run in every session of a perimeter: its manifest, half a megabyte, is read once."""
    return run


@st.cache_resource(show_spinner=False, max_entries=_OPEN_RUNS, hash_funcs={PublishedRun: cle})
def _entiere(run: PublishedRun) -> duckdb.DuckDBPyConnection:
    """Open a run once for every session. Forgotten by the cache, it closes when the last query that holds it has ended."""
    return run.connect()


@st.cache_resource(show_spinner=False, max_entries=_OPEN_VIEWS, hash_funcs={PublishedRun: cle})
def _en_partie(run: PublishedRun) -> duckdb.DuckDBPyConnection:
    """Open what some readers see of a run, in the same way."""
    return run.connect()


@st.cache_data(show_spinner=False, max_entries=1000, hash_funcs={PublishedRun: cle})
def lire(run: PublishedRun, requete: str, parametres: Parametres = ()) -> list[Ligne]:
    """Return the rows of a query on the run's marts. What a user typed travels in `parametres`, never in the text.

    Queries aggregate or select one agreement: a whole mart never comes here.
    """
    return list(parcourir(run, requete, parametres))


def parcourir(run: PublishedRun, requete: str, parametres: Parametres = ()) -> Iterator[Ligne]:
    """Give the rows of a query one by one, for a file that holds them all; nothing of them is kept."""
    connection = (_entiere if run.perimetre.est_entier else _en_partie)(
        run
    )  # held until the rows are read: closing it earlier would cut the cursor
    yield from lecture.parcourir(connection, requete, parametres)


def manifeste(run: PublishedRun) -> Ligne:
    """Return the run's manifest, which every session shares: nobody changes it."""
    return run.manifest


def publiee_le(run: PublishedRun) -> datetime:
    """Return when a run was published, with its zone."""
    return run.published_at


def date_reference(run: PublishedRun) -> date:
    """Return the day that stands for today in a run."""
    return run.reference_date

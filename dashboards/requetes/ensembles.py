"""The sets of rows behind figures. A figure is counted, and its rows are listed, by the same condition: they can't differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboards.donnees import Ligne, date_reference, lire, parcourir
from dashboards.requetes.communs import Portee, restriction

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from dashboards.filtres.communs import Communs
    from data_contracts.publication import PublishedRun


@dataclass(frozen=True, kw_only=True)
class Genre:
    """A kind of rows: where they are read, and what the shared filters compare in them."""

    code: str
    depuis: str
    """The mart that holds them, with the name that conditions give it."""
    cle: str
    """Its primary key: pages ordered by it neither share nor lose a row."""
    portee: Portee
    filtre: str = "{communs}"
    """What the shared filters keep, where `{communs}` is their condition: rows that know nothing of it ask it of others."""
    champs: str = "*"
    """What a list reads of each row."""
    jointures: str = ""
    """The dimensions that give their words; a count does without."""


@dataclass(frozen=True, kw_only=True)
class Ensemble:
    """The rows that a figure counts."""

    code: str
    """What an address calls it."""
    titre: str
    genre: Genre
    condition: str
    """SQL; `$reference` is the reference date of the run."""
    definition: str
    source: str
    """Mart and column."""


def compter(run: PublishedRun, filtres: Communs, ensembles: Sequence[Ensemble]) -> dict[str, int]:
    """Return how many rows each set of one kind holds, by code, in one scan."""
    comptes = ", ".join(f"count(*) filter (where {ensemble.condition}) as {ensemble.code}" for ensemble in ensembles)
    genre = ensembles[0].genre
    gardes = restriction(run, filtres, genre.portee)
    requete = f"select {comptes} from {genre.depuis} where {genre.filtre.format(communs=gardes.condition)}"
    return lire(run, requete, gardes.parametres | _reference(run, requete))[0]


def lignes(run: PublishedRun, filtres: Communs, ensemble: Ensemble, nombre: int, debut: int) -> list[Ligne]:
    """Return so many rows of a set, from a rank on, in the order of their key."""
    requete, parametres = _rangees(run, filtres, ensemble)
    return lire(run, f"{requete} limit $nombre offset $debut", parametres | {"nombre": nombre, "debut": debut})


@dataclass(frozen=True)
class Lignes:
    """Every row of a set, read when they are asked for, one by one."""

    run: PublishedRun
    filtres: Communs
    ensemble: Ensemble

    def __iter__(self) -> Iterator[Ligne]:
        """Give the rows in the order of their key."""
        return parcourir(self.run, *_rangees(self.run, self.filtres, self.ensemble))


def _rangees(run: PublishedRun, filtres: Communs, ensemble: Ensemble) -> tuple[str, dict[str, Any]]:
    genre = ensemble.genre
    gardes = restriction(run, filtres, genre.portee)
    requete = f"""
        select {genre.champs}
        from {genre.depuis}
        {genre.jointures}
        where {ensemble.condition} and {genre.filtre.format(communs=gardes.condition)}
        order by {genre.cle}
    """
    return requete, gardes.parametres | _reference(run, requete)


def _reference(run: PublishedRun, requete: str) -> dict[str, date]:
    return {"reference": date_reference(run)} if "$reference" in requete else {}

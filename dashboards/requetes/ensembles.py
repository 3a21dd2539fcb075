"""The sets of rows behind figures. A figure is counted, and its rows are listed, by the same condition: they can't differ."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dashboards.donnees import Ligne, date_reference, lire, parcourir
from dashboards.filtres.communs import DATES
from dashboards.requetes.communs import Portee, restriction

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from dashboards.filtres.communs import Communs
    from data_contracts.publication import PublishedRun


@dataclass(frozen=True, kw_only=True)
class Genre:
    """A kind of rows: where they are read, and what the shared filters compare in them."""

    code: str
    """Its name, which conditions and joins give to its rows too."""
    depuis: str
    """The mart that holds them, or the select, under that name; what follows it can't be read once there are joins."""
    cle: str
    """The order of its rows, which ends with its primary key: pages neither share nor lose a row."""
    portee: Portee
    dates: tuple[str, str] = DATES
    """What the two days of the shared filters bound."""
    filtre: str = "{communs}"
    """What the shared filters keep, where `{communs}` is their condition: rows that know nothing of it ask it of others."""
    champs: str = "*"
    """What a list reads of each row."""
    jointures: str = ""
    """The dimensions that give their words; a count does without."""


@dataclass(frozen=True)
class Somme:
    """What a figure adds up of its rows, where it does not count them."""

    champ: str
    """SQL: a number of each row."""
    nom: str
    """What it counts, in the singular: « logement »."""


@dataclass(frozen=True, kw_only=True)
class Ensemble:
    """The rows that a figure counts, or whose numbers it adds up."""

    code: str
    """What an address calls it."""
    titre: str
    genre: Genre
    condition: str
    """SQL; `$reference` is the reference date of the run."""
    definition: str
    source: str
    """Mart and column."""
    valeurs: Mapping[str, Any] = field(default_factory=dict)
    """The parameters of its condition, and of the rows of its kind."""
    adresse: Mapping[str, str] = field(default_factory=dict)
    """What an address says beside its code to name it among the sets of that code."""
    somme: Somme | None = None


def compter(run: PublishedRun, filtres: Communs, ensembles: Sequence[Ensemble]) -> dict[str, int]:
    """Return how many rows each set of one kind holds, by code, in one scan."""
    comptes = ", ".join(f"count(*) filter (where {ensemble.condition}) as {ensemble.code}" for ensemble in ensembles)
    genre = ensembles[0].genre
    gardes = restriction(run, filtres, genre.portee)
    requete = f"select {comptes} from {genre.depuis} where {genre.filtre.format(communs=gardes.condition)}"
    valeurs = {nom: valeur for ensemble in ensembles for nom, valeur in ensemble.valeurs.items()}
    return lire(run, requete, gardes.parametres | _reference(run, requete) | valeurs)[0]


def sommer(run: PublishedRun, filtres: Communs, ensemble: Ensemble, somme: Somme) -> int:
    """Return what the rows of a set add up to."""
    genre = ensemble.genre
    gardes = restriction(run, filtres, genre.portee)
    requete = f"""
        select coalesce(sum({somme.champ}), 0)::bigint as somme
        from {genre.depuis}
        where {ensemble.condition} and {genre.filtre.format(communs=gardes.condition)}
    """
    return int(lire(run, requete, gardes.parametres | _reference(run, requete) | dict(ensemble.valeurs))[0]["somme"])


def lignes(run: PublishedRun, filtres: Communs, ensemble: Ensemble, nombre: int, debut: int) -> list[Ligne]:
    """Return so many rows of a set, from a rank on, in their order."""
    requete, parametres = _rangees(run, filtres, ensemble, "limit $nombre offset $debut")
    return lire(run, requete, parametres | {"nombre": nombre, "debut": debut})


@dataclass(frozen=True)
class Lignes:
    """Every row of a set, read when they are asked for, one by one."""

    run: PublishedRun
    filtres: Communs
    ensemble: Ensemble

    def __iter__(self) -> Iterator[Ligne]:
        """Give the rows in their order."""
        return parcourir(self.run, *_rangees(self.run, self.filtres, self.ensemble))


def _rangees(run: PublishedRun, filtres: Communs, ensemble: Ensemble, page: str = "") -> tuple[str, dict[str, Any]]:
    """Return the query of the rows of a set: those of the page are chosen before the dimensions give them their words."""
    genre = ensemble.genre
    gardes = restriction(run, filtres, genre.portee)
    requete = f"""
        select {"*" if genre.jointures else genre.champs}
        from {genre.depuis}
        where {ensemble.condition} and {genre.filtre.format(communs=gardes.condition)}
        order by {genre.cle}
        {page}
    """
    if genre.jointures:
        requete = f"select {genre.champs} from ({requete}) as {genre.code} {genre.jointures} order by {genre.cle}"
    return requete, gardes.parametres | _reference(run, requete) | dict(ensemble.valeurs)


def _reference(run: PublishedRun, requete: str) -> dict[str, date]:
    return {"reference": date_reference(run)} if "$reference" in requete else {}

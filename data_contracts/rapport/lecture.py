"""What a report is made from: the marts of one run, its manifest, and the runs published before it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import duckdb

from data_contracts.clauses import literal, quote
from data_contracts.extraits.lecture import parcourir

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from data_contracts.extraits.lecture import Ligne, Parametres
    from data_contracts.publication import PublishedRun

MARTS = (
    "agg_completude",
    "agg_usage",
    "dim_departement",
    "dim_regle",
    "fct_anomalie",
    "rec_agrement",
    "rec_convention",
    "rec_delai",
    "rec_quarantaine",
    "rec_rpls",
    "rec_table",
)
"""What a report needs: a run that lacks one has none."""
DERIVES = "rec_derive"
"""Read where the run has it."""
PRECEDENTES = 9
"""How many earlier runs a trend goes back to."""


@dataclass(frozen=True)
class Lecture:
    """The run that a report tells, open for reading."""

    requeter: Callable[[str, Parametres], Iterable[Ligne]]
    """Gives the rows of a query on the marts."""
    manifeste: Mapping[str, Any]
    precedents: Sequence[PublishedRun]
    """The runs published before it, oldest first, at most nine."""

    def lignes(self, requete: str, parametres: Parametres = ()) -> list[Ligne]:
        """Return the rows of a query on the marts."""
        return list(self.requeter(requete, parametres))

    @property
    def date_reference(self) -> date:
        """The day that stands for today."""
        return date.fromisoformat(self.manifeste["date_reference"])

    @property
    def livraisons(self) -> list[dict[str, Any]]:
        """The deliveries that the run read."""
        return list(self.manifeste["livraisons"])

    @property
    def controles_en_defaut(self) -> list[dict[str, Any]]:
        """The checks that failed."""
        return [controle for controle in self.manifeste["controles"] if not controle["succes"]]

    @property
    def precedent(self) -> PublishedRun | None:
        """The run published just before."""
        return self.precedents[-1] if self.precedents else None


@contextmanager
def ouvrir(dossier: Path, manifeste: Mapping[str, Any], precedents: Sequence[PublishedRun]) -> Iterator[Lecture]:
    """Open the marts of a run, published or about to be, in its folder."""
    with duckdb.connect() as connection:
        connection.execute("create schema marts")
        for mart in (*MARTS, *([DERIVES] if DERIVES in manifeste["marts"] else [])):
            path = literal(str(dossier / "marts" / f"{mart}.parquet"))
            connection.execute(f"create view marts.{quote(mart)} as select * from read_parquet({path})")
        yield Lecture(partial(parcourir, connection), manifeste, list(precedents)[-PRECEDENTES:])

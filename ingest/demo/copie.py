"""Writes a dump exactly as pg_dump writes it, a table at a time, without keeping the rows in memory."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import IO, Any, Self, TypeAlias

from ingest.demo.personnes import Personnes
from ingest.demo.schema import APILOS, ECOLOWEB, Schema
from ingest.readers.copy_text import escaped

Valeur: TypeAlias = bool | float | str | date | datetime | None

PREMIER_IDENTIFIANT = 100_001
_PREMIER_EXPOSANT = 1_000_000
NUL = r"\N"
_TAMPON = 2_000
"""Rows kept before they go to the spool file of their table."""

_DECIMALES = ["", *(f".{reste:02}".rstrip("0") for reste in range(1, 100))]


def centiemes(valeur: int) -> str:
    """Return the text of a number given in hundredths, as `nombre` would."""
    entier, reste = divmod(valeur, 100)
    return f"{entier}{_DECIMALES[reste]}"


def numerique(centiemes_: int) -> str:
    """Return the text of a `numeric(12, 2)` given in hundredths: PostgreSQL writes both decimals, zeros or not."""
    entier, reste = divmod(centiemes_, 100)
    return f"{entier}.{reste:02}"


def nombre(valeur: float) -> str:
    """Return a number as PostgreSQL writes it: the shortest text, no useless zero."""
    return f"{valeur:.12g}"


def simple_precision(valeur: int) -> str:
    """Return a number of at most seven digits as PostgreSQL writes a `real`: with an exponent from a million on."""
    if valeur < _PREMIER_EXPOSANT:
        return str(valeur)
    mantisse, exposant = f"{valeur:.6e}".split("e")
    return f"{mantisse.rstrip('0').rstrip('.')}e{exposant}"


def horodatage(instant: datetime) -> str:
    """Return an instant of UTC as PostgreSQL writes it for a client there."""
    return f"{str(instant)[:19]}+00"


_TEXTES: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: NUL,
    bool: {True: "t", False: "f"}.__getitem__,
    int: str,
    float: nombre,
    str: escaped,
    date: str,
    datetime: horodatage,
}


def ligne(table: str, **valeurs: Valeur) -> str:
    """Return a row as COPY text; a column that is not given takes its default. KeyError for an unknown column."""
    moule, ordre = _moule(table, tuple(valeurs))
    return moule % tuple([_TEXTES[type(valeur)](valeur) for valeur in ordre(valeurs)])


@cache
def _moule(table: str, colonnes: tuple[str, ...]) -> tuple[str, Callable[[dict[str, Valeur]], tuple[Valeur, ...]]]:
    """Return the text of a row with holes for at least two columns, and what takes their values in the table's order."""
    schema = ECOLOWEB if table in ECOLOWEB.colonnes else APILOS
    connues = schema.colonnes[table]
    if inconnues := set(colonnes) - connues.keys():
        raise KeyError(f"{table} : {sorted(inconnues)}")
    textes = ["%s" if colonne in colonnes else schema.defauts[table][colonne] for colonne in connues]
    return "\t".join(textes), itemgetter(*(colonne for colonne in connues if colonne in colonnes))


class Copie:
    """The tables of one dump while they are written: rows spooled to `dossier`, one file a table, then put together."""

    def __init__(self, dossier: Path, schema: Schema = ECOLOWEB, personnes: Personnes | None = None) -> None:
        """Write the spool files in `dossier`, which exists and has none of their names; note in `personnes` whom the rows name."""
        self.personnes = personnes or Personnes()
        self._dossier = dossier
        self._schema = schema
        self._tampons: dict[str, list[str]] = {table: [] for table in schema.colonnes}
        self._fichiers: dict[str, IO[str]] = {}
        self._suivants = dict.fromkeys(schema.colonnes, PREMIER_IDENTIFIANT)
        self.lignes = dict.fromkeys(schema.colonnes, 0)

    def identifiant(self, table: str) -> int:
        """Return the next free id of a table."""
        return self.identifiants(table, 1)[0]

    def identifiants(self, table: str, nombre_: int) -> range:
        """Return the next free ids of a table."""
        premier = self._suivants[table]
        self._suivants[table] = premier + nombre_
        return range(premier, premier + nombre_)

    def ajouter(self, table: str, **valeurs: Valeur) -> None:
        """Add a row given by column; a column that is not given takes its default. KeyError for an unknown column."""
        self.personnes.lire(table, valeurs)
        self.brut(table, (ligne(table, **valeurs),))

    def brut(self, table: str, lignes: Iterable[str]) -> None:
        """Add rows that are COPY text already, columns in the table's order."""
        tampon = self._tampons[table]
        tampon.extend(lignes)
        if len(tampon) >= _TAMPON:
            self._vider(table)

    def assembler(self, dump: Path) -> None:
        """Write the whole dump, replacing the file only once it is complete."""
        for table in self._schema.colonnes:
            self._vider(table)
        provisoire = dump.with_name(dump.name + ".partiel")
        with provisoire.open("wb") as sortie:
            sortie.write(self._schema.avant_les_donnees().encode())
            for table in self._schema.colonnes:
                sortie.write(self._schema.entete_de_copie(table).encode())
                if table in self._fichiers:
                    self._fichiers[table].close()
                    with self._chemin(table).open("rb") as lignes:
                        shutil.copyfileobj(lignes, sortie, 1 << 20)
                sortie.write(b"\\.\n\n\n")
            sortie.write(self._schema.apres_les_donnees().encode())
        provisoire.replace(dump)

    def __enter__(self) -> Self:
        """Nothing is open yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the spool files."""
        for fichier in self._fichiers.values():
            fichier.close()

    def _vider(self, table: str) -> None:
        tampon = self._tampons[table]
        if not tampon:
            return
        if table not in self._fichiers:
            self._fichiers[table] = self._chemin(table).open("w", encoding="utf-8", newline="\n")
        self._fichiers[table].write("\n".join(tampon) + "\n")
        self.lignes[table] += len(tampon)
        tampon.clear()

    def _chemin(self, table: str) -> Path:
        return self._dossier / f"{table}.copie"

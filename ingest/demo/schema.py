"""The shape of a database of the demo, as SQL text in the words and the order of pg_dump."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.demo.referentiels import liste

_DEFAUTS_SQL = {"": r"\N", "0": "0", "true": "t", "false": "f", "'OO'::character varying": "OO"}

_REGLAGES = """\
SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
"""


@dataclass(frozen=True)
class Schema:
    """A database: where its tables are, their columns and keys, as lists of this folder give them."""

    nom: str
    prefixe: str
    """What stands before the names of its tables."""
    liste_des_colonnes: str
    liste_des_cles: str
    non_validees: frozenset[str] = frozenset()
    """Foreign keys added to old tables without looking at their rows, which is how orphans live on in a PostgreSQL."""
    defauts_par_type: dict[str, str] = field(default_factory=dict)
    """COPY text of a column that a row does not give, by type, where the application gives defaults and the table has none."""
    est_cree: bool = True
    """Whether the dump makes the schema; `public` is always there."""
    colonnes: dict[str, dict[str, dict[str, str]]] = field(init=False)
    """Columns of each table by name, in the order of COPY; tables in alphabetical order."""
    defauts: dict[str, dict[str, str]] = field(init=False)
    """COPY text of a column that a row does not give."""

    def __post_init__(self) -> None:
        """Read the lists."""
        tables: dict[str, dict[str, dict[str, str]]] = {}
        for ligne in liste(self.liste_des_colonnes):
            tables.setdefault(ligne["table"], {})[ligne["colonne"]] = ligne
        object.__setattr__(self, "colonnes", dict(sorted(tables.items())))
        defauts = {table: {nom: self._defaut(colonne) for nom, colonne in colonnes.items()} for table, colonnes in tables.items()}
        object.__setattr__(self, "defauts", defauts)

    def avant_les_donnees(self) -> str:
        """Return the header, the settings, the schema and the tables."""
        version = "15.12"
        debut = (
            "--\n-- PostgreSQL database dump\n--\n\n"
            f"-- Dumped from database version {version}\n-- Dumped by pg_dump version {version}\n\n{_REGLAGES}\n"
        )
        schema = _titre(self.nom, "SCHEMA", "-") + f"CREATE SCHEMA {self.nom};\n\n\n" if self.est_cree else ""
        reglages = "SET default_tablespace = '';\n\nSET default_table_access_method = heap;\n\n"
        return debut + schema + reglages + "".join(self._table(table) for table in self.colonnes)

    def entete_de_copie(self, table: str) -> str:
        """Return what stands before the rows of a table."""
        titre = _titre(self._nom(table), "TABLE DATA", self.nom, "Data for Name")
        return f"{titre}COPY {self.nom}.{self._nom(table)} ({', '.join(self.colonnes[table])}) FROM stdin;\n"

    def apres_les_donnees(self) -> str:
        """Return the keys and the trailer."""
        cles = liste(self.liste_des_cles)
        contraintes = [ligne for ligne in cles if ligne["genre"] != "FOREIGN KEY"]
        references = [ligne for ligne in cles if ligne["genre"] == "FOREIGN KEY"]
        return (
            "".join(self._cle(ligne) for ligne in [*contraintes, *references]) + "--\n-- PostgreSQL database dump complete\n--\n\n"
        )

    def _defaut(self, colonne: dict[str, str]) -> str:
        return self.defauts_par_type.get(colonne["type"]) or _DEFAUTS_SQL[colonne["defaut"]]

    def _nom(self, table: str) -> str:
        return f"{self.prefixe}{table}"

    def _table(self, table: str) -> str:
        lignes = []
        for nom, colonne in self.colonnes[table].items():
            defaut = f" DEFAULT {colonne['defaut']}" if colonne["defaut"] else ""
            lignes.append(f"    {nom} {colonne['type']}{defaut}{' NOT NULL' if colonne['obligatoire'] == 'oui' else ''}")
        corps = ",\n".join(lignes)
        return f"{_titre(self._nom(table), 'TABLE', self.nom)}CREATE TABLE {self.nom}.{self._nom(table)} (\n{corps}\n);\n\n\n"

    def _cle(self, ligne: dict[str, str]) -> str:
        genre = "FK CONSTRAINT" if ligne["genre"] == "FOREIGN KEY" else "CONSTRAINT"
        suite = f" REFERENCES {self.nom}.{self._nom(ligne['reference'])}(id)" if ligne["reference"] else ""
        if ligne["nom"] in self.non_validees:
            suite += " NOT VALID"
        colonnes = ligne["colonnes"].replace(",", ", ")
        return (
            f"{_titre(self._nom(ligne['table']) + ' ' + ligne['nom'], genre, self.nom)}"
            f"ALTER TABLE ONLY {self.nom}.{self._nom(ligne['table'])}\n"
            f"    ADD CONSTRAINT {ligne['nom']} {ligne['genre']} ({colonnes}){suite};\n\n\n"
        )


def _titre(nom: str, genre: str, schema: str, etiquette: str = "Name") -> str:
    return f"--\n-- {etiquette}: {nom}; Type: {genre}; Schema: {schema}; Owner: -\n--\n\n"


ECOLOWEB = Schema(
    nom="ecolo",
    prefixe="ecolo_",
    liste_des_colonnes="colonnes",
    liste_des_cles="cles",
    non_validees=frozenset(
        {
            "fk_ecolo_avenant_conventionapl",
            "fk_ecolo_conventiondonneesgenerales_conventionapl",
            "fk_ecolo_logement_programmelogement",
            "fk_ecolo_piecejointe_conventionapl",
            "fk_ecolo_programmelogement_conventiondonneesgenerales",
        }
    ),
)
COLONNES = ECOLOWEB.colonnes

APILOS = Schema(
    nom="public",
    prefixe="",
    liste_des_colonnes="apilos_colonnes",
    liste_des_cles="apilos_cles",
    non_validees=frozenset({"conventions_convention_parent_id_fk", "programmes_lot_convention_id_fk"}),
    defauts_par_type={"boolean": "f"},
    est_cree=False,
)

"""The shape of an Ecoloweb database, as SQL text in the words and the order of pg_dump."""

from __future__ import annotations

from ingest.demo.referentiels import liste

SCHEMA = "ecolo"


def _colonnes() -> dict[str, dict[str, dict[str, str]]]:
    tables: dict[str, dict[str, dict[str, str]]] = {}
    for ligne in liste("colonnes"):
        tables.setdefault(ligne["table"], {})[ligne["colonne"]] = ligne
    return dict(sorted(tables.items()))


COLONNES = _colonnes()
"""Columns of each table by name, in the order of COPY; tables in alphabetical order."""

_DEFAUTS_SQL = {"": r"\N", "0": "0", "true": "t", "false": "f", "'OO'::character varying": "OO"}

DEFAUTS = {
    table: {nom: _DEFAUTS_SQL[colonne["defaut"]] for nom, colonne in colonnes.items()} for table, colonnes in COLONNES.items()
}
"""COPY text of a column that a row does not give."""

_NON_VALIDEES = frozenset(
    {
        "fk_ecolo_avenant_conventionapl",
        "fk_ecolo_conventiondonneesgenerales_conventionapl",
        "fk_ecolo_logement_programmelogement",
        "fk_ecolo_piecejointe_conventionapl",
        "fk_ecolo_programmelogement_conventiondonneesgenerales",
    }
)
"""Foreign keys added to old tables without looking at their rows, which is how orphans live on in a PostgreSQL."""

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


def avant_les_donnees() -> str:
    """Return the header, the settings, the schema and the tables."""
    version = "15.12"
    debut = (
        "--\n-- PostgreSQL database dump\n--\n\n"
        f"-- Dumped from database version {version}\n-- Dumped by pg_dump version {version}\n\n{_REGLAGES}\n"
    )
    schema = _titre(SCHEMA, "SCHEMA", "-") + f"CREATE SCHEMA {SCHEMA};\n\n\n"
    reglages = "SET default_tablespace = '';\n\nSET default_table_access_method = heap;\n\n"
    return debut + schema + reglages + "".join(_table(table) for table in COLONNES)


def entete_de_copie(table: str) -> str:
    """Return what stands before the rows of a table."""
    titre = _titre(_nom(table), "TABLE DATA", SCHEMA, "Data for Name")
    return f"{titre}COPY {SCHEMA}.{_nom(table)} ({', '.join(COLONNES[table])}) FROM stdin;\n"


def apres_les_donnees() -> str:
    """Return the keys and the trailer."""
    contraintes = [ligne for ligne in liste("cles") if ligne["genre"] != "FOREIGN KEY"]
    references = [ligne for ligne in liste("cles") if ligne["genre"] == "FOREIGN KEY"]
    return "".join(_cle(ligne) for ligne in [*contraintes, *references]) + "--\n-- PostgreSQL database dump complete\n--\n\n"


def _nom(table: str) -> str:
    return f"ecolo_{table}"


def _titre(nom: str, genre: str, schema: str, etiquette: str = "Name") -> str:
    return f"--\n-- {etiquette}: {nom}; Type: {genre}; Schema: {schema}; Owner: -\n--\n\n"


def _table(table: str) -> str:
    lignes = []
    for nom, colonne in COLONNES[table].items():
        defaut = f" DEFAULT {colonne['defaut']}" if colonne["defaut"] else ""
        lignes.append(f"    {nom} {colonne['type']}{defaut}{' NOT NULL' if colonne['obligatoire'] == 'oui' else ''}")
    corps = ",\n".join(lignes)
    return f"{_titre(_nom(table), 'TABLE', SCHEMA)}CREATE TABLE {SCHEMA}.{_nom(table)} (\n{corps}\n);\n\n\n"


def _cle(ligne: dict[str, str]) -> str:
    genre = "FK CONSTRAINT" if ligne["genre"] == "FOREIGN KEY" else "CONSTRAINT"
    suite = f" REFERENCES {SCHEMA}.{_nom(ligne['reference'])}(id)" if ligne["reference"] else ""
    if ligne["nom"] in _NON_VALIDEES:
        suite += " NOT VALID"
    colonnes = ligne["colonnes"].replace(",", ", ")
    return (
        f"{_titre(_nom(ligne['table']) + ' ' + ligne['nom'], genre, SCHEMA)}ALTER TABLE ONLY {SCHEMA}.{_nom(ligne['table'])}\n"
        f"    ADD CONSTRAINT {ligne['nom']} {ligne['genre']} ({colonnes}){suite};\n\n\n"
    )

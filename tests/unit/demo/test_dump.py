"""The dump is what pg_dump writes, and its rows hold together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data_contracts.loader import source_tables
from data_contracts.source_contract import Presence
from ingest.demo.referentiels import TABLES_DE_REFERENCE, liste
from ingest.demo.schema import COLONNES

if TYPE_CHECKING:
    from tests.unit.demo.conftest import Demo

CLES = liste("cles")


def test_it_begins_and_ends_as_pg_dump_does(demo: Demo) -> None:
    texte = demo.livraison.dump.read_text(encoding="utf-8")
    assert texte.startswith("--\n-- PostgreSQL database dump\n--\n")
    assert texte.endswith("--\n-- PostgreSQL database dump complete\n--\n\n")


def test_every_table_has_rows(demo: Demo) -> None:
    assert [table for table in COLONNES if not demo.verite["lignes"][table]] == []


def test_the_truth_counts_the_rows_of_every_table(demo: Demo) -> None:
    assert {table: demo.lignes(f"select count(*) from {table}")[0][0] for table in COLONNES} == demo.verite["lignes"]


@pytest.mark.parametrize("cle", [cle for cle in CLES if cle["reference"]], ids=lambda cle: cle["nom"])
def test_no_reference_is_broken(cle: dict[str, str], reglementaire: Demo) -> None:
    assert cassees(cle, reglementaire) == []


def test_with_planted_cases_the_only_broken_references_are_those_of_the_rows_that_the_truth_says_orphan(demo: Demo) -> None:
    lignes = {
        f"ecoloweb:ecolo_{cle['table']}:{identifiant}" for cle in CLES if cle["reference"] for (identifiant,) in cassees(cle, demo)
    }
    orphelines = {objet for _, _, genre, objet in demo.verite["constats"] if genre == "ligne"}
    assert lignes == orphelines != set()


def cassees(cle: dict[str, str], demo: Demo) -> list[tuple[object, ...]]:
    """Return the rows of a table whose reference leads nowhere: their id, else the reference itself."""
    colonne, table, cible = cle["colonnes"], cle["table"], cle["reference"]
    ligne = "id" if "id" in COLONNES[table] else colonne
    return demo.lignes(f"select {ligne} from {table} where {colonne} is not null and {colonne} not in (select id from {cible})")


@pytest.mark.parametrize("cle", [cle for cle in CLES if not cle["reference"]], ids=lambda cle: cle["nom"])
def test_no_key_is_repeated(cle: dict[str, str], demo: Demo) -> None:
    colonnes = cle["colonnes"]
    presentes = " and ".join(f"{colonne} is not null" for colonne in colonnes.split(","))
    requete = f"select {colonnes} from {cle['table']} where {presentes} group by {colonnes} having count(*) > 1"
    assert demo.lignes(requete) == []


@pytest.mark.parametrize("table", COLONNES)
def test_no_text_is_longer_than_its_column_and_nothing_mandatory_is_missing(table: str, demo: Demo) -> None:
    fautes = []
    for nom, colonne in COLONNES[table].items():
        if colonne["obligatoire"] == "oui":
            fautes.append(f"{nom} is null")
        if "(" in colonne["type"]:
            fautes.append(f"length({nom}) > 2 * {colonne['type'].split('(')[1].rstrip(')')}")
    assert demo.lignes(f"select * from {table} where {' or '.join(fautes)}") == []


@pytest.mark.parametrize("table", COLONNES)
def test_the_contract_of_the_source_knows_every_column(table: str) -> None:
    contrat = source_tables("ecoloweb")[f"ecolo_{table}"]
    assert set(COLONNES[table]) <= {colonne.nom for colonne in contrat.colonnes}
    assert {colonne.nom for colonne in contrat.colonnes if colonne.presence is Presence.REQUISE} <= set(COLONNES[table])


@pytest.mark.parametrize("table", TABLES_DE_REFERENCE)
def test_code_lists_are_written_whole(table: str, demo: Demo) -> None:
    reels = {int(ligne["id"]) for ligne in liste(table)}
    assert reels <= {identifiant for (identifiant,) in demo.lignes(f"select id from {table}")}


def test_hard_texts_are_there(demo: Demo) -> None:
    textes = "\n".join(texte for (texte,) in demo.lignes("select description from piecejointe where description is not null"))
    assert all(echappement in textes for echappement in (r"\n", r"\t", r"\r", r"\\", '"', "œ"))

"""The dump of APiLos is what pg_dump writes of the application's tables, and its rows hold together."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from data_contracts.loader import source_tables
from ingest.demo.apilos.instants import a_paris, jour_de_paris
from ingest.demo.referentiels import liste
from ingest.demo.schema import APILOS

if TYPE_CHECKING:
    from tests.unit.demo.conftest import Demo

CLES = liste("apilos_cles")
SANS_LIGNE = {
    "bailleurs_historicalbailleur",
    "programmes_annexe",
    "programmes_indiceevolutionloyer",
    "programmes_locauxcollectifs",
    "programmes_logementedd",
    "programmes_repartitionsurface",
}


def test_it_begins_and_ends_as_pg_dump_does_and_makes_no_schema(demo: Demo) -> None:
    texte = demo.livraison.apilos.read_text(encoding="utf-8")
    assert texte.startswith("--\n-- PostgreSQL database dump\n--\n")
    assert texte.endswith("--\n-- PostgreSQL database dump complete\n--\n\n")
    assert "CREATE SCHEMA" not in texte


def test_the_tables_without_rows_are_those_that_no_fact_fills(demo: Demo) -> None:
    assert {table for table, lignes in demo.verite_apilos["lignes"].items() if not lignes} == SANS_LIGNE


def test_the_truth_counts_the_rows_of_every_table(demo: Demo) -> None:
    compte = {table: demo.lignes(f"select count(*) from {table}")[0][0] for table in APILOS.colonnes}
    assert compte == demo.verite_apilos["lignes"]


@pytest.mark.parametrize("table", APILOS.colonnes)
def test_a_table_has_the_columns_of_its_contract_in_their_order(table: str) -> None:
    assert list(APILOS.colonnes[table]) == [colonne.nom for colonne in source_tables("apilos")[table].colonnes]


@pytest.mark.parametrize("cle", [cle for cle in CLES if cle["reference"]], ids=lambda cle: cle["nom"])
def test_no_reference_is_broken(cle: dict[str, str], reglementaire: Demo) -> None:
    assert cassees(cle, reglementaire) == []


def test_with_planted_cases_the_broken_references_are_those_of_the_orphans_that_the_truth_tells(demo: Demo) -> None:
    lignes = {f"apilos:{cle['table']}:{identifiant}" for cle in CLES if cle["reference"] for (identifiant,) in cassees(cle, demo)}
    orphelines = {objet for _, _, genre, objet in demo.verite_apilos["constats"] if genre == "ligne"}
    assert lignes == {objet for objet in orphelines if "programmes_programme" not in objet} != set()


def test_a_programme_that_the_truth_says_alone_has_no_agreement(demo: Demo) -> None:
    seuls = demo.lignes("""
        select 'apilos:programmes_programme:' || id from programmes_programme
        where id not in (select programme_id from conventions_convention)""")
    dits = {objet for _, _, _, objet in demo.verite_apilos["constats"] if objet.startswith("apilos:programmes_programme:")}
    assert {objet for (objet,) in seuls} == dits != set()


def cassees(cle: dict[str, str], demo: Demo) -> list[tuple[object, ...]]:
    """Return the ids of the rows of a table whose reference leads nowhere."""
    colonne, table, cible = cle["colonnes"], cle["table"], cle["reference"]
    return demo.lignes(f"select id from {table} where {colonne} is not null and {colonne} not in (select id from {cible})")


@pytest.mark.parametrize("cle", [cle for cle in CLES if not cle["reference"]], ids=lambda cle: cle["nom"])
def test_no_key_is_repeated(cle: dict[str, str], demo: Demo) -> None:
    colonnes = cle["colonnes"]
    presentes = " and ".join(f"{colonne} is not null" for colonne in colonnes.split(","))
    requete = f"select {colonnes} from {cle['table']} where {presentes} group by {colonnes} having count(*) > 1"
    assert demo.lignes(requete) == []


@pytest.mark.parametrize("table", [table for table in APILOS.colonnes if "uuid" in APILOS.colonnes[table]])
def test_a_public_identifier_is_of_one_row_and_well_formed(table: str, demo: Demo) -> None:
    forme = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}"
    comptes = f"count(uuid) filter (not regexp_full_match(uuid, '{forme}')), count(*) - count(distinct uuid)"
    assert demo.lignes(f"select {comptes} from {table}") == [(0, 0)]


@pytest.mark.parametrize("table", APILOS.colonnes)
def test_no_text_is_longer_than_its_column_and_nothing_mandatory_is_missing(table: str, demo: Demo) -> None:
    fautes = ["false"]
    for nom, colonne in APILOS.colonnes[table].items():
        if colonne["obligatoire"] == "oui":
            fautes.append(f"{nom} is null")
        if "varying(" in colonne["type"]:
            fautes.append(f"length({nom}) > {colonne['type'].split('(')[1].rstrip(')')}")
    assert demo.lignes(f"select * from {table} where {' or '.join(fautes)}") == []


def test_accounts_are_of_made_persons_on_a_reserved_domain(demo: Demo) -> None:
    assert demo.lignes("select count(*) from users_user where email not like '%@apilos.example' or password is not null") == [(0,)]


def test_half_past_midnight_in_paris_is_the_day_before_in_utc() -> None:
    quand = a_paris(date(2024, 3, 31), 30)
    assert (str(quand), jour_de_paris(quand)) == ("2024-03-30 23:30:00+00:00", date(2024, 3, 31))


def test_some_moves_are_made_around_midnight_in_winter_and_in_summer(demo: Demo) -> None:
    (tard,) = demo.lignes("""
        select count(*) filter (hour(cree_le) = 23), count(*) filter (hour(cree_le) in (21, 22))
        from conventions_conventionhistory""")
    assert min(tard) > 10

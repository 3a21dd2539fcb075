"""What the Ecoloweb contracts do with persons: nothing that names one lands, and doubt counts as a person."""

from __future__ import annotations

import re

import duckdb
import pytest

from data_contracts.loader import source_tables
from data_contracts.source_contract import PersonalData, Treatment

CONTRACTS = source_tables("ecoloweb")
LOOKS_PERSONAL = re.compile(
    r"nom|prenom|tel|telephone\d|fax|mail|notaire|refbancaire.*|codepersonne|civilite_id|nomproprietaire|designation.*"
)
NAMES_OF_OFFICES = {("ecolo_entitegest", "nom")}
OWNER_TABLES = """
    create table ecolo_naturebailleur as from (values ('1', '1'), ('3', '3'), ('6', '6'), ('9', null)) as v(id, code);
    create table ecolo_sousnaturebailleur as from (values
        ('100', '114', '1'), ('200', '611', '6'), ('201', '611', '1'), ('202', '999', '6'), ('203', null, '1'), ('204', '700', '9')
    ) as v(id, code, naturebailleur_id);
    create table ecolo_bailleur as from (values
        ('1', '100', '10', 'Office'), ('2', '200', '20', 'Personne'), ('3', '100', null, 'Office')
    ) as v(id, sousnaturebailleur_id, adresse_id, raisonsociale);
    create table ecolo_adressebailleur as from (values ('10'), ('20'), ('30')) as v(id);
"""


def personal(table: str, column: str) -> PersonalData:
    found = CONTRACTS[table].column(column).personnel
    assert found
    return found


def is_person(sub_nature: str | None, name: str = "Une raison sociale", column: str = "codesiren") -> bool:
    connection = duckdb.connect()
    connection.execute(OWNER_TABLES)
    row = "select ?::varchar as sousnaturebailleur_id, ? as raisonsociale"
    condition = personal("ecolo_bailleur", column).si
    (answer,) = connection.execute(f"select coalesce({condition}, true) from ({row})", [sub_nature, name]).fetchall()
    return bool(answer[0])


def test_a_column_that_looks_personal_is_treated() -> None:
    untreated = {
        (contract.table, column.nom)
        for contract in CONTRACTS.values()
        for column in contract.colonnes
        if LOOKS_PERSONAL.fullmatch(column.nom) and column.personnel is None
    }

    assert untreated == NAMES_OF_OFFICES


def test_a_contact_keeps_nothing_but_its_existence() -> None:
    landed = {column.nom for column in CONTRACTS["ecolo_contactbailleur"].landed_columns}

    assert landed == {"id", "datemodif", "entitegest_id", "bailleur_id", "version"}


@pytest.mark.parametrize("table", ["ecolo_adressebailleur", "ecolo_entitegestadresse"])
def test_the_street_lines_of_owners_and_offices_do_not_land(table: str) -> None:
    assert not [column.nom for column in CONTRACTS[table].landed_columns if column.nom.startswith("ligne")]


@pytest.mark.parametrize("table", ["ecolo_programmeadresse", "ecolo_logementadresse"])
def test_the_street_lines_of_a_building_land(table: str) -> None:
    assert [column.nom for column in CONTRACTS[table].landed_columns if column.nom.startswith("ligne")] == [
        f"ligne{n}" for n in range(1, 5)
    ]


def test_an_officer_becomes_a_pseudonym_everywhere() -> None:
    treatment = personal("ecolo_conventionapl", "designationinstructeur")

    assert (treatment.traitement, treatment.si) == (Treatment.PSEUDONYMISER, None)


@pytest.mark.parametrize("column", ["codesiren", "codesiret", "raisonsociale", "enseigne", "sigle"])
def test_a_legal_entity_keeps_its_identity(column: str) -> None:
    assert not is_person("100", column=column)


@pytest.mark.parametrize("column", ["codesiren", "codesiret", "raisonsociale", "enseigne", "sigle"])
@pytest.mark.parametrize(
    "sub_nature",
    ["200", "201", "202", "203", "204", "999", None],
    ids=["both", "code", "nature", "unnamed", "unclassified", "orphan", "absent"],
)
def test_a_natural_person_or_an_owner_of_unknown_kind_is_hidden(sub_nature: str | None, column: str) -> None:
    assert is_person(sub_nature, column=column)


def test_anah_is_a_category_and_keeps_its_name_alone() -> None:
    assert not is_person("200", "ANAH", "raisonsociale")
    assert is_person("200", "ANAH", "codesiren")
    assert is_person("200", "Mme ANAHID", "raisonsociale")


def test_the_town_of_an_address_lands_for_a_legal_entity_only() -> None:
    connection = duckdb.connect()
    connection.execute(OWNER_TABLES)
    condition = personal("ecolo_adressebailleur", "ville").si

    hidden = connection.execute(f"select id from ecolo_adressebailleur where coalesce({condition}, true) order by id").fetchall()

    assert hidden == [("20",), ("30",)]

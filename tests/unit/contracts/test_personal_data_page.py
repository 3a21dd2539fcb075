"""The inventory of personal data: every personal column of every contract, with what becomes of it and for how long."""

from __future__ import annotations

import re

import pytest

from data_contracts.documents.personal_data_page import PAGE, pages
from data_contracts.loader import SOURCES, products, source, source_tables
from data_contracts.source_contract import Column, ColumnType, PersonalData, Treatment

NAMES = sorted(path.name for path in SOURCES.iterdir() if path.is_dir())


def page() -> str:
    return pages([(source(name), tuple(source_tables(name).values())) for name in NAMES], products())[PAGE]


def page_of_one(personal: PersonalData) -> str:
    """Write the page of one table, whose only column is personal, received as Ecoloweb is."""
    column = Column(nom="nom", type=ColumnType.TEXTE, description="Nom d'essai.", personnel=personal)
    offices = source_tables("ecoloweb")["ecolo_entitegest"].model_copy(update={"colonnes": (column,)})
    return pages([(source("ecoloweb"), (offices,))], {})[PAGE]


def test_every_personal_column_that_is_received_has_its_line() -> None:
    told = re.findall(r"^\| `(\w+)` \| `(\w+)` \|(?:[^|]+\|){4}$", page(), re.MULTILINE)

    assert sorted(told) == sorted(
        (contract.table, column.nom)
        for name in NAMES
        for contract in source_tables(name).values()
        for column in contract.colonnes
        if column.personnel
    )


def test_every_personal_column_that_is_published_has_its_line() -> None:
    text = page()

    assert [
        (mart.mart, column.nom)
        for mart in products().values()
        for column in mart.colonnes
        if column.personnel and f"| `{mart.mart}` | `{column.nom}` |" not in text
    ] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_source_has_its_part_when_it_receives_something_personal(name: str) -> None:
    receives = any(column.personnel for contract in source_tables(name).values() for column in contract.colonnes)

    assert (f"### {source(name).titre}\n" in page()) == receives


@pytest.mark.parametrize(
    ("treatment", "si", "said"),
    [
        ("supprimer", None, "supprimée | non |"),
        ("pseudonymiser", None, "pseudonyme à clé | 3\u202f650 jours au plus |"),
        ("constater", None, "« renseigné », ou rien | 3\u202f650 jours au plus |"),
        (
            "masquer",
            "true",
            "texte masqué s'il s'agit d'une personne ; telle quelle pour un organisme | 3\u202f650 jours au plus |",
        ),
    ],
)
def test_a_line_says_what_becomes_of_the_column_and_for_how_long(treatment: str, si: str | None, said: str) -> None:
    text = page_of_one(PersonalData(traitement=Treatment(treatment), motif="Essai.", si=si))

    assert f"| `ecolo_entitegest` | `nom` | Nom d'essai. | Essai. | {said}" in text


def test_nothing_is_left_to_fill() -> None:
    assert "{{" not in page()

"""What the APiLos contracts do with persons: nothing that names one lands, and doubt counts as a person."""

from __future__ import annotations

import re

import duckdb
import pytest

from data_contracts.loader import source_tables
from data_contracts.source_contract import Treatment

CONTRACTS = source_tables("apilos")
LOOKS_PERSONAL = re.compile(
    r".*(nom_|_nom|^nom$|name|mail|telephone|login|password|signataire_(?!date)|bloc|user|cree_par|creator|vendeur|acquereur|notaire).*"
)
OF_A_THING = {
    ("comments_comment", "nom_objet"),
    ("conventions_avenanttype", "nom"),
    ("instructeurs_administration", "nom"),
    ("users_user", "preferences_email"),
}
"""Names of lists, fields and offices, and a preference."""
FREE_TEXTS = re.compile(r".*(motif_|commentaire|message|desc_avenant|champ_libre|description|detail|precision|erreur|autre$).*")


def is_person(column: str, **values: str | None) -> bool:
    row = {"nom": "SA INVENTEE", "siren": "732829320", "siret": "73282932000074", "nature_bailleur": "HLM"}
    row |= {"sous_nature_bailleur": "SA_HLM_ESH"} | values  # type: ignore[dict-item]
    personal = CONTRACTS["bailleurs_bailleur"].column(column).personnel
    assert personal
    names = ", ".join(f"?::varchar as {name}" for name in row)
    [(answer,)] = duckdb.execute(f"select coalesce({personal.si}, true) from (select {names})", list(row.values())).fetchall()
    return bool(answer)


def columns(pattern: re.Pattern[str]) -> set[tuple[str, str]]:
    """Return the columns with such a name that land as they are received."""
    return {
        (contract.table, column.nom)
        for contract in CONTRACTS.values()
        for column in contract.colonnes
        if pattern.fullmatch(column.nom) and column.personnel is None and column.type == "texte"
    }


def test_a_column_that_looks_personal_is_treated() -> None:
    assert columns(LOOKS_PERSONAL) == OF_A_THING


def test_a_free_text_is_masked() -> None:
    assert columns(FREE_TEXTS) == set()


def test_an_account_keeps_nothing_of_who_holds_it() -> None:
    landed = {column.nom: column.personnel and column.personnel.traitement for column in CONTRACTS["users_user"].landed_columns}

    assert {name for name, treatment in landed.items() if treatment is None} == {
        "last_login",
        "date_joined",
        "is_active",
        "is_staff",
        "is_superuser",
        "administrateur_de_compte",
        "preferences_email",
        "filtre_departements",
    }
    assert landed["id"] is Treatment.PSEUDONYMISER
    assert landed["cerbere_login"] is Treatment.CONSTATER


def test_every_key_of_an_account_is_the_same_pseudonym() -> None:
    keys = [
        CONTRACTS[table].column(name).personnel
        for table, name in (
            ("users_user", "id"),
            ("users_user", "creator_id"),
            ("users_role", "user_id"),
            ("comments_comment", "user_id"),
            ("conventions_conventionhistory", "user_id"),
            ("conventions_convention", "cree_par_id"),
            ("bailleurs_historicalbailleur", "history_user_id"),
        )
    ]

    assert {personal and (personal.traitement, personal.si) for personal in keys} == {(Treatment.PSEUDONYMISER, None)}


@pytest.mark.parametrize("column", ["nom", "siren", "siret", "adresse"])
@pytest.mark.parametrize(
    "owner",
    [
        {"sous_nature_bailleur": "PARTICULIERS"},
        {"nature_bailleur": "Bailleurs privés", "sous_nature_bailleur": "NONRENSEIGNE"},
        {"nature_bailleur": "Bailleurs privés", "sous_nature_bailleur": None},
        {"siren": "anatole@exemple.fr", "siret": "anatole@exemple.fr"},
        {"siren": "A CREER 9", "siret": "A CREER 9"},
        {"siren": None, "siret": None},
    ],
)
def test_an_owner_who_may_be_a_person_is_one(owner: dict[str, str | None], column: str) -> None:
    assert is_person(column, **owner)


@pytest.mark.parametrize("column", ["nom", "siren", "siret", "adresse"])
@pytest.mark.parametrize("owner", [{}, {"nature_bailleur": None, "sous_nature_bailleur": "NONRENSEIGNE"}])
def test_an_owner_with_a_number_is_an_organisation(owner: dict[str, str | None], column: str) -> None:
    assert not is_person(column, **owner)


def test_an_e_mail_in_the_siren_of_an_organisation_is_hidden_all_the_same() -> None:
    assert is_person("siren", siren="anatole@exemple.fr")
    assert not is_person("nom", siren="anatole@exemple.fr")


def test_the_category_anah_stays_readable() -> None:
    assert not is_person("nom", nom="ANAH", siren=None, siret=None)

"""What the clauses of a tiny contract say of made rows."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import pytest
import yaml

from data_contracts.clauses import Clause, clauses
from data_contracts.source_contract import Severity, SourceTable

CONTRACT = """
source: essai
table: lot
titre: Lots
description: Un lot par ligne.
cle_primaire: [id]
unicites: [{colonnes: [commune_id, rang]}]
colonnes:
  - {nom: id, type: entier, description: Identifiant.}
  - {nom: commune_id, type: entier, description: Commune., obligatoire: bloquante, reference: {table: commune, si: est_active}}
  - {nom: rang, type: entier, description: Rang., obligatoire: alerte}
  - {nom: famille, type: texte, description: Famille., valeurs: [PLUS, PLAI]}
  - {nom: nom, type: texte, description: Nom., obligatoire: alerte, personnel: {traitement: supprimer, motif: Nom.}}
conditions: [{nom: rang_positif, condition: rang >= 0, message: rang est négatif}]
"""
GOOD = (1, 10, 1, "PLUS")
RECEIVED = date(2026, 11, 1)


def contract() -> SourceTable:
    return SourceTable.model_validate(yaml.safe_load(CONTRACT))


def broken(*rows: tuple[Any, ...], communes: str = "(10, true), (11, true), (12, false)") -> dict[str, list[int]]:
    """Return the lines that break each clause, of the clauses that are broken at all."""
    connection = duckdb.connect()
    connection.execute("create table lot (id bigint, commune_id bigint, rang bigint, famille varchar, _ligne bigint)")
    connection.execute(f"create table communes as select * from (values {communes}) as v(id, est_active)")
    connection.executemany("insert into lot values (?, ?, ?, ?, ?)", [(*row, line) for line, row in enumerate(rows, start=1)])
    found = {}
    for clause in clauses(contract(), {"commune": "communes"}.get, RECEIVED):
        lines = connection.execute(
            f"select _ligne from (select _ligne, {clause.violation} as est_rompue from lot) where est_rompue is distinct from false"
        ).fetchall()
        if lines:
            found[clause.identifiant] = sorted(line for (line,) in lines)
    return found


def clause(identifiant: str) -> Clause:
    return next(found for found in clauses(contract(), lambda _: "communes", RECEIVED) if found.identifiant == identifiant)


def test_sound_rows_break_nothing() -> None:
    assert broken(GOOD, (2, 11, 1, "PLAI"), (3, 11, 2, None)) == {}


@pytest.mark.parametrize(
    ("row", "identifiant"),
    [
        ((None, 11, 1, "PLUS"), "cle_primaire_absente"),
        ((1, 11, 1, "PLUS"), "cle_primaire_en_double"),
        ((2, None, 1, "PLUS"), "obligatoire_commune_id"),
        ((2, 11, None, "PLUS"), "obligatoire_rang"),
        ((2, 11, 1, "PLI"), "valeurs_famille"),
        ((2, 10, 1, "PLUS"), "unicite_commune_id_rang"),
        ((2, 99, 1, "PLUS"), "reference_commune_id"),
        ((2, 12, 1, "PLUS"), "reference_commune_id"),
        ((2, 11, -1, "PLUS"), "condition_rang_positif"),
    ],
)
def test_a_row_breaks_one_clause_alone(row: tuple[Any, ...], identifiant: str) -> None:
    assert broken(GOOD, row) == {identifiant: [2]}


def test_an_absent_reference_passes_though_the_table_it_points_to_is_empty() -> None:
    emptied = broken((1, None, 1, "PLUS"), communes="(null::bigint, null::boolean)")

    assert "reference_commune_id" not in emptied


def test_a_reference_is_not_checked_when_the_delivery_lacks_its_table() -> None:
    assert not [found for found in clauses(contract(), lambda _: None, RECEIVED) if found.identifiant.startswith("reference")]


def test_a_dropped_column_has_no_clause() -> None:
    assert not [found for found in clauses(contract(), lambda _: None, RECEIVED) if "nom" in found.colonnes]


def test_keys_block_and_the_rest_says_what_its_contract_says() -> None:
    assert clause("cle_primaire_en_double").gravite is Severity.BLOQUANTE
    assert clause("obligatoire_commune_id").gravite is Severity.BLOQUANTE
    assert clause("unicite_commune_id_rang").gravite is Severity.ALERTE


def test_a_message_names_the_column_and_the_table() -> None:
    assert clause("reference_commune_id").message == "commune_id ne désigne aucune ligne de commune"


@pytest.mark.parametrize("text", ["RÃ©sidence", "Â°", "lâ€™Ã©tage", "D\ufffdpartement", "R\x00sidence", "R\x07sidence"], ids=ascii)
def test_a_text_decoded_as_what_it_is_not_or_with_a_control_character_is_told(text: str) -> None:
    assert broken(GOOD, (2, 11, 1, text))["texte_abime"] == [2]


@pytest.mark.parametrize("text", ["Résidence « L’Étang »", "N° 3, œuvre à 12 €", "GUIMARÃES", "deux\r\nlignes\tet une tabulation"])
def test_a_text_well_decoded_is_not_damaged(text: str) -> None:
    assert "texte_abime" not in broken(GOOD, (2, 11, 1, text))

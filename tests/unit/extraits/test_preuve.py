from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from data_contracts.extraits import preuve
from data_contracts.extraits.libelles import OBJETS
from data_contracts.rule_loader import views
from tests.unit.dashboards.made_rows import Row

FINDING: Row = {
    "objet_type": "lot",
    "preuve": {
        "date_effet": "1993-07-01",
        "date_expiration": None,
        "colonne_nouvelle": 3,
        "conventions": ["ecoloweb:1"],
        "parametres": {"pls_min": 15, "autre": None},
    },
    "parametres": [
        {"nom": "pls_min", "libelle": "Durée minimale", "unite": "ans", "source": "CCH", "note": "À trancher : LO3", "valeurs": []}
    ],
}


@pytest.mark.parametrize(
    ("value", "column", "written"),
    [
        ("1993-07-01", "", "01/07/1993"),
        ("1993-02-31", "", "1993-02-31"),
        (Decimal("4.5"), "", "4,5"),
        (12345, "", "12\u202f345"),
        (True, "", "oui"),
        (False, "", "non"),
        (None, "", "non renseigné"),
        (" ", "", "non renseigné"),
        ([], "", "aucun"),
        (["1993-07-01", None], "", "01/07/1993, non renseigné"),
        (["PLAI", "SANS_FINANCEMENT"], "familles_financement", "PLAI, Sans financement"),
        ("RESIDENCE_SOCIALE", "nature_logement", "Résidence sociale"),
        ("INCONNUE", "nature_logement", "INCONNUE"),
        ("33063", "code_commune", "33063"),
    ],
)
def test_a_value_is_written_for_a_french_reader(value: Any, column: str, written: str) -> None:  # noqa: ANN401 - any JSON value
    assert preuve.ecrire(value, column) == written


def test_evidence_is_named_by_the_view_and_by_itself_when_the_view_does_not_know_it() -> None:
    assert [(line["libelle"], line["valeur"]) for line in preuve.valeurs(FINDING)] == [
        ("Prise d'effet", "01/07/1993"),
        ("Expiration", "non renseigné"),
        ("colonne_nouvelle", "3"),
    ]


def test_thresholds_come_with_their_unit_their_source_and_what_is_to_be_settled() -> None:
    assert preuve.seuils(FINDING) == [
        {"libelle": "Durée minimale", "valeur": "15\u00a0ans", "source": "CCH", "note": "À trancher\u00a0: LO3"},
        {"libelle": "autre", "valeur": "non renseigné", "source": None, "note": None},
    ]


def test_other_agreements_are_told_apart_from_the_values() -> None:
    assert preuve.contreparties(FINDING) == ["ecoloweb:1"]


def test_whatever_they_share_the_other_agreements_are_told_apart() -> None:
    shared = {
        "objet_type": "convention",
        "preuve": {"nb_parcelles": 2, "conventions_memes_parcelles": ["ecoloweb:2", "ecoloweb:3"]},
    }
    assert preuve.contreparties(shared) == ["ecoloweb:2", "ecoloweb:3"]
    assert [row["colonne"] for row in preuve.valeurs(shared)] == ["nb_parcelles"]


def test_the_whole_evidence_fits_in_one_cell_of_a_file() -> None:
    assert preuve.en_une_ligne(FINDING).startswith("Prise d'effet : 01/07/1993 ; Expiration : non renseigné ; colonne_nouvelle : 3")
    assert preuve.en_une_ligne(FINDING).endswith("Durée minimale : 15\u00a0ans ; autre : non renseigné")


def test_a_dated_parameter_gives_a_row_a_value() -> None:
    dated = [{"depuis": None, "valeur": 12}, {"depuis": "2002-05-03", "valeur": 15}]
    rows = preuve.valeurs_datees([FINDING["parametres"][0] | {"valeurs": dated}])
    assert [(row["valeur"], row["depuis"]) for row in rows] == [("12\u00a0ans", "toujours"), ("15\u00a0ans", "03/05/2002")]


def test_an_example_leaves_blank_what_it_does_not_give_and_names_what_is_null() -> None:
    given = [
        {
            "attendu": True,
            "severite": "anomalie",
            "note": None,
            "parametres": {},
            "donnees": {"date_effet": None, "est_anah": True},
        },
        {"attendu": False, "severite": None, "note": "Le seuil", "parametres": {"pls_min": 9}, "donnees": {"est_anah": False}},
    ]
    columns, rows = preuve.exemples({"grain": "lot", "exemples": given, "parametres": FINDING["parametres"]})
    assert columns == ["est_anah", "date_effet"]
    assert rows == [
        {"attendu": True, "severite": "Anomalie", "note": "", "date_effet": "non renseigné", "est_anah": "oui"},
        {"attendu": False, "severite": "", "note": "Le seuil ; Durée minimale : 9", "est_anah": "non"},
    ]


def test_every_kind_of_object_that_a_rule_judges_has_its_word() -> None:
    assert set(views()) <= set(OBJETS)


def test_every_column_that_lists_agreements_is_read_as_agreements() -> None:
    listed = {column.nom for view in views().values() for column in view.colonnes if column.nom.startswith("conventions")}
    finding = {"preuve": {name: ["ecoloweb:1"] for name in listed}}

    assert len(preuve.contreparties(finding)) == len(listed)

"""What the rules find on the real sample: each finding is argued from the dump, and so is what must not be found."""

from __future__ import annotations

import json
from typing import Any

import duckdb
import pytest

Marts = duckdb.DuckDBPyConnection


def findings(marts: Marts, rule: str) -> dict[str, tuple[str, dict[str, Any]]]:
    """Severity and evidence of each finding of a rule, by object."""
    query = "select objet_id, severite, preuve from fct_anomalie where regle_id = $1 and etat = 'ouverte'"
    return {row[0]: (row[1], json.loads(row[2])) for row in marts.execute(query, [rule]).fetchall()}


def test_the_two_agreements_of_the_gironde_mixed_plus_and_plai_when_it_was_allowed(marts: Marts) -> None:
    """421328 (signed in 1998) and 423085 (1993) hold a PLUS and a PLAI lot, long before the notice of 8 February 2024."""
    found = findings(marts, "FIN-002")

    assert {key: (severity, proof["date_signature"]) for key, (severity, proof) in found.items()} == {
        "ecoloweb:421328": ("information", "1998-11-26"),
        "ecoloweb:423085": ("information", "1993-07-01"),
    }
    assert {proof["parametres"]["mixte_interdit_du"] for _, proof in found.values()} == {"2024-02-08"}


def test_the_code_of_bordeaux_is_no_insee_code(marts: Marts) -> None:
    """The commune 113003 is coded A3063; its SIREN, 213300635, leads to 33063."""
    ((key, (severity, proof)),) = findings(marts, "GEO-001").items()

    assert (key, severity) == ("ecoloweb:113003", "anomalie")
    assert (proof["code_source"], proof["code_commune"], proof["conventions"]) == ("A3063", "33063", ["ecoloweb:423085"])


def test_aquitaine_is_a_region_of_before_2016_and_brittany_is_not(marts: Marts) -> None:
    """The agreements of the Gironde stand in region 72, that of the Finistère in region 53, which kept its code."""
    assert [proof["code_source"] for _, proof in findings(marts, "GEO-004").values()] == ["72"]


def test_the_agreement_of_the_finistere_changed_its_financing_only_after_a_skeleton(marts: Marts) -> None:
    """456142: PLUS in its one-day first row, which knows no dwelling, then PLAI: the skeleton of a take-over, no change."""
    assert findings(marts, "FIN-010") == {}


def test_the_terms_of_the_sample_are_long_enough_and_end_on_30_june(marts: Marts) -> None:
    """32, 32 and 40 years from the effect to the first term, all of them a 30 June, none of them passed."""
    for rule in ("DUR-001", "DUR-007", "DUR-008", "DUR-009", "DUR-010", "DUR-011", "DUR-013", "DUR-017"):
        assert findings(marts, rule) == {}, rule


def test_the_three_agreements_bear_a_convention_type_that_another_had_replaced(marts: Marts) -> None:
    """A type of 1985 signed in 1993 and 1998, that of 90-151 there since 1990; one of 1999 signed in 2006, those of May 2002 there.

    All three were taken over from an older system, whose types were filled in afterwards: information.
    """
    found = findings(marts, "TYP-009")

    assert {key: (severity, proof["date_remplacement_type"]) for key, (severity, proof) in found.items()} == {
        "ecoloweb:421328": ("information", "1990-02-16"),
        "ecoloweb:423085": ("information", "1990-02-16"),
        "ecoloweb:456142": ("information", "2002-05-03"),
    }


def test_the_two_owners_have_letters_for_identifiers(marts: Marts) -> None:
    """The sample hides them: xxxx02901 and xxxx03301. One finding each, which says why no key could be checked."""
    found = findings(marts, "IDE-005")

    assert {key: (severity, proof["code_siren_source"]) for key, (severity, proof) in found.items()} == {
        "ecoloweb:100189": ("anomalie", "xxxx02901"),
        "ecoloweb:100385": ("anomalie", "xxxx03301"),
    }


def test_the_two_owners_are_named_in_small_letters_and_without_legal_form(marts: Marts) -> None:
    """An office and a company, called « Douarnenez Bailleur » and « Bordeaux Bailleur » to hide who they are."""
    found = findings(marts, "IDE-006")

    assert {key: (severity, proof["nom"]) for key, (severity, proof) in found.items()} == {
        "ecoloweb:100189": ("a_verifier", "Douarnenez Bailleur"),
        "ecoloweb:100385": ("a_verifier", "Bordeaux Bailleur"),
    }


def test_nothing_else_is_found(marts: Marts) -> None:
    counted = marts.execute("select regle_id, count(*) from fct_anomalie group by regle_id order by regle_id").fetchall()
    assert counted == [
        ("FIN-002", 2),
        ("GEO-001", 1),
        ("GEO-004", 1),
        ("IDE-005", 2),
        ("IDE-006", 2),
        ("TYP-009", 3),
    ]


@pytest.mark.parametrize("severity", ["non_reglementaire"])
def test_no_agreement_of_the_sample_is_against_the_law(marts: Marts, severity: str) -> None:
    assert marts.execute("select count(*) from fct_anomalie where severite = $1", [severity]).fetchone() == (0,)

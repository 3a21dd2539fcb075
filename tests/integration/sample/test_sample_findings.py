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


def test_the_first_amendment_of_each_agreement_of_the_gironde_has_no_publication(marts: Marts) -> None:
    """Both signed in 2017. An attachment of 421328 tells that its own was published on 16 August 2017, but the date was never
    typed in; nothing tells that of 423085. The second amendments, of 2021, give their dates and references."""
    found = findings(marts, "AVE-012")

    assert {
        key: (severity, proof["date_signature"], proof["date_publication_citee"]) for key, (severity, proof) in found.items()
    } == {
        "ecoloweb:277506": ("a_verifier", "2017-06-28", "2017-08-16"),
        "ecoloweb:277732": ("a_verifier", "2017-07-17", None),
    }


def test_no_amendment_has_a_type_but_the_description_of_its_period_names_it(marts: Marts) -> None:
    """The delivery holds not one row of amendment types. Ecoloweb quotes the label of the type where it describes the period."""
    found = findings(marts, "AVE-004")

    assert {key: proof["descriptif_periode"].split(",")[0] for key, (_, proof) in found.items()} == {
        "ecoloweb:277506": 'Avenant "Travaux',
        "ecoloweb:277732": 'Avenant "Travaux',
        "ecoloweb:277733": 'Avenant "Mutation',
        "ecoloweb:289414": 'Avenant "Mutation',
    }


def test_the_owner_changed_by_an_amendment_that_says_so(marts: Marts) -> None:
    """100452 then 100385 in 2021, for both agreements of the Gironde: the period is described as a change of owner."""
    assert findings(marts, "AVE-008") == {}


def test_the_terms_were_put_off_by_works_amendments_that_give_the_new_term(marts: Marts) -> None:
    """30 June 2030 to 2036, 30 June 2025 to 2042, in 2017: an amendment for works fixes each new term, and its period bears it."""
    for rule in ("AVE-005", "AVE-006", "AVE-007"):
        assert findings(marts, rule) == {}, rule


def test_the_amendments_are_numbered_one_and_two_after_signed_and_published_agreements(marts: Marts) -> None:
    """The texts name amendments 1 and 2, which are there; both agreements were published before the year 2001."""
    for rule in ("AVE-001", "AVE-003", "AVE-011", "AVE-015"):
        assert findings(marts, rule) == {}, rule


def test_the_publications_are_late_but_whole_readable_and_each_its_own(marts: Marts) -> None:
    """Published 18, 64 and 45 months after the signature, all of HLM bodies, in force from the signature. The three forms of
    reference give 2000 n° 4992, 1998 n° 8450 and 2010 n° 5506, in the year of the publication. 423085 holds an empty reason of
    refusal and no refusal. Parcels are typed « 0194 », « 84 » and « 8 »."""
    for rule in ("PUB-001", "PUB-002", "PUB-003", "PUB-004", "PUB-005", "PUB-006", "PUB-007", "PUB-008", "PUB-010", "PUB-011"):
        assert findings(marts, rule) == {}, rule


def test_nothing_of_the_sample_hangs_on_nothing(marts: Marts) -> None:
    """Every row leads to its agreement, which has periods, programmes, dwellings, its own instruction and a scanned copy."""
    for rule in ("ORP-001", "ORP-002", "ORP-003", "ORP-006"):
        assert findings(marts, rule) == {}, rule


def test_nothing_else_is_found(marts: Marts) -> None:
    counted = marts.execute("select regle_id, count(*) from fct_anomalie group by regle_id order by regle_id").fetchall()
    assert counted == [("AVE-004", 4), ("AVE-012", 2), ("FIN-002", 2), ("GEO-001", 1), ("GEO-004", 1)]


@pytest.mark.parametrize("severity", ["non_reglementaire"])
def test_no_agreement_of_the_sample_is_against_the_law(marts: Marts, severity: str) -> None:
    assert marts.execute("select count(*) from fct_anomalie where severite = $1", [severity]).fetchone() == (0,)

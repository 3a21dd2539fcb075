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


def test_the_agreement_of_the_finistere_gives_a_reference_that_is_no_number_of_operation(marts: Marts) -> None:
    """456142: « 5161-00044 » is neither a number of GALION nor of the SIAP; the two others give none."""
    ((_, (severity, proof)),) = findings(marts, "AGR-012").items()

    assert (severity, proof["numero_operation"]) == ("information", "5161-00044")


def test_the_terms_of_the_sample_are_long_enough_and_end_on_30_june(marts: Marts) -> None:
    """32, 32 and 40 years from the effect to the first term, all of them a 30 June, none of them passed."""
    for rule in ("DUR-001", "DUR-007", "DUR-008", "DUR-009", "DUR-010", "DUR-011", "DUR-013", "DUR-017"):
        assert findings(marts, rule) == {}, rule


def test_the_ceilings_of_the_sample_are_in_their_unit_and_no_amendment_changed_them(marts: Marts) -> None:
    """Useful area: 3.93 to 4.92 € a month. Corrected area (423085, signed in 1993): 28.92 and 33.70 € a year, no monthly bound.

    Amendment 2 of 421328 took 3.94 € to 3.93 €, and the take-over 4.914956 € to 4.92 €: roundings. No dwelling row, no house.
    """
    for rule in (
        "LOY-002",
        "LOY-003",
        "LOY-004",
        "LOY-005",
        "LOY-006",
        "LOY-007",
        "LOY-008",
        "LOY-009",
        "LOY-013",
        "LOY-014",
        "LOY-017",
    ):
        assert findings(marts, rule) == {}, rule


def test_ten_plai_dwellings_of_bordeaux_keep_none_for_the_prefect(marts: Marts) -> None:
    """423085 kept 25 % of its 25 dwellings; amendment 1 split them: 30 % of 15 PLUS, and nothing typed for 10 PLAI.

    The PLAI lots of 421328 (3 dwellings) and of 456142 (1) are too small for thirty percent to make one.
    """
    ((key, (severity, proof)),) = findings(marts, "MIX-005").items()

    assert (key, severity) == ("ecoloweb:4451457", "a_verifier")
    assert (proof["nb_logements"], proof["reservation_prefecture_pct"], proof["famille_financement"]) == (10, None, "PLAI")


def test_the_dwellings_kept_for_the_prefect_are_what_the_percentage_makes(marts: Marts) -> None:
    """2 of 7 for 25 %, 5 of 15 for 30 %: within one dwelling; 25 % and 5 % for civil servants make thirty."""
    assert findings(marts, "MIX-004") == {}


def test_the_three_agreements_waited_more_than_a_year_for_their_publication(marts: Marts) -> None:
    """18 months from November 1998 to June 2000, 64 from July 1993 to November 1998, 45 from November 2006 to August 2010."""
    assert {key: (severity, proof["date_publication"]) for key, (severity, proof) in findings(marts, "DAT-011").items()} == {
        "ecoloweb:421328": ("a_verifier", "2000-06-05"),
        "ecoloweb:423085": ("a_verifier", "1998-11-03"),
        "ecoloweb:456142": ("a_verifier", "2010-08-30"),
    }


def test_a_signature_that_an_amendment_typed_again_is_not_a_divergence(marts: Marts) -> None:
    """423085 is signed on 16 June 1993 in its first two periods, on 1 July, as its scan says, in those of its amendments."""
    assert findings(marts, "DAT-008") == {}


def test_the_steps_of_the_sample_are_in_order(marts: Marts) -> None:
    """Deposited at the latest the day they are signed, by both parties the same day, then sent and published; periods without gap.

    The CAF had 456142 a year before its publication, and has no date for the two others: they were taken over in 2011.
    """
    for rule in ("DAT-001", "DAT-002", "DAT-003", "DAT-004", "DAT-006", "DAT-009", "DAT-010", "DAT-012", "DAT-013", "DAT-018"):
        assert findings(marts, rule) == {}, rule


def test_the_states_of_the_sample_are_those_that_its_dates_tell(marts: Marts) -> None:
    """Opposable, signed and published, their programmes going on; `estencours` of their last amendments is no open instruction."""
    for rule in ("STA-001", "STA-002", "STA-003", "STA-005", "STA-006"):
        assert findings(marts, rule) == {}, rule


def test_the_number_of_the_finistere_is_of_another_year_than_its_signature(marts: Marts) -> None:
    """« 29 3 08 2009 5600 » for an agreement of 17 November 2006; the two others bear the month they were signed, or deposited."""
    ((key, (severity, proof)),) = findings(marts, "DUP-006").items()

    assert (key, severity) == ("ecoloweb:456142", "a_verifier")
    assert (proof["date_numero"], proof["date_signature"]) == ("2009-08-01", "2006-11-17")


def test_no_agreement_of_the_sample_shares_its_number_its_parcels_or_its_dwellings(marts: Marts) -> None:
    """Three numbers, all of them readable; Bègles, Bordeaux and Douarnenez."""
    for rule in ("DUP-001", "DUP-003", "DUP-004", "DUP-005", "DUP-007"):
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
    assert dict(counted) == {
        "AGR-012": 1,
        "AVE-004": 4,
        "AVE-012": 2,
        "DAT-011": 3,
        "DUP-006": 1,
        "FIN-002": 2,
        "GEO-001": 1,
        "GEO-004": 1,
        "IDE-005": 2,
        "IDE-006": 2,
        "MIX-005": 1,
        "TYP-009": 3,
    }


@pytest.mark.parametrize("severity", ["non_reglementaire"])
def test_no_agreement_of_the_sample_is_against_the_law(marts: Marts, severity: str) -> None:
    assert marts.execute("select count(*) from fct_anomalie where severite = $1", [severity]).fetchone() == (0,)

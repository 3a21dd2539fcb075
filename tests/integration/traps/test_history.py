"""Lines 1 to 8 of migration-traps.md: the history of an agreement."""

from __future__ import annotations

from datetime import date

import pytest

from tests.integration.traps.parc import Parc, case, eco
from tests.support.command import REFERENCE_DATE
from tests.support.made_delivery import MadeDelivery


@case
def a_mixed_agreement(made: MadeDelivery) -> int:
    convention = made.convention(noreglementaire="33/1/2000/1")
    periode = made.periode(convention)
    made.programme(periode, "1", logementsnombretotal=10)
    made.programme(periode, "3", logementsnombretotal=5)
    return convention


def test_trap_01_a_mixed_agreement_stays_one_row(parc: Parc) -> None:
    convention = parc.of(a_mixed_agreement)
    assert parc.row("select est_mixte, financements, nb_logements from fct_convention where convention_id = ?", convention) == (
        True,
        ["PLAI", "PLUS"],
        15,
    )
    assert parc.value("select count(*) from fct_convention where numero = '33/1/2000/1'") == 1


def test_trap_01_the_financings_of_a_mixed_agreement_are_its_lots(parc: Parc) -> None:
    lots = parc.rows(
        "select financement, nb_logements from fct_lot where convention_id = ? order by financement", parc.of(a_mixed_agreement)
    )
    assert lots == [("PLAI", 5), ("PLUS", 10)]


@case
def an_agreement_of_four_periods(made: MadeDelivery) -> int:
    convention = made.convention()
    made.programme(made.periode(convention, "1998-11-16", "1998-11-16", "INS"), "1", logementsnombretotal=10)
    made.programme(made.periode(convention, "1998-11-17", "2003-12-31"), "3", logementsnombretotal=10)
    made.programme(made.periode(convention, "2004-01-01", "2010-03-31"), "3", logementsnombretotal=10)
    avenant = made.avenant(convention)
    made.programme(made.periode(convention, "2010-04-01", avenant=avenant), "9", logementsnombretotal=10)
    return convention


def test_trap_02_every_period_is_a_version(parc: Parc) -> None:
    versions = parc.rows(
        "select rang, date_debut, date_fin, est_courante, statut from fct_convention_version where convention_id = ? order by rang",
        parc.of(an_agreement_of_four_periods),
    )
    assert versions == [
        (1, date(1998, 11, 16), date(1998, 11, 16), False, "INSTRUCTION"),
        (2, date(1998, 11, 17), date(2003, 12, 31), False, "OPPOSABLE"),
        (3, date(2004, 1, 1), date(2010, 3, 31), False, "OPPOSABLE"),
        (4, date(2010, 4, 1), None, True, "OPPOSABLE"),
    ]


def test_trap_02_the_programmes_of_every_period_are_kept(parc: Parc) -> None:
    convention = parc.of(an_agreement_of_four_periods)
    lots = parc.rows(
        "select lot.financement from fct_lot_version as lot join fct_convention_version using (version_id)"
        " where lot.convention_id = ? order by rang",
        convention,
    )
    assert lots == [("PLUS",), ("PLAI",), ("PLAI",), ("PLS",)]
    assert parc.rows("select financement from fct_lot where convention_id = ?", convention) == [("PLS",)]


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("1998-11-16", []),
        ("1998-11-17", [("PLAI", 10)]),
        ("2010-03-31", [("PLAI", 10)]),
        ("2010-04-01", [("PLS", 10)]),
        (REFERENCE_DATE, [("PLS", 10)]),
    ],
)
def test_trap_02_the_parc_of_a_day_is_what_the_period_of_that_day_held(parc: Parc, day: str, state: list[tuple[str, int]]) -> None:
    in_force = parc.rows(
        f"""select lot.financement, lot.nb_logements_restants
        from fct_convention_version as version join fct_lot_version as lot using (version_id)
        where version.convention_id = ? and '{day}' between date_vigueur_debut and coalesce(date_vigueur_fin, '9999-12-31')""",
        parc.of(an_agreement_of_four_periods),
    )
    assert in_force == state


@case
def an_agreement_prolonged_by_its_period(made: MadeDelivery) -> int:
    convention = made.convention()
    made.periode(convention, "2000-01-01", "2010-03-31", dateexpiration="2030-06-30", dateexpirationinitiale="2030-06-30")
    avenant = made.avenant(convention, nouvelledateexpiration="2050-06-30")
    made.periode(convention, "2010-04-01", avenant=avenant, dateexpiration="2040-06-30", dateexpirationinitiale="2030-06-30")
    return convention


@case
def an_agreement_prolonged_by_its_amendments_only(made: MadeDelivery) -> int:
    convention = made.convention()
    made.avenant(convention, 1, nouvelledateexpiration="2043-06-30")
    made.avenant(convention, 2, nouvelledateexpiration="2045-06-30")
    made.avenant(convention, 3, nouvelledateexpiration="2060-06-30", dateannulation="2012-01-01")
    made.periode(convention, dateexpirationinitiale="2030-06-30")
    return convention


@case
def a_cancelled_agreement_whose_last_period_is_closed(made: MadeDelivery) -> int:
    convention = made.convention()
    made.periode(convention, "2000-01-01", "2015-05-05", "RES", estcourante=True, dateexpiration="2035-06-30")
    return convention


def test_trap_03_the_expiry_is_the_current_period_s_own_field(parc: Parc) -> None:
    dates = "select date_expiration, date_expiration_initiale from fct_convention where convention_id = ?"
    assert parc.row(dates, parc.of(an_agreement_prolonged_by_its_period)) == (date(2040, 6, 30), date(2030, 6, 30))


def test_trap_03_an_absent_expiry_is_that_of_the_last_valid_amendment(parc: Parc) -> None:
    dates = "select date_expiration, date_expiration_initiale from fct_convention where convention_id = ?"
    assert parc.row(dates, parc.of(an_agreement_prolonged_by_its_amendments_only)) == (date(2045, 6, 30), date(2030, 6, 30))


def test_trap_03_the_end_of_a_period_is_no_expiry(parc: Parc) -> None:
    convention = parc.of(a_cancelled_agreement_whose_last_period_is_closed)
    assert parc.row("select statut, date_expiration from fct_convention where convention_id = ?", convention) == (
        "RESILIEE",
        date(2035, 6, 30),
    )
    assert parc.value("select date_fin from fct_convention_version where convention_id = ?", convention) == date(2015, 5, 5)


@case
def an_amendment_of_another_financing(made: MadeDelivery) -> tuple[int, int]:
    convention = made.convention(noreglementaire="33/1/2000/4")
    made.programme(made.periode(convention, "2000-01-01", "2009-12-31"), "1")
    avenant = made.avenant(convention, 1)
    made.programme(made.periode(convention, "2010-01-01", avenant=avenant), "3")
    return convention, avenant


def test_trap_04_an_amendment_of_another_financing_hangs_on_its_agreement(parc: Parc) -> None:
    convention, avenant = parc.of(an_amendment_of_another_financing)
    assert parc.value("select convention_id from fct_avenant where avenant_id = ?", avenant) == eco(convention)
    assert parc.value("select count(*) from fct_convention where numero in ('1', '2')") == 0


def test_trap_04_the_amendment_that_lost_its_parent_in_apilos_is_listed(parc: Parc) -> None:
    convention, _ = parc.of(an_amendment_of_another_financing)
    keys = parc.rows(
        "select financement, numero_avenant, est_reprise, alteration"
        " from rec_apilos where convention_id = ? order by numero_avenant",
        convention,
    )
    assert keys == [("PLUS", 0, True, None), ("PLAI", 1, True, "parent_perdu")]


@case
def an_agreement_abandoned_in_instruction(made: MadeDelivery) -> int:
    convention = made.convention()
    made.programme(made.periode(convention, "2015-01-01", "2015-12-31", "INS", datesignatureprefet="2015-06-30"), "1")
    made.programme(made.periode(convention, "2016-01-01", etat="ANI", datesignatureprefet="2015-06-30"), "1")
    return convention


@case
def an_agreement_abandoned_at_once(made: MadeDelivery) -> int:
    convention = made.convention()
    made.programme(made.periode(convention, "2016-01-01", etat="ANI"), "1")
    return convention


def test_trap_05_an_agreement_abandoned_in_instruction_is_abandoned(parc: Parc) -> None:
    state = "select statut, est_en_vigueur from fct_convention where convention_id = ?"
    assert parc.row(state, parc.of(an_agreement_abandoned_in_instruction)) == ("ABANDONNEE", False)


def test_trap_05_what_the_official_import_makes_of_an_abandoned_agreement_is_listed(parc: Parc) -> None:
    kept = "select est_reprise, motif_exclusion from rec_apilos where convention_id = ?"
    assert parc.row(kept, parc.of(an_agreement_abandoned_in_instruction)) == (True, None)
    assert parc.row(kept, parc.of(an_agreement_abandoned_at_once)) == (False, "abandonnee")


@case
def an_agreement_of_odd_amendments(made: MadeDelivery) -> int:
    convention = made.convention()
    made.programme(made.periode(convention, "2000-01-01", "2000-12-31"))
    zero, one, three = (made.avenant(convention, numero) for numero in (0, 1, 3))
    made.programme(made.periode(convention, "2001-01-01", "2001-12-31", avenant=zero))
    made.programme(made.periode(convention, "2002-01-01", "2002-12-31", avenant=one))
    made.programme(made.periode(convention, "2003-01-01", "2003-12-31", avenant=one))
    made.programme(made.periode(convention, "2004-01-01", avenant=three))
    return convention


def test_trap_06_odd_amendments_are_kept_and_flagged(parc: Parc) -> None:
    avenants = parc.rows(
        "select numero, nb_versions, est_numero_attendu from fct_avenant where convention_id = ? order by numero",
        parc.of(an_agreement_of_odd_amendments),
    )
    assert avenants == [(0, 1, False), (1, 2, True), (3, 1, False)]


def test_trap_06_both_periods_of_one_amendment_are_versions(parc: Parc) -> None:
    periods = (
        "select count(*), count(distinct avenant_id) from fct_convention_version where avenant_id is not null and convention_id = ?"
    )
    assert parc.row(periods, parc.of(an_agreement_of_odd_amendments)) == (4, 3)


@case
def an_agreement_of_plus_and_no_financing(made: MadeDelivery) -> int:
    convention = made.convention()
    periode = made.periode(convention)
    made.programme(periode, "1", logementsnombretotal=8)
    made.programme(periode, "22", logementsnombretotal=3)
    return convention


def test_trap_07_plus_and_no_financing_are_two_lots(parc: Parc) -> None:
    lots = parc.rows(
        "select financement, nb_logements from fct_lot where convention_id = ? order by financement",
        parc.of(an_agreement_of_plus_and_no_financing),
    )
    assert lots == [("PLUS", 8), ("SANS_FINANCEMENT", 3)]


@case
def an_agreement_of_two_communes(made: MadeDelivery) -> int:
    convention = made.convention()
    periode = made.periode(convention)
    made.programme(periode, commune=made.commune("33063"), logementsnombretotal=4)
    made.programme(periode, commune=made.commune("33281"), logementsnombretotal=6)
    return convention


@case
def an_agreement_of_two_owners(made: MadeDelivery) -> tuple[int, int]:
    convention = made.convention()
    periode = made.periode(convention)
    minor, major = made.bailleur(nom="BAILLEUR MINEUR INVENTE"), made.bailleur(nom="BAILLEUR MAJEUR INVENTE")
    made.programme(periode, proprietaire=minor, logementsnombretotal=4)
    made.programme(periode, proprietaire=major, logementsnombretotal=6)
    return convention, major


def test_trap_08_an_agreement_of_two_communes_is_kept_and_flagged(parc: Parc) -> None:
    convention = parc.of(an_agreement_of_two_communes)
    assert parc.row("select code_commune, nb_communes, nb_logements from fct_convention where convention_id = ?", convention) == (
        "33281",
        2,
        10,
    )


def test_trap_08_an_agreement_of_two_owners_is_kept_and_flagged(parc: Parc) -> None:
    convention, major = parc.of(an_agreement_of_two_owners)
    assert parc.row("select bailleur_id, nb_bailleurs, nb_logements from fct_convention where convention_id = ?", convention) == (
        eco(major),
        2,
        10,
    )


def test_trap_08_what_the_official_import_drops_is_listed_with_its_reason(parc: Parc) -> None:
    lost = "select est_reprise, motif_exclusion from rec_apilos where convention_id = ?"
    assert parc.row(lost, parc.of(an_agreement_of_two_communes)) == (False, "multi_commune")
    assert parc.row(lost, parc.of(an_agreement_of_two_owners)[0]) == (False, "multi_bailleur")

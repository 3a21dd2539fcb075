"""Lines 10 and 11 of migration-traps.md: each date from its own column, each amendment with its own content."""

from __future__ import annotations

from datetime import date

import duckdb

from data_contracts.delivery import table_path
from tests.integration.traps.parc import Parc, case
from tests.support.made_delivery import MadeDelivery


@case
def an_amendment_with_its_own_dates(made: MadeDelivery) -> tuple[int, int]:
    convention = made.convention(datedepot="1999-02-01")
    avenant = made.avenant(
        convention,
        types=("5", "R04"),
        datedepot="2009-03-01",
        datesignatureprefet="2009-06-15",
        datepublication="2009-09-30",
        referencepublication="2009 P 123",
        nouvelledateexpiration="2045-06-30",
        description="Prorogation après réhabilitation",
    )
    made.periode(
        convention,
        avenant=avenant,
        datesignatureprefet="1999-05-01",
        datepublication="1999-08-01",
        referencepublication="1999 P 45",
        dateexpiration="2030-06-30",
    )
    return convention, avenant


def test_trap_10_the_dates_of_an_amendment_are_its_own(parc: Parc) -> None:
    _, avenant = parc.of(an_amendment_with_its_own_dates)
    dates = "select date_depot, date_signature, date_publication, reference_publication from fct_avenant where avenant_id = ?"
    assert parc.row(dates, avenant) == (date(2009, 3, 1), date(2009, 6, 15), date(2009, 9, 30), "2009 P 123")


def test_trap_10_an_amendment_keeps_its_types_description_and_new_expiry(parc: Parc) -> None:
    _, avenant = parc.of(an_amendment_with_its_own_dates)
    content = "select types, description, date_expiration_nouvelle from fct_avenant where avenant_id = ?"
    assert parc.row(content, avenant) == (["5", "R04"], "Prorogation après réhabilitation", date(2045, 6, 30))


def test_trap_10_an_amendment_never_overwrites_the_dates_of_its_agreement(parc: Parc) -> None:
    convention, _ = parc.of(an_amendment_with_its_own_dates)
    dates = parc.row(
        "select date_depot, date_signature, date_publication, reference_publication, date_expiration"
        " from fct_convention where convention_id = ?",
        convention,
    )
    assert dates == (date(1999, 2, 1), date(1999, 5, 1), date(1999, 8, 1), "1999 P 45", date(2030, 6, 30))


@case
def an_agreement_with_every_date(made: MadeDelivery) -> tuple[int, int]:
    convention = made.convention(datedepot="2000-02-01", datesaisie="2000-03-15")
    periode = made.periode(convention, "2000-04-01", dateenvoihypotheque="2000-07-01", datepublication="2000-09-30")
    return convention, made.programme(periode, datelivraisonlogements="2001-12-01", datemisechantier="2000-05-01")


@case
def an_agreement_with_few_dates(made: MadeDelivery) -> tuple[int, int]:
    convention = made.convention(datesaisie="2000-03-15")
    periode = made.periode(convention, "2000-04-01", datepublication="2000-09-30")
    return convention, made.programme(periode)


def test_trap_11_the_sending_to_publication_is_no_publication(parc: Parc) -> None:
    dates = "select date_envoi_publication, date_publication from fct_convention where convention_id = ?"
    assert parc.row(dates, parc.of(an_agreement_with_every_date)[0]) == (date(2000, 7, 1), date(2000, 9, 30))
    assert parc.row(dates, parc.of(an_agreement_with_few_dates)[0]) == (None, date(2000, 9, 30))


def test_trap_11_the_completion_is_no_period_start(parc: Parc) -> None:
    dates = "select date_livraison, date_mise_en_chantier, date_mise_en_service from fct_lot where lot_id = ?"
    assert parc.row(dates, parc.of(an_agreement_with_every_date)[1]) == (date(2001, 12, 1), date(2000, 5, 1), None)
    assert parc.row(dates, parc.of(an_agreement_with_few_dates)[1]) == (None, None, None)


def test_trap_11_the_entry_in_the_source_is_no_deposit(parc: Parc) -> None:
    dates = "select date_depot, date_saisie from fct_convention where convention_id = ?"
    assert parc.row(dates, parc.of(an_agreement_with_every_date)[0]) == (date(2000, 2, 1), date(2000, 3, 15))
    assert parc.row(dates, parc.of(an_agreement_with_few_dates)[0]) == (None, date(2000, 3, 15))


@case
def dwellings_created_one_day_and_never_known_when(made: MadeDelivery) -> tuple[int, int]:
    programme = made.programme(made.periode(made.convention()))
    return made.logement(programme, datecreation=1_276_000_000_000), made.logement(programme, datecreation=0)


def test_trap_11_a_creation_date_is_the_source_s_and_zero_is_unknown(parc: Parc) -> None:
    dated, undated = parc.of(dwellings_created_one_day_and_never_known_when)
    dwellings = str(table_path(parc.run.home, parc.delivery, "ecolo_logement"))
    query = "select epoch_ms(datecreation) from read_parquet(?) where id in (?, ?) order by id"
    assert duckdb.execute(query, [dwellings, dated, undated]).fetchall() == [(1_276_000_000_000,), (None,)]

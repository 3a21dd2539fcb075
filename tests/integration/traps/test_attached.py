"""Lines 19 and 20 of migration-traps.md: attachments and events."""

from __future__ import annotations

from datetime import date

from tests.integration.traps.parc import Parc, case
from tests.support.made_delivery import MadeDelivery


@case
def an_agreement_with_attachments(made: MadeDelivery) -> int:
    convention = made.convention()
    made.periode(convention, "2000-01-01", "2004-12-31")
    made.periode(convention, "2005-01-01", "2009-12-31")
    made.periode(convention, "2010-01-01")
    made.piece_jointe(convention, "convention.pdf", "1", date="2001-01-01")
    made.piece_jointe(convention, "numerisation_1204", "5", date="2002-01-01")
    return convention


def test_trap_19_an_attachment_is_one_row_with_or_without_an_extension(parc: Parc) -> None:
    attachments = parc.rows(
        "select fichier, type, date from fct_piece_jointe where convention_id = ? order by date",
        parc.of(an_agreement_with_attachments),
    )
    assert attachments == [("convention.pdf", "CONVENTION", date(2001, 1, 1)), ("numerisation_1204", "PHOTO", date(2002, 1, 1))]
    assert (
        parc.value("select nb_pieces_jointes from fct_convention where convention_id = ?", parc.of(an_agreement_with_attachments))
        == 2
    )


UNKNOWN_VALUE = 7_000_001


@case
def a_mixed_agreement_with_events(made: MadeDelivery) -> int:
    convention = made.convention()
    periode = made.periode(convention)
    made.programme(periode, "1")
    made.programme(periode, "3")
    made.add("valeurparamstatic", subtype="TEV", code="77", libelle="Évènement inventé", estgeneresysteme=True)
    made.evenement(convention, "1", "2000-01-01", description="Dossier complet")
    made.evenement(convention, "77", "2000-02-01")
    made.evenement(convention, "1", "2000-03-01", typeevenement_id=UNKNOWN_VALUE)
    return convention


def test_trap_20_an_event_is_one_row_whatever_the_financings(parc: Parc) -> None:
    events = parc.rows(
        "select date from fct_evenement where convention_id = ? order by date", parc.of(a_mixed_agreement_with_events)
    )
    assert events == [(date(2000, 1, 1),), (date(2000, 2, 1),), (date(2000, 3, 1),)]


def test_trap_20_an_unknown_type_of_event_is_kept_as_it_is(parc: Parc) -> None:
    types = parc.rows(
        "select type, type_libelle from fct_evenement where convention_id = ? order by date", parc.of(a_mixed_agreement_with_events)
    )
    assert types[1:] == [("77", "Évènement inventé"), (f"id {UNKNOWN_VALUE}", None)]

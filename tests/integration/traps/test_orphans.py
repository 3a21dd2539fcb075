"""Rows that hang on nothing: each is published or counted, found by a rule, and none stops the publication."""

from __future__ import annotations

from tests.integration.traps.parc import Parc, case, eco
from tests.support.made_delivery import MadeDelivery

DELETED = 8_000_001


@case
def a_row_of_each_table_whose_parent_was_deleted(made: MadeDelivery) -> dict[str, int]:
    return {
        "ecolo_conventiondonneesgenerales": made.periode(DELETED),
        "ecolo_programmelogement": made.programme(DELETED),
        "ecolo_logement": made.logement(DELETED),
        "ecolo_annexe": made.annexe(DELETED, "2", 4),
        "ecolo_infocadastrale": made.parcelle(DELETED, "AB", "194"),
        "ecolo_programmeadresse": made.adresse(DELETED, codepostal="33000"),
        "ecolo_avenant": made.avenant(DELETED),
        "ecolo_piecejointe": made.piece_jointe(DELETED, "avenant.pdf", "4"),
        "ecolo_evenement": made.evenement(DELETED, "1", "2000-01-01"),
    }


@case
def a_row_of_each_table_whose_parent_is_there(made: MadeDelivery) -> dict[str, int]:
    convention = made.convention()
    periode = made.periode(convention)
    programme = made.programme(periode)
    return {
        "ecolo_conventiondonneesgenerales": periode,
        "ecolo_programmelogement": programme,
        "ecolo_logement": made.logement(programme),
        "ecolo_annexe": made.annexe(programme, "2", 4),
        "ecolo_infocadastrale": made.parcelle(programme, "AB", "194"),
        "ecolo_programmeadresse": made.adresse(programme, codepostal="33000"),
        "ecolo_avenant": made.avenant(convention),
        "ecolo_piecejointe": made.piece_jointe(convention, "convention.pdf"),
        "ecolo_evenement": made.evenement(convention, "1", "2000-01-01"),
    }


@case
def an_agreement_without_period(made: MadeDelivery) -> int:
    return made.convention()


def found(parc: Parc, rule: str) -> set[str]:
    return {objet for (objet,) in parc.rows(f"select objet_id from fct_anomalie where regle_id = '{rule}' and etat = 'ouverte'")}


def test_every_row_whose_parent_was_deleted_is_found_orphan_and_no_other(parc: Parc) -> None:
    orphans = parc.of(a_row_of_each_table_whose_parent_was_deleted)
    attached = parc.of(a_row_of_each_table_whose_parent_is_there)

    assert {f"ecoloweb:{table}:{row}" for table, row in orphans.items()} <= found(parc, "ORP-001")
    assert {f"ecoloweb:{table}:{row}" for table, row in attached.items()} & found(parc, "ORP-001") == set()


def test_an_orphan_period_and_an_orphan_amendment_are_published_without_agreement(parc: Parc) -> None:
    orphans = parc.of(a_row_of_each_table_whose_parent_was_deleted)

    periode = "select convention_id from fct_convention_version where version_id = ?"
    assert parc.value(periode, orphans["ecolo_conventiondonneesgenerales"]) is None
    assert parc.value("select convention_id from fct_avenant where avenant_id = ?", orphans["ecolo_avenant"]) is None


def test_what_hangs_on_no_agreement_has_no_key_in_the_official_import(parc: Parc) -> None:
    assert parc.value(f"select count(*) from rec_apilos where cle_apilos like '{DELETED}:%'") == 0


def test_an_agreement_without_period_is_found(parc: Parc) -> None:
    convention = parc.of(an_agreement_without_period)

    assert eco(convention) in found(parc, "ORP-002")
    assert parc.value("select motif from rec_convention where convention_id = ?", convention) == "sans période"

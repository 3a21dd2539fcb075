"""What a decision is: its statuses as people type them, what it demands, and the identifier that its content gives it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from data_contracts.decision import STATUTS, Decision, Statut, auteur, iso, motif, statut
from data_contracts.errors import BadInputError
from tests.support.made_decisions import B, decision


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("à traiter", Statut.A_TRAITER),
        ("A_TRAITER", Statut.A_TRAITER),
        ("Justifié", Statut.JUSTIFIE),
        ("justifie", Statut.JUSTIFIE),
        ("CORRIGÉ", Statut.CORRIGE),
        ("faux-positif", Statut.FAUX_POSITIF),
        ("  Faux\u00a0 positif\n", Statut.FAUX_POSITIF),
        ("justifie\u0301", Statut.JUSTIFIE),
    ],
)
def test_a_status_is_read_whatever_its_accents_capitals_and_joints(typed: str, found: Statut) -> None:
    assert statut(typed) is found


@pytest.mark.parametrize("found", Statut)
def test_a_status_is_read_back_from_its_words_and_from_its_code(found: Statut) -> None:
    assert statut(STATUTS[found]) is found
    assert statut(found.value) is found


@pytest.mark.parametrize("typed", ["", "justifiée peut-être", "fauxpositif", "#REF!"])
def test_another_word_is_refused_with_the_right_ones(typed: str) -> None:
    with pytest.raises(BadInputError, match="choisir à traiter, justifié, corrigé, faux positif"):
        statut(typed)


@pytest.mark.parametrize("typed", [None, "", " \n\t"])
@pytest.mark.parametrize("decided", [Statut.JUSTIFIE, Statut.CORRIGE, Statut.FAUX_POSITIF])
def test_what_closes_a_finding_demands_a_reason(typed: str | None, decided: Statut) -> None:
    with pytest.raises(BadInputError, match="demande un motif"):
        motif(typed, decided)


def test_what_is_left_to_do_needs_no_reason() -> None:
    assert motif(" ", Statut.A_TRAITER) is None


@pytest.mark.parametrize("typed", ["=1+1", "\t-x", " été ", '« a » "b"', "une\nligne", "\u2028𝄞"])
def test_a_reason_is_kept_as_typed(typed: str) -> None:
    assert motif(typed, Statut.JUSTIFIE) == typed


def test_lines_end_the_same_way_whatever_typed_them() -> None:
    assert motif("a\r\nb\rc", Statut.JUSTIFIE) == "a\nb\nc"


@pytest.mark.parametrize("typed", ["a\x00b", "a\x0bb", "a\x7fb", "a\udcffb", "a\uffffb"])
def test_a_reason_that_no_workbook_holds_is_refused(typed: str) -> None:
    with pytest.raises(BadInputError, match="Le motif contient un caractère"):
        motif(typed, Statut.JUSTIFIE)


def test_a_reason_that_no_cell_holds_is_refused_with_its_length() -> None:
    with pytest.raises(BadInputError, match="10001 caractères : 10000 au plus"):
        motif("x" * 10_001, Statut.JUSTIFIE)


def test_an_author_is_demanded_and_cleared_of_blanks() -> None:
    assert auteur(" A. Essai\n") == "A. Essai"
    with pytest.raises(BadInputError, match="PARC_AUTEUR"):
        auteur(" ")


def test_a_decision_is_known_by_its_content_alone() -> None:
    same = replace(decision(), date_decision=decision().date_decision.astimezone(timezone(timedelta(hours=2))))

    assert same.decision_id == decision().decision_id


@pytest.mark.parametrize(
    "other",
    [
        decision(B, empreinte_preuve=decision().empreinte_preuve),
        decision(statut=Statut.CORRIGE),
        decision(motif="autre"),
        decision(auteur="B. Essai"),
        decision(date_decision=decision().date_decision + timedelta(microseconds=1)),
        decision(empreinte_preuve="f" * 16),
    ],
)
def test_any_change_makes_another_decision(other: Decision) -> None:
    assert other.decision_id != decision().decision_id


def test_moments_are_written_in_utc_in_one_form() -> None:
    moment = decision().date_decision.replace(microsecond=0).astimezone(timezone(timedelta(hours=1)))

    assert iso(moment) == "2026-11-03T09:30:15.000000+00:00"

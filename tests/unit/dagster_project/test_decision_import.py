"""What the rows of a file decide: now or when they say, once, on the evidence they show; or every fault they hold."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from dagster_project.decision_files import Row
from dagster_project.decision_import import FaultyRowsError, Outcome, decided, proven, signed
from data_contracts.decision import STATUTS, Decision, Statut, Titre, iso
from data_contracts.decision_register import Register
from tests.support.made_decisions import EVIDENCE, NOW, A, B, decision

CURRENT = decision(date_decision=NOW - timedelta(days=1))
"""« justifié » by A. Essai, yesterday at 10:30:15 in Paris."""
SAME = {Titre.STATUT: "justifié", Titre.MOTIF: "prêt de 9 ans", Titre.AUTEUR: "A. Essai"}


def row(finding: str = A, place: str = "ligne 2", **cells: str | date) -> Row:
    """Make a row: « justifié » with its reason, unless the cells say otherwise."""
    named = {Titre[name]: cell for name, cell in cells.items()}
    return Row(place, {Titre.CONSTAT: finding, Titre.STATUT: "justifié", Titre.MOTIF: "prêt de 9 ans", **named})


def exported(found: Decision) -> Row:
    """Make the row that an export writes of a decision."""
    return Row(
        "ligne 2",
        {
            Titre.DECISION: found.decision_id,
            Titre.CONSTAT: found.anomalie_id,
            Titre.STATUT: STATUTS[found.statut],
            Titre.MOTIF: found.motif or "",
            Titre.AUTEUR: found.auteur,
            Titre.DATE: iso(found.date_decision),
            Titre.EMPREINTE: found.empreinte_preuve,
        },
    )


def judged(*rows: Row, known: Register | None = None) -> Outcome:
    return decided(rows, known or Register(), EVIDENCE, "B. Essai", NOW)


def recorded(*rows: Row, known: Register | None = None) -> list[Decision]:
    return list(judged(*rows, known=known).decisions.values())


def faults(*rows: Row, known: Register | None = None) -> list[str]:
    with pytest.raises(FaultyRowsError) as refused:
        judged(*rows, known=known)
    return list(refused.value.faults)


def test_a_row_decides_now_in_the_name_of_who_hands_it_in_on_the_evidence_of_today() -> None:
    assert recorded(row()) == [decision(auteur="B. Essai")]


def test_a_row_that_shows_its_author_and_its_evidence_is_recorded_as_it_says() -> None:
    assert recorded(row(AUTEUR=" C. Essai ", EMPREINTE="f" * 16)) == [decision(auteur="C. Essai", empreinte_preuve="f" * 16)]


def test_who_signs_for_the_file_signs_the_rows_that_nobody_signed() -> None:
    assert signed(row(AUTEUR=" "), "B. Essai").text(Titre.AUTEUR) == "B. Essai"
    assert signed(row(AUTEUR="C. Essai"), "B. Essai").text(Titre.AUTEUR) == "C. Essai"


@pytest.mark.parametrize(
    "cells",
    [
        {},
        {"AUTEUR": "A. Essai"},
        {"EMPREINTE": EVIDENCE[A]},
        {"DATE": "02/11/2026"},
        {"DATE": date(2026, 11, 2)},
        {"DATE": "02/11/2026 10:30"},
        {"DATE": iso(CURRENT.date_decision)},
    ],
)
def test_a_row_that_says_what_holds_already_adds_nothing(cells: dict[str, str | date]) -> None:
    outcome = judged(row(**cells), known=Register((CURRENT,)))

    assert (outcome.decisions, outcome.known) == ({}, 1)


@pytest.mark.parametrize("cells", [{"STATUT": "corrigé"}, {"MOTIF": "autre"}, {"AUTEUR": "C. Essai"}, {"EMPREINTE": "f" * 16}])
def test_a_row_that_says_something_else_is_recorded(cells: dict[str, str]) -> None:
    [found] = recorded(row(**cells), known=Register((CURRENT,)))

    assert found.date_decision == NOW


def test_a_sheet_that_shows_statuses_without_reasons_may_be_handed_in_as_it_is() -> None:
    bare = Row("ligne 2", {Titre.CONSTAT: A, Titre.STATUT: "justifié"})

    assert judged(bare, known=Register((CURRENT,))).known == 1
    assert faults(bare) == ["ligne 2 : La décision « justifié » demande un motif."]


@pytest.mark.parametrize("old", ["02/11/2026", date(2026, 11, 2), "02/11/2026 à 10h30", iso(CURRENT.date_decision)])
def test_a_date_left_from_the_decision_typed_over_does_not_date_the_new_one(old: str | date) -> None:
    [found] = recorded(row(STATUT="corrigé", DATE=old), known=Register((CURRENT,)))

    assert found.date_decision == NOW


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("01/07/2026", datetime(2026, 6, 30, 22, tzinfo=UTC)),
        ("1/12/2025", datetime(2025, 11, 30, 23, tzinfo=UTC)),
        (date(2026, 7, 1), datetime(2026, 6, 30, 22, tzinfo=UTC)),
        (datetime(2026, 7, 1, 9, 30), datetime(2026, 7, 1, 7, 30, tzinfo=UTC)),  # noqa: DTZ001 - a cell has no zone
        ("01/07/2026 09:30:12", datetime(2026, 7, 1, 7, 30, 12, tzinfo=UTC)),
        ("2026-07-01", datetime(2026, 6, 30, 22, tzinfo=UTC)),
        ("2026-07-01T09:30:12.000345+00:00", datetime(2026, 7, 1, 9, 30, 12, 345, tzinfo=UTC)),
    ],
)
def test_a_date_is_read_as_people_and_spreadsheets_write_it_in_paris(typed: str | date, taken: datetime) -> None:
    [found] = recorded(row(DATE=typed))

    assert found.date_decision == taken


def test_a_decision_older_than_the_one_that_holds_is_recorded_and_told() -> None:
    outcome = judged(row(STATUT="corrigé", DATE="01/07/2026"), known=Register((CURRENT,)))

    assert (len(outcome.decisions), outcome.older) == (1, 1)


def test_a_decision_is_dated_after_the_one_it_replaces() -> None:
    ahead = decision(date_decision=NOW + timedelta(seconds=5))

    [found] = recorded(row(STATUT="corrigé"), known=Register((ahead,)))

    assert found.date_decision == ahead.date_decision + timedelta(microseconds=1)


def test_one_decision_shown_on_two_sheets_is_recorded_once() -> None:
    outcome = judged(row(), row(place="ligne 9"))

    assert (len(outcome.decisions), outcome.known) == (1, 1)


def test_two_decisions_on_one_finding_are_a_fault() -> None:
    assert faults(row(), row(place="ligne 9", STATUT="corrigé")) == [
        f"ligne 9 : Le constat {A} a une autre décision, ligne 2 : n'en garder qu'une."
    ]


def test_the_sheet_where_it_was_changed_wins_over_the_one_where_it_was_not() -> None:
    unchanged, changed = row(), row(STATUT="corrigé")

    assert [found.statut for found in recorded(unchanged, changed, known=Register((CURRENT,)))] == [Statut.CORRIGE]


def test_every_fault_is_told_with_its_place_and_its_reason() -> None:
    told = faults(
        row(place="ligne 2"),
        row(place="ligne 3", STATUT="peut-être"),
        row(place="ligne 4", MOTIF=" "),
        row("", place="ligne 5"),
        row("inconnu", place="ligne 6"),
        row(B, place="ligne 7", EMPREINTE="1,2E+15"),
        row(B, place="ligne 8", DATE="hier"),
        row(B, place="ligne 9", DATE="31/02/2026"),
        row(B, place="ligne 10", DATE="04/11/2026"),
        row(B, place="ligne 11", MOTIF="a\x0bb"),
    )

    assert told == [
        "ligne 3 : « peut-être » n'est pas une décision : choisir à traiter, justifié, corrigé, faux positif.",
        "ligne 4 : La décision « justifié » demande un motif.",
        "ligne 5 : La décision ne dit pas de quel constat.",
        "ligne 6 : Le constat « inconnu » n'est ni dans la publication courante ni dans le registre : vérifier son identifiant.",
        "ligne 7 : « 1,2E+15 » n'est pas une empreinte de preuve : la reprendre du classeur, ou la laisser vide.",
        "ligne 8 : « hier » n'est pas une date : l'écrire JJ/MM/AAAA, ou la laisser vide.",
        "ligne 9 : « 31/02/2026 » n'est pas une date : l'écrire JJ/MM/AAAA, ou la laisser vide.",
        "ligne 10 : La date de la décision est dans le futur.",
        "ligne 11 : Le motif contient un caractère qui ne s'écrit pas dans un classeur : le retaper.",
    ]


def test_an_exported_row_is_the_decision_itself_even_on_a_finding_that_nobody_knows_any_more() -> None:
    found = decision("d" * 24, motif=None, statut=Statut.A_TRAITER)

    assert proven(exported(found)) == found
    assert recorded(exported(found)) == [found]
    assert judged(exported(found), known=Register((found,))).known == 1


@pytest.mark.parametrize("cells", [{"MOTIF": "autre"}, {"AUTEUR": "C. Essai"}, {"STATUT": "corrigé"}, {"DATE": "02/11/2026"}])
def test_an_exported_row_that_was_changed_is_a_row_like_another(cells: dict[str, str]) -> None:
    named = {Titre[name]: cell for name, cell in cells.items()}

    assert proven(Row("ligne 2", {**exported(decision()).cells, **named})) is None

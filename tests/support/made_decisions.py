"""Made decisions, findings and filled files: what the tests of the register of decisions share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from openpyxl import Workbook

from data_contracts.decision import Decision, Statut
from data_contracts.layout import Home
from tests.unit.dagster_project import made

NOW = datetime(2026, 11, 3, 9, 30, 15, 123456, tzinfo=UTC)
A, B, C = (letter * 24 for letter in "abc")
"""Findings of the made publication."""
EVIDENCE = {A: "1" * 16, B: "2" * 16, C: "3" * 16}
TEXTS = st.text(
    st.sampled_from([*"=+-@'\"\t\n;,é«»", "\u00a0", "\u202f", "\u2028", "𝄞"])
    | st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"),
    max_size=12,
)
"""What people type, and what spreadsheets take for something else."""


def decision(finding: str = A, **changes: Any) -> Decision:  # noqa: ANN401 - the fields of a decision
    """Make a decision."""
    fields = {"statut": Statut.JUSTIFIE, "motif": "prêt de 9 ans", "auteur": "A. Essai", "date_decision": NOW}
    return Decision(finding, **{**fields, "empreinte_preuve": EVIDENCE.get(finding, "0" * 16), **changes})


def decisions() -> st.SearchStrategy[list[Decision]]:
    """Give registers: decisions of any text, several on a finding."""
    reasons = TEXTS.filter(str.strip)
    return st.lists(
        st.builds(
            decision,
            st.sampled_from([A, B, C]),
            statut=st.sampled_from(Statut),
            motif=reasons,
            auteur=TEXTS.map(str.strip).filter(bool),
            date_decision=st.integers(-(10**12), 0).map(lambda ago: NOW + timedelta(microseconds=ago)),
        )
        | st.builds(decision, st.sampled_from([A, B, C]), statut=st.just(Statut.A_TRAITER), motif=st.none()),
        max_size=8,
        unique_by=lambda found: found.decision_id,
    )


def published(home: Home, **evidence: str) -> None:
    """Publish the made findings, with the evidence they have unless another is given."""
    found = {**EVIDENCE, **evidence}
    rows = [
        {"anomalie_id": finding, "etat": "ouverte", "severite": "anomalie", "empreinte_preuve": seen}
        for finding, seen in found.items()
    ]
    made.published(home, {"fct_anomalie": rows})


def workbook(path: Path, *sheets: Sequence[Sequence[Any]]) -> Path:
    """Write a workbook of these rows, sheet after sheet: « F1 », « F2 »…"""
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"F{number}")
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path

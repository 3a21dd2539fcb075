"""What the filled rows of a file decide: the decisions to record, or everything that is wrong with them.

A row decides now, of the evidence that it shows, unless it says when. A file handed in twice, or a sheet that still shows what was
decided before, adds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dagster_project.decision_files import Row
from data_contracts.decision import Decision, Statut, Titre, auteur, iso, motif, statut
from data_contracts.decision_register import Register, following
from data_contracts.errors import SENTENCE_MAX, BadInputError
from data_contracts.plain_text import visible

PARIS = ZoneInfo("Europe/Paris")
"""Where the clock of those who type dates is."""
_EVIDENCE = re.compile(r"[0-9a-f]{16}")
_FRENCH_MOMENT = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:(?: à)? (\d{1,2})[:h](\d{2})(?::(\d{2}))?)?", re.ASCII)

Span = tuple[datetime, datetime]
"""When a decision was taken, as precisely as it is told: from this moment, before that one."""


class FaultyRowsError(BadInputError):
    """Rows that say something wrong: where and why, one sentence each."""

    def __init__(self, faults: Sequence[str]) -> None:
        """Keep the sentences, in the order of the rows."""
        super().__init__("\n".join(faults))
        self.faults = [visible(fault, SENTENCE_MAX) for fault in faults]


@dataclass
class Outcome:
    """What a file decides."""

    decisions: dict[str, Decision] = field(default_factory=dict)
    """To record, by identifier."""
    known: int = 0
    """Rows that say what is recorded already, or what another row says."""
    older: int = 0
    """Decisions to record that an earlier one, taken later, keeps from holding."""


@dataclass(frozen=True)
class _Given:
    """What a row says; None where it says nothing."""

    anomalie_id: str
    statut: Statut
    motif: str | None
    """Empty when its cell is; None when the sheet has no such column."""
    auteur: str | None
    empreinte: str | None
    span: Span | None

    def agrees_with(self, decision: Decision) -> bool:
        """Tell whether a decision says all that this row does."""
        return (
            self.statut is decision.statut
            and (self.motif is None or motif(self.motif, Statut.A_TRAITER) == decision.motif)
            and self.auteur in {None, decision.auteur}
            and self.empreinte in {None, decision.empreinte_preuve}
        )


def proven(row: Row) -> Decision | None:
    """Return the decision that an export of the register wrote in a row, None when the row is another or was changed since."""
    try:
        given, written = _given(row), row.text(Titre.DATE) or ""
        decision = Decision(
            anomalie_id=given.anomalie_id,
            statut=given.statut,
            motif=motif(given.motif, given.statut),
            auteur=given.auteur or "",
            date_decision=datetime.fromisoformat(written),
            empreinte_preuve=given.empreinte or "",
        )
        is_whole = iso(decision.date_decision) == written and decision.decision_id == row.text(Titre.DECISION)
    except (ValueError, BadInputError):
        return None
    return decision if is_whole else None


def finding(row: Row) -> str:
    """Return the identifier of the finding that a row decides on, empty when it names none."""
    return (row.text(Titre.CONSTAT) or "").strip()


def is_signed(row: Row) -> bool:
    """Tell whether a row says who decided."""
    return bool((row.text(Titre.AUTEUR) or "").strip())


def signed(row: Row, author: str) -> Row:
    """Return a row signed by `author`, unless somebody signed it already."""
    return row if is_signed(row) else replace(row, cells={**row.cells, Titre.AUTEUR: author})


def unknown(anomalie_id: str) -> str:
    """Say that a finding was never published."""
    return f"Le constat « {anomalie_id} » n'est ni dans la publication courante ni dans le registre : vérifier son identifiant."


def decided(rows: Iterable[Row], register: Register, evidence: Mapping[str, str], author: str, now: datetime) -> Outcome:
    """Return what the rows decide: `author` speaks for those that name nobody, `evidence` (by finding) for those that show none.

    Raises FaultyRowsError with every fault of every row.
    """
    outcome, faults = Outcome(), []
    fresh: dict[str, tuple[str, Decision]] = {}
    for row in rows:
        try:
            decision = proven(row)
            if decision is None:
                decision = _new(_given(row), register, evidence, author, now)
                if decision is not None and decision.date_decision == now:
                    _check_alone(decision, *fresh.setdefault(decision.anomalie_id, (row.place, decision)))
                    decision = following(decision, register.current.get(decision.anomalie_id))
        except BadInputError as error:
            faults.append(f"{row.place} : {error}")
            continue
        if decision is None or decision.decision_id in register.ids or decision.decision_id in outcome.decisions:
            outcome.known += 1
            continue
        outcome.decisions[decision.decision_id] = decision
        current = register.current.get(decision.anomalie_id)
        outcome.older += current is not None and current.date_decision > decision.date_decision
    if faults:
        raise FaultyRowsError(faults)
    return outcome


def _check_alone(decision: Decision, place: str, other: Decision) -> None:
    """Refuse two decisions on one finding at one instant: nothing says which one holds."""
    if decision != other:
        raise BadInputError(f"Le constat {decision.anomalie_id} a une autre décision, {place} : n'en garder qu'une.")


def _new(given: _Given, register: Register, evidence: Mapping[str, str], author: str, now: datetime) -> Decision | None:
    """Return the decision of a row, None when it is recorded already. It is dated `now` when the row does not say when."""
    current = register.current.get(given.anomalie_id)
    if current is not None and given.agrees_with(current):
        return None
    taken = now
    if given.span is not None:
        start, end = given.span
        if start > now:
            raise BadInputError("La date de la décision est dans le futur.")
        then = [known for known in register.of(given.anomalie_id) if start <= known.date_decision < end]
        if any(given.agrees_with(known) for known in then):
            return None
        # The date of a decision that is there already was left in the row when another was typed over it.
        taken = now if then else start
    if given.anomalie_id not in evidence:
        raise BadInputError(unknown(given.anomalie_id))
    return Decision(
        anomalie_id=given.anomalie_id,
        statut=given.statut,
        motif=motif(given.motif, given.statut),
        auteur=given.auteur or author,
        date_decision=taken,
        empreinte_preuve=given.empreinte or evidence[given.anomalie_id],
    )


def _given(row: Row) -> _Given:
    if not finding(row):
        raise BadInputError("La décision ne dit pas de quel constat.")
    shown = (row.text(Titre.EMPREINTE) or "").strip()
    if shown and not _EVIDENCE.fullmatch(shown):
        raise BadInputError(f"« {shown} » n'est pas une empreinte de preuve : la reprendre du classeur, ou la laisser vide.")
    return _Given(
        anomalie_id=finding(row),
        statut=statut(row.text(Titre.STATUT) or ""),
        motif=row.text(Titre.MOTIF),
        auteur=auteur(row.text(Titre.AUTEUR) or "") if is_signed(row) else None,
        empreinte=shown or None,
        span=_span(row.cells.get(Titre.DATE, "")),
    )


def _span(cell: str | date) -> Span | None:
    """Read a date as Excel, people or this project write it; the hour or the seconds that it leaves unsaid make its length."""
    if isinstance(cell, str) and not cell.strip():
        return None
    try:
        moment = cell if isinstance(cell, date) else _typed(cell.strip())
        if not isinstance(moment, datetime) or (moment.tzinfo is None and moment.time() == time.min):
            return _midnight(moment), _midnight(moment + timedelta(days=1))
        told = (moment if moment.tzinfo else moment.replace(tzinfo=PARIS)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadInputError(f"« {cell} » n'est pas une date : l'écrire JJ/MM/AAAA, ou la laisser vide.") from None
    step = timedelta(microseconds=1) if told.microsecond else timedelta(seconds=1) if told.second else timedelta(minutes=1)
    return told, told + step


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=PARIS).astimezone(UTC)


def _typed(text: str) -> date:
    french = _FRENCH_MOMENT.fullmatch(text)
    if french is None:
        return datetime.fromisoformat(text)
    day, month, year, hour, minute, second = (int(part or 0) for part in french.groups())
    return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - the caller knows where the clock is

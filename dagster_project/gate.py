"""The gate: decides, from the checks recorded by this run only, whether it may be published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dagster_project.checks.control import Control, ControlId
from data_contracts.errors import RefusedError

SENTENCES_SHOWN = 10


@dataclass(frozen=True)
class Verdict:
    """What stands against a publication: the blocking checks that failed, and the expected ones that never ran."""

    failed: tuple[Control, ...]
    missing: tuple[ControlId, ...]

    @property
    def is_open(self) -> bool:
        """True when the run may be published."""
        return not self.failed and not self.missing


def judge(expected: Iterable[ControlId], recorded: Iterable[Control]) -> Verdict:
    """Compare the checks that had to run with those that did."""
    done = tuple(recorded)
    known = {control.id for control in done}
    return Verdict(
        failed=tuple(control for control in done if control.is_blocking),
        missing=tuple(identity for identity in expected if identity not in known),
    )


def enforce(expected: Iterable[ControlId], recorded: Iterable[Control]) -> None:
    """Raise RefusedError, with a French sentence for each reason, unless the run may be published."""
    verdict = judge(expected, recorded)
    if not verdict.is_open:
        raise RefusedError(refusal(verdict))


def refusal(verdict: Verdict) -> str:
    """Say why nothing is published: first the failed checks with their keys, then the missing ones."""
    reasons = [_failed(control) for control in verdict.failed] + [_missing(identity) for identity in verdict.missing]
    shown = reasons[:SENTENCES_SHOWN]
    if len(reasons) > len(shown):
        shown.append(f"… et {len(reasons) - len(shown)} autres.")
    return "\n".join(
        [f"Publication refusée par {_count(reasons)} ; la publication courante ne change pas.", *(f"  - {line}" for line in shown)]
    )


def _count(reasons: Sequence[str]) -> str:
    return "1 contrôle bloquant" if len(reasons) == 1 else f"{len(reasons)} contrôles bloquants"


def _failed(control: Control) -> str:
    measure = f" : {control.observe} au lieu de {control.attendu}" if control.observe is not None else ""
    message = f" ({control.message})" if control.message else ""
    keys = f" ; clés : {', '.join(control.cles)}" if control.cles else ""
    return f"{control.famille} {control.objet}, {control.nom}{measure}{message}{keys}."


def _missing(identity: ControlId) -> str:
    return f"{identity.famille} {identity.objet}, {identity.nom} : contrôle attendu qui n'a pas été exécuté."

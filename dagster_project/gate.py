"""The gate: decides, from the checks recorded by this run only, whether it may be published, and says why it may not.

A refusal fits one screen: by person whose turn it is, what failed, how many, the first keys, what to do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dagster_project import french
from dagster_project.checks.control import Control, ControlId, Family
from data_contracts.errors import RefusedError
from data_contracts.product_contract import ADMINISTRATOR

LINES, WIDTH = 24, 100
"""The screen: a longer line is cut, all but the path of the pages, which must be copied whole."""
KEYS_SHOWN = 5
GROUPS_SHOWN = 4
_AROUND = 3
"""Lines of the verdict, of the pages and of what would force the publication."""
_GROUP = 3
"""Lines of a group beside its reasons: whose turn, how many others, what to do."""
_REASON = 2
"""Lines of a reason."""
ACTIONS = {
    Family.CONTRAT_SOURCE: "corriger la livraison et l'importer de nouveau, ou écarter ces lignes (« parc quarantaine »)",
    Family.CONTRAT_PRODUIT: "corriger le modèle, jamais le contrôle, puis « parc run »",
    Family.DBT: "corriger le modèle, jamais le contrôle, puis « parc run »",
    Family.DERIVE: "vérifier la livraison avec qui l'envoie, puis l'importer de nouveau",
    Family.FRAICHEUR: "demander une livraison récente, puis l'importer",
    Family.RECONCILIATION: "chercher où ces lignes se sont perdues avant de rien publier",
}
NEVER_RAN = "relancer « parc run » ; si rien ne change, une étape a été retirée : le signaler"
OF_CONTRACTS = frozenset({Family.CONTRAT_SOURCE, Family.CONTRAT_PRODUIT, Family.DERIVE, Family.FRAICHEUR})
"""Families whose objects are answered for in a contract; the administrator of the data answers for the others."""

Responsable = Callable[[str], str]
"""Gives who answers for an object."""


@dataclass(frozen=True)
class Verdict:
    """What stands against a publication: the blocking checks that failed, and the expected ones that never ran."""

    failed: tuple[Control, ...]
    missing: tuple[ControlId, ...]

    @property
    def is_open(self) -> bool:
        """True when the run may be published."""
        return not self.failed and not self.missing

    @property
    def may_be_forced(self) -> bool:
        """True when whoever forces knows what they publish: everything was measured."""
        return not self.missing and all(control.is_measured for control in self.failed)


def judge(expected: Iterable[ControlId], recorded: Iterable[Control]) -> Verdict:
    """Compare the checks that had to run with those that did."""
    done = tuple(recorded)
    known = {control.id for control in done}
    return Verdict(
        failed=tuple(control for control in done if control.is_blocking),
        missing=tuple(identity for identity in expected if identity not in known),
    )


def enforce(verdict: Verdict, responsable: Responsable, pages: Path, *, forced: bool = False) -> None:
    """Raise RefusedError, with all that `refusal` says, unless the run may be published, by itself or because it is forced."""
    if not (verdict.is_open or (forced and verdict.may_be_forced)):
        raise RefusedError(refusal(verdict, responsable, pages))


@dataclass(frozen=True)
class _Reason:
    what: str
    found: str


def refusal(verdict: Verdict, responsable: Responsable, pages: Path) -> str:
    """Say why nothing is published, in `LINES` lines. `pages` is the first page of the Data Docs of the run."""
    groups = _by_turn(verdict, responsable)
    shown = dict(list(groups.items())[:GROUPS_SHOWN])
    quota = max(1, (LINES - _AROUND - _GROUP * len(shown)) // (_REASON * len(shown)))
    lines = [f"Publication refusée : {_count(verdict)} ; la publication courante ne change pas."]
    for (person, action), reasons in shown.items():
        lines += _turn(person, action, reasons, quota)
    hidden = sum(len(reasons) for reasons in groups.values()) - sum(len(reasons) for reasons in shown.values())
    lines.append(_forcing(verdict, hidden))
    return "\n".join([*map(_cut, lines), f"Chaque contrôle, avec ses clés : {pages}"])


def _by_turn(verdict: Verdict, responsable: Responsable) -> Mapping[tuple[str, str], Sequence[_Reason]]:
    """Group the reasons by person and by what they must do, in the order they were found."""
    groups: dict[tuple[str, str], list[_Reason]] = defaultdict(list)
    for control in verdict.failed:
        person = responsable(control.objet) if control.famille in OF_CONTRACTS else ADMINISTRATOR
        groups[person, ACTIONS[control.famille]].append(_failed(control))
    absent: dict[str, list[ControlId]] = defaultdict(list)
    for identity in verdict.missing:
        absent[identity.objet].append(identity)
    for objet, identities in absent.items():
        groups[ADMINISTRATOR, NEVER_RAN].append(_missing(objet, identities))
    return groups


def _turn(person: str, action: str, reasons: Sequence[_Reason], quota: int) -> Iterator[str]:
    yield f"{person} :"
    for reason in reasons[:quota]:
        yield f"  - {reason.what}"
        yield f"    {reason.found}"
    if len(reasons) > quota:
        yield f"  … et {french.count(len(reasons) - quota, 'autre')}."
    yield f"  → {action}."


def _count(verdict: Verdict) -> str:
    failed, missing = len(verdict.failed), len(verdict.missing)
    parts = []
    if failed:
        parts.append(french.count(failed, "contrôle bloquant rompu", "contrôles bloquants rompus"))
    if missing:
        parts.append(french.count(missing, "contrôle attendu non exécuté", "contrôles attendus non exécutés"))
    return ", ".join(parts)


def _failed(control: Control) -> _Reason:
    keys = f" ; clés : {', '.join(control.cles[:KEYS_SHOWN])}" if control.cles else ""
    more = ", …" if len(control.cles) > KEYS_SHOWN else ""
    found = (
        f"{french.value(control.observe)} au lieu de {french.value(control.attendu)}" if control.is_measured else control.observe
    )
    return _Reason(f"{control.objet}, {control.nom} : {control.message}", f"{found}{keys}{more}")


def _missing(objet: str, identities: Sequence[ControlId]) -> _Reason:
    names = ", ".join(identity.nom for identity in identities[:KEYS_SHOWN])
    more = ", …" if len(identities) > KEYS_SHOWN else ""
    return _Reason(f"{objet} : {french.count(len(identities), 'contrôle non exécuté', 'contrôles non exécutés')}", f"{names}{more}")


def _forcing(verdict: Verdict, hidden: int) -> str:
    others = f"{french.count(hidden, 'autre contrôle', 'autres contrôles')} plus loin. " if hidden else ""
    if verdict.may_be_forced:
        return f'{others}Publier malgré tout, l\'infraction montrée partout : parc run --force --motif "…"'
    return f"{others}« parc run --force » n'y peut rien : ce qui n'a pas été mesuré ne se publie pas."


def _cut(line: str) -> str:
    return line if len(line) <= WIDTH else f"{line[: WIDTH - 1]}…"

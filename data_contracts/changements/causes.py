"""Why something changed between two runs, decided from their manifests alone.

What two runs do not share is a candidate; the closest to the thing that changed is chosen. An agreement follows its delivery. A
finding follows it too where its agreement changed; elsewhere its rule comes first, then the parameters that it reads, then the
reference date when it reads one, then the delivery, and the code last. What silences a rule counts as much as the rule itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from data_contracts import words
from data_contracts.words import SOURCES

NO_RULE = ""
"""What stands for the rule where an agreement changed."""


class Cause(StrEnum):
    """What a change comes from."""

    LIVRAISON = "livraison"
    REGLE = "regle"
    PARAMETRE = "parametre"
    DATE_REFERENCE = "date_reference"
    CODE = "code"


@dataclass(frozen=True)
class Why:
    """A cause and its French sentence."""

    cause: Cause
    detail: str


@dataclass(frozen=True)
class Comparison:
    """Two runs, by their manifests."""

    before: Mapping[str, Any]
    after: Mapping[str, Any]

    def rows(self) -> Iterator[dict[str, Any]]:
        """Give the rows of `cause_changement`: every rule, source and state of the agreement that the runs may show."""
        sources = sorted({*_deliveries(self.before), *_deliveries(self.after)})
        for source in sources:
            yield _row(NO_RULE, source, self.of_agreement(source), is_touched=True)
            for rule in sorted({*_rules(self.before), *_rules(self.after)}):
                for is_touched in (False, True):
                    yield _row(rule, source, self.of_finding(rule, source, is_touched=is_touched), is_touched=is_touched)

    def of_agreement(self, source: str) -> Why:
        """Say why an agreement of a source changed."""
        return self._delivered(source) or self._delivered(*self._deliveries) or self._code or self._date or self._unversioned

    def of_finding(self, rule: str, source: str, *, is_touched: bool) -> Why:
        """Say why a finding of a rule on an object of a source changed; `is_touched` when its agreement did as well."""
        read = (source, *self._crossed(rule))
        return (
            (self._delivered(*read) if is_touched else None)
            or self._rule(rule)
            or self._parameter(rule)
            or (self._date if self._reads_date(rule) else None)
            or self._delivered(*read)
            or self.of_agreement(source)
        )

    @cached_property
    def _deliveries(self) -> dict[str, str]:
        """What is said of each source whose delivery is not the same."""
        before, after = _deliveries(self.before), _deliveries(self.after)
        return {
            source: _about_delivery(source, before.get(source), after.get(source))
            for source in sorted({*before, *after})
            if _identity(before.get(source)) != _identity(after.get(source))
        }

    def _delivered(self, *sources: str) -> Why | None:
        said = [self._deliveries[source] for source in dict.fromkeys(sources) if source in self._deliveries]
        return Why(Cause.LIVRAISON, " ; ".join(said)) if said else None

    def _rule(self, rule: str) -> Why | None:
        said = [text for name in self._concerned(rule) if (text := self._about_rule(name))]
        return Why(Cause.REGLE, " ; ".join(said)) if said else None

    def _about_rule(self, name: str) -> str | None:
        before, after = _rules(self.before).get(name), _rules(self.after).get(name)
        if before is None or after is None:
            return None if before is after else f"règle {name} {'ajoutée' if before is None else 'retirée'}"
        if before["version"] != after["version"]:
            return f"règle {name} passée de la version {before['version']} à {after['version']}"
        return f"règle {name} réécrite sans changer de version" if before["empreinte"] != after["empreinte"] else None

    def _parameter(self, rule: str) -> Why | None:
        names = sorted({name for known in self._states(rule) for name in known["parametres"]})
        before, after = (manifest["droit"]["parametres"] for manifest in (self.before, self.after))
        said = [
            f"paramètre {name} passé de {words.dated(before.get(name))} à {words.dated(after.get(name))}"
            for name in names
            if before.get(name) != after.get(name)
        ]
        return Why(Cause.PARAMETRE, " ; ".join(said)) if said else None

    def _reads_date(self, rule: str) -> bool:
        return any(known["lit_date"] for known in self._states(rule))

    def _crossed(self, rule: str) -> list[str]:
        return sorted({source for known in self._states(rule) for source in known["croise_avec"]})

    def _concerned(self, rule: str) -> list[str]:
        """The rule, then those that silence it."""
        return [rule, *sorted(self._covering.get(rule, set()) - {rule})]

    @cached_property
    def _covering(self) -> dict[str, set[str]]:
        """The rules that silence each rule, in either run."""
        found: dict[str, set[str]] = {}
        for manifest in (self.before, self.after):
            for name, known in _rules(manifest).items():
                for silenced in known["couvre"]:
                    found.setdefault(silenced, set()).add(name)
        return found

    def _states(self, rule: str) -> list[Mapping[str, Any]]:
        """What both manifests say of the rule and of those that silence it."""
        return [
            manifest[name]
            for name in self._concerned(rule)
            for manifest in (_rules(self.before), _rules(self.after))
            if name in manifest
        ]

    @cached_property
    def _code(self) -> Why | None:
        before, after = (manifest["version_code"] for manifest in (self.before, self.after))
        return Why(Cause.CODE, f"code passé de {before} à {after}") if before != after else None

    @cached_property
    def _date(self) -> Why | None:
        before, after = (words.value(manifest["date_reference"]) for manifest in (self.before, self.after))
        return Why(Cause.DATE_REFERENCE, f"date de référence passée du {before} au {after}") if before != after else None

    @property
    def _unversioned(self) -> Why:
        return Why(Cause.CODE, f"code modifié sans nouvelle version ({self.after['version_code']})")


def _row(rule: str, source: str, why: Why, *, is_touched: bool) -> dict[str, Any]:
    return {
        "regle_id": rule,
        "source": source,
        "est_touchee": is_touched,
        "cause": why.cause.value,
        "cause_detail": why.detail,
    }


def _rules(manifest: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    found: Mapping[str, Mapping[str, Any]] = manifest["droit"]["regles"]
    return found


def _deliveries(manifest: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {delivery["source"]: delivery for delivery in manifest["livraisons"]}


def _identity(delivery: Mapping[str, Any] | None) -> tuple[str, str] | None:
    return (delivery["livraison_id"], delivery["contrat_sha256"]) if delivery else None


def _about_delivery(source: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    name = SOURCES.get(source, source)
    if after is None:
        return f"plus de livraison {name}"
    limit = f", limitée aux départements {', '.join(after['departements'])}" if after["departements"] else ""
    kind = "première" if before is None else "nouvelle"
    return f"{kind} livraison {name} du {datetime.fromisoformat(after['recue_le']):%d/%m/%Y}{limit}"

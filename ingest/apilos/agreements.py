"""Turns one agreement of the export into rows of the tables of APiLos. Pure: values come in, rows of text come out.

The export gives public identifiers to agreements alone. Every other key is made here: numbers in the order of the agreements' own,
public identifiers from that of the agreement, so that the same export always gives the same tables.
"""

from __future__ import annotations

import re
import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

Values = Mapping[str, Any]
Key = tuple[str, ...]
Name = TypeVar("Name", str, tuple[str, ...])

AGREEMENT = "conventions_convention"
KIND = "conventions_avenanttype"
KIND_OF_AMENDMENT = "conventions_convention_avenant_types"
PROGRAMME = "programmes_programme"
LOT = "programmes_lot"
OWNER = "bailleurs_bailleur"
OFFICE = "instructeurs_administration"
ORIGIN = "ecoloweb_ecoloreference"
DWELLING = "programmes_logement"
LISTS_OF_A_LOT = {"prets": "conventions_pret", "logements": DWELLING, "type_stationnements": "programmes_typestationnement"}
ANNEXES = "annexes"
ANNEX = "programmes_annexe"
TABLES = frozenset({AGREEMENT, KIND, KIND_OF_AMENDMENT, PROGRAMME, LOT, OWNER, OFFICE, ORIGIN, ANNEX, *LISTS_OF_A_LOT.values()})
"""The tables that an export fills; the others are not in it."""

IDENTIFIER = "uuid"
PARENT = "convention_parent_uuid"
OPERATION = "operation"
LOTS = "lots"
KINDS = "avenant_types"
OWNER_PART = "bailleur"
OFFICE_PART = "administration"
READ_APART = {
    AGREEMENT: {
        *(IDENTIFIER, PARENT, OPERATION, LOTS, KINDS),
        *("numero_convention", "numero_avenant", "convention_date_signature", "depuis_ecoloweb"),
    },
    PROGRAMME: {OWNER_PART, OFFICE_PART},
    LOT: LISTS_OF_A_LOT.keys(),
    DWELLING: {ANNEXES},
}
"""By table, what is not, in the export, a column of that name."""
NUMBERED = re.compile(r"[0-9]{9}|[0-9]{13,14}")
"""A SIREN or a SIRET: what else stands in their place may name a person, and makes no public identifier."""


class FlatRow(NamedTuple):
    """One row of one table."""

    table: str
    values: dict[str, str | None]


class UnreadableError(Exception):
    """An agreement is not of the form that the export gives; its text is a French reason."""


@dataclass
class Numbers:
    """The keys of the agreements, owners, offices and kinds of an export, each in the order of what names it."""

    agreements: Mapping[str, int] = field(default_factory=dict)
    owners: Mapping[Key, int] = field(default_factory=dict)
    offices: Mapping[Key, int] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)
    present: frozenset[str] = frozenset()
    """The agreements that the export holds; an amendment may name another."""


@dataclass
class Survey:
    """What the first reading learns, to number it."""

    agreements: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    owners: set[Key] = field(default_factory=set)
    offices: set[Key] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    columns: dict[str, dict[str, None]] = field(default_factory=dict)
    """By table."""

    def learn(self, agreement: Values) -> None:
        """Take an agreement into account. Raises UnreadableError when it can't be one."""
        operation = part(agreement, OPERATION)
        self.agreements.add(identifier(agreement))
        self.named.update(filter(None, [parent(agreement)]))
        self.kinds.update(kinds(agreement))
        self._meet(AGREEMENT, [agreement])
        self._meet(PROGRAMME, [operation])
        if owner := part(operation, OWNER_PART):
            self._meet(OWNER, [owner])
            self.owners.add(owner_key(owner))
        if office := part(operation, OFFICE_PART):
            self._meet(OFFICE, [office])
            self.offices.add(office_key(office))
        lots = items(agreement, LOTS)
        self._meet(LOT, lots)
        for lot in lots:
            for name, table in LISTS_OF_A_LOT.items():
                self._meet(table, items(lot, name))
            for dwelling in items(lot, "logements"):
                self._meet(ANNEX, items(dwelling, ANNEXES))

    def _meet(self, table: str, entries: Iterable[Values]) -> None:
        """Read every value, so that none fails later, and keep the names of the columns, in the order they are met."""
        for entry in entries:
            self.columns.setdefault(table, {}).update(dict.fromkeys(leaves(entry, READ_APART.get(table, ()))))

    def numbers(self) -> Numbers:
        """Return the key of everything met."""
        return Numbers(
            _ranks(self.agreements | self.named),
            _ranks(self.owners),
            _ranks(self.offices),
            _ranks(self.kinds),
            frozenset(self.agreements),
        )


@dataclass
class Writer:
    """Gives the rows of each agreement in turn, and numbers what hangs on it."""

    numbers: Numbers
    counters: Counter[str] = field(default_factory=Counter)
    written: set[tuple[str, Key]] = field(default_factory=set)

    def kinds(self) -> Iterator[FlatRow]:
        """Give the list of the kinds of amendment."""
        for name, number in self.numbers.kinds.items():
            yield FlatRow(KIND, {"id": str(number), "nom": name})

    def rows(self, agreement: Values) -> Iterator[FlatRow]:
        """Give the rows of an agreement, those that others point to first."""
        public = identifier(agreement)
        number = str(self.numbers.agreements[public])
        yield from self._operation(part(agreement, OPERATION), agreement, public, number)
        yield self._agreement(agreement, public, number)
        for kind in kinds(agreement):
            yield self._next(KIND_OF_AMENDMENT, {"convention_id": number, "avenanttype_id": str(self.numbers.kinds[kind])})
        if agreement.get("depuis_ecoloweb") is True:
            yield self._next(ORIGIN, {"apilos_model": "conventions.Convention", "apilos_id": number})
        for rank, lot in enumerate(items(agreement, LOTS)):
            yield from self._lot(lot, public, number, rank)

    def _agreement(self, agreement: Values, public: str, number: str) -> FlatRow:
        mother = parent(agreement)
        values = leaves(agreement, READ_APART[AGREEMENT]) | {
            "id": number,
            "uuid": public,
            "parent_id": str(self.numbers.agreements[mother]) if mother else None,
            "programme_id": number,
            "numero": text(agreement.get("numero_avenant" if mother else "numero_convention")),
            # of an amendment, the export gives the signature of the agreement that it amends
            "televersement_convention_signee_le": None if mother else text(agreement.get("convention_date_signature")),
        }
        return FlatRow(AGREEMENT, values)

    def _operation(self, operation: Values, agreement: Values, public: str, number: str) -> Iterator[FlatRow]:
        owner, office = part(operation, OWNER_PART), part(operation, OFFICE_PART)
        mother = parent(agreement)
        values = leaves(operation, READ_APART[PROGRAMME]) | {
            "id": number,
            "uuid": derived(public, "programme"),
            "parent_id": str(self.numbers.agreements[mother]) if mother in self.numbers.present else None,
            "bailleur_id": None,
            "administration_id": None,
        }
        if owner:
            key = owner_key(owner)
            values["bailleur_id"] = str(self.numbers.owners[key])
            yield from self._once(OWNER, key, {"id": values["bailleur_id"], "uuid": owner_identifier(key, public), **leaves(owner)})
        if office:
            key = office_key(office)
            values["administration_id"] = str(self.numbers.offices[key])
            yield from self._once(
                OFFICE, key, {"id": values["administration_id"], "uuid": derived("administration", *key), **leaves(office)}
            )
        yield FlatRow(PROGRAMME, values)

    def _lot(self, lot: Values, public: str, number: str, rank: int) -> Iterator[FlatRow]:
        identity = derived(public, "lot", text(lot.get("financement")) or "", str(rank))
        row = self._next(LOT, leaves(lot, READ_APART[LOT]) | {"uuid": identity, "convention_id": number})
        yield row
        for name, table in LISTS_OF_A_LOT.items():
            for entry in items(lot, name):
                child = self._next(table, leaves(entry, READ_APART.get(table, ())) | {"lot_id": row.values["id"]})
                yield child
                for annex in items(entry, ANNEXES) if table == DWELLING else ():
                    yield self._next(ANNEX, leaves(annex) | {"logement_id": child.values["id"]})

    def _next(self, table: str, values: Mapping[str, str | None]) -> FlatRow:
        self.counters[table] += 1
        return FlatRow(table, {**values, "id": str(self.counters[table])})

    def _once(self, table: str, key: Key, values: dict[str, str | None]) -> Iterator[FlatRow]:
        if (table, key) not in self.written:
            self.written.add((table, key))
            yield FlatRow(table, values)


def identifier(agreement: Values) -> str:
    """Return the public identifier of an agreement, as PostgreSQL writes it."""
    found = _public(agreement, IDENTIFIER)
    if found is None:
        raise UnreadableError("la convention n'a pas d'identifiant (uuid)")
    return found


def parent(agreement: Values) -> str | None:
    """Return the public identifier of the agreement that this one amends; None when it amends none."""
    return _public(agreement, PARENT)


def _public(agreement: Values, name: str) -> str | None:
    given = text(agreement.get(name))
    try:
        return str(uuid.UUID(given)) if given else None
    except ValueError:
        raise UnreadableError(f"« {name} » n'est pas un identifiant public (uuid)") from None


def part(values: Values, name: str) -> Values:
    """Return an object of another one; an empty one when it is not there."""
    found = values.get(name)
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise UnreadableError(f"« {name} » n'est pas un objet")
    return found


def items(values: Values, name: str) -> list[Values]:
    """Return a list of objects; an empty one when it is not there."""
    found = values.get(name)
    if found is None:
        return []
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise UnreadableError(f"« {name} » n'est pas une liste d'objets")
    return found


def kinds(agreement: Values) -> list[str]:
    """Return the kinds of an amendment, each once, sorted."""
    found = agreement.get(KINDS)
    if found is None:
        return []
    if not isinstance(found, list) or not all(isinstance(entry, str) for entry in found):
        raise UnreadableError(f"« {KINDS} » n'est pas une liste de textes")
    return sorted(set(found))


def text(value: object) -> str | None:
    """Return a leaf as text; numbers come in as they are written."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    raise UnreadableError("une valeur simple est remplacée par un objet ou une liste")


def owner_key(owner: Values) -> Key:
    """Return what tells an owner from another: two that differ in anything stay two."""
    return tuple(text(owner.get(name)) or "" for name in ("siret", "siren", "nom"))


def office_key(office: Values) -> Key:
    """Return what tells an office from another."""
    return tuple(text(office.get(name)) or "" for name in ("code", "nom"))


def owner_identifier(key: Key, agreement: str) -> str:
    """Return a public identifier for an owner: from its numbers, else from the first agreement that names it, never from a name."""
    siret, siren, _ = key
    if any(NUMBERED.fullmatch(number) for number in (siret, siren)):
        return derived("bailleur", *(number if NUMBERED.fullmatch(number) else "" for number in (siret, siren)))
    return derived(agreement, "bailleur")


def derived(*parts: str) -> str:
    """Return a public identifier that depends on these parts and on nothing else."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, ":".join(("apilos", *parts))))


def leaves(values: Values, apart: Collection[str] = ()) -> dict[str, str | None]:
    """Return the columns of an object as text, what is read apart left out."""
    return {name: text(value) for name, value in values.items() if name not in apart}


def _ranks(names: set[Name]) -> dict[Name, int]:
    return {name: rank for rank, name in enumerate(sorted(names), start=1)}

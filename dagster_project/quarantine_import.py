"""What a filled correction file asks for: the corrections to record, or everything that is wrong with its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from dagster_project.quarantine_files import FilledRow, as_received, shown
from data_contracts.errors import SENTENCE_MAX, BadInputError
from data_contracts.loader import SOURCES, source_tables
from data_contracts.plain_text import visible
from data_contracts.source_contract import SourceTable
from ingest import proposals
from ingest.corrections import Correction
from ingest.refused import RefusedRow

QUOTED_MAX = 63
"""Characters of a cell that a sentence quotes."""
Values = dict[str, str | None]


@dataclass(frozen=True)
class Signature:
    """Who corrects, when and why."""

    auteur: str
    date: datetime
    motif: str


@dataclass
class Outcome:
    """What a file asks for."""

    corrections: list[Correction] = field(default_factory=list)
    known: int = 0
    """Rows that say what is recorded already."""
    untouched: int = 0
    """Rows left as they were received."""
    faults: list[str] = field(default_factory=list)
    """What is wrong, one sentence a row; nothing may then be recorded."""


@dataclass(frozen=True)
class Quarantine:
    """The rows that the current deliveries had refused, freed ones included."""

    rows: Sequence[RefusedRow]

    def find(self, filled: FilledRow) -> RefusedRow:
        """Return the row that a row of a file corrects. Raises BadInputError when there is none."""
        of_table = [row for row in self.rows if (row.source, row.table) == (filled.source, filled.table)]
        found = next((row for row in of_table if row.empreinte == filled.empreinte), None)
        if found is not None:
            return found
        line, table = (visible(told, QUOTED_MAX) for told in (filled.ligne, filled.table))
        if any(str(row.ligne) == filled.ligne for row in of_table):
            raise BadInputError(
                f"L'empreinte « {visible(filled.empreinte, QUOTED_MAX)} » n'est pas celle de la ligne {line} de {table} "
                "(elle a changé, ou une autre livraison l'a remplacée) : exporter de nouveau."
            )
        raise BadInputError(
            f"La ligne {line} de {visible(filled.source, QUOTED_MAX)} {table} n'est pas en quarantaine : exporter de nouveau."
        )


def corrected(filled: Sequence[FilledRow], quarantine: Quarantine, signature: Signature, contracts: Path = SOURCES) -> Outcome:
    """Return what the rows of a file ask for, or their faults."""
    outcome = Outcome()
    proposed: dict[tuple[str, str], dict[int, tuple[str, RefusedRow, Values]]] = {}
    for one in filled:
        try:
            row = quarantine.find(one)
            contract = source_tables(row.source, contracts)
            values = _changed(one, row, contract)
            same_table = proposed.setdefault((row.source, row.table), {})
        except BadInputError as error:
            outcome.faults.append(_fault(one.place, str(error)))
            continue
        if not values:
            outcome.untouched += 1
        elif row.ligne in same_table:
            outcome.faults.append(
                _fault(one.place, f"La même ligne est déjà corrigée, {same_table[row.ligne][0]} : n'en garder qu'une.")
            )
        elif row.correction is not None and dict(row.correction.valeurs) == values:
            outcome.known += 1
        else:
            same_table[row.ligne] = (one.place, row, values)
    for (source, table), rows in proposed.items():
        if not rows:
            continue
        asked = [(row, values) for _, row, values in rows.values()]
        wrong = proposals.faults(source_tables(source, contracts)[table], asked[0][0].jour, asked)
        outcome.faults += [_fault(rows[line][0], f"{fault}.") for line, fault in wrong.items()]
        outcome.corrections += [_correction(row, values, signature) for row, values in asked]
    return outcome


def _fault(place: str, reason: str) -> str:
    return visible(f"{place} : {reason}", SENTENCE_MAX)


def _changed(filled: FilledRow, row: RefusedRow, contract: Mapping[str, SourceTable]) -> Values:
    """Return the values that differ from those received. Raises BadInputError when one of them may not."""
    locked = proposals.locked_columns(contract, row.table)
    changed: Values = {}
    for name, cell in filled.cells.items():
        if name not in row.recu:
            if shown(None if cell is None else str(cell)).strip():
                raise BadInputError(f"La colonne « {name} » n'est pas de {row.table} : la retirer du fichier.")
            continue
        received = row.recu[name]
        text = as_received(cell, contract[row.table].column(name).type)
        if shown(text) == shown(received) or (isinstance(cell, str) and shown(cell) == shown(received)):
            continue
        if name in locked:
            raise BadInputError(
                f"La colonne « {name} » ne se corrige pas (donnée personnelle, ou ce dont une donnée personnelle dépend) : "
                "remettre sa valeur, et demander une livraison corrigée."
            )
        changed[name] = text
    return changed


def _correction(row: RefusedRow, values: Values, signature: Signature) -> Correction:
    return Correction(
        source=row.source,
        table=row.table,
        empreinte=row.empreinte,
        ligne=row.ligne,
        valeurs=values,
        auteur=signature.auteur,
        date_correction=signature.date,
        motif=signature.motif,
    )

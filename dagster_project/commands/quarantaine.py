"""`parc quarantaine`: the refused rows of the current deliveries, shown, written out to be corrected, taken back and replayed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from dagster_project import french, quarantine_files, quarantine_import
from dagster_project.quarantine_import import Outcome, Quarantine, Signature
from dagster_project.terminal import say, warn, write_json
from data_contracts.author import default_author
from data_contracts.decision import MOTIF_MAX, auteur, writable
from data_contracts.delivery import Delivery, current_deliveries
from data_contracts.errors import BadInputError
from data_contracts.loader import source_tables
from data_contracts.lock import exclusive
from ingest import corrections
from ingest.corrections import Correction
from ingest.proposals import locked_columns
from ingest.refused import RefusedRow, State, refused_rows
from ingest.replay import Replayed, replay

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from data_contracts.layout import Home

FORMAT = 1
"""Version of the JSON form: it grows when a name changes or goes, not when one is added."""
SHOWN = 20
"""Rows that a terminal shows."""
STATES = {
    State.REFUSEE: "refusée",
    State.CORRIGEE: "corrigée, à rejouer",
    State.REFUSEE_CORRIGEE: "refusée malgré sa correction",
    State.LIBEREE: "libérée",
}


@dataclass(frozen=True)
class Chosen:
    """The rows asked for; everything where None."""

    source: str | None = None
    table: str | None = None


def list_rows(home: Home, chosen: Chosen, *, as_json: bool) -> None:
    """Say which rows of the current deliveries are refused, why, and what became of them."""
    read = _deliveries(home, chosen)
    rows = _refused(home, read, chosen)
    if as_json:
        write_json(as_record(read, rows))
        return
    say(lines(rows))


def export(home: Home, chosen: Chosen, path: Path) -> None:
    """Write the correction file of the refused rows. Raises BadInputError when there is none, or for a wrong name."""
    rows = _refused(home, _deliveries(home, chosen), chosen)
    if not rows:
        raise BadInputError("Aucune ligne n'est en quarantaine : rien à écrire.")
    tables = sorted({(row.source, row.table) for row in rows})
    locked = {(source, table): locked_columns(source_tables(source), table) for source, table in tables}
    quarantine_files.write(path, rows, locked)
    count = french.count(len(rows), "ligne refusée écrite", "lignes refusées écrites")
    where = f"{count} dans {path} ({french.count(len(tables), 'table')})."
    say([where, "Suite : corriger le fichier, puis « parc quarantaine liberer »."])


def record(home: Home, path: Path, reason: str, author: str | None) -> None:
    """Record the corrections of a filled file, all of them or none.

    Raises BadInputError for what is not a correction file, and for faulty rows, which are all listed.
    """
    filled = quarantine_files.read(path)
    with exclusive(home, "parc quarantaine liberer"):
        known = _register(home)
        signed = _signature(reason, author)
        rows = _rows(home, current_deliveries(home).values(), known)
        outcome = quarantine_import.corrected(filled, Quarantine(rows), signed)
        if outcome.faults:
            count = french.count(len(outcome.faults), "ligne fautive", "lignes fautives")
            listed = "\n".join(f"  - {fault}" for fault in outcome.faults)
            raise BadInputError(f"Le fichier {path} a {count} ; aucune correction n'est enregistrée :\n{listed}")
        corrections.add(home, outcome.corrections, signed.date)
    say(_recorded(path, outcome))


def withdraw(home: Home, fingerprint: str, reason: str, author: str | None) -> None:
    """Withdraw the correction of a row. Raises BadInputError when no row of the current deliveries has one by this fingerprint."""
    with exclusive(home, "parc quarantaine retirer"):
        known = _register(home)
        signed = _signature(reason, author)
        rows = _rows(home, current_deliveries(home).values(), known)
        found = [row for row in rows if row.empreinte == fingerprint and row.correction]
        if not found:
            raise BadInputError(
                f"Aucune ligne des livraisons courantes n'a l'empreinte « {fingerprint} » et une correction : "
                "« parc quarantaine lister » les montre."
            )
        withdrawn = [
            Correction(row.source, row.table, row.empreinte, row.ligne, {}, signed.auteur, signed.date, signed.motif)
            for row in found
        ]
        corrections.add(home, withdrawn, signed.date)
    places = ", ".join(f"{row.source} {row.table}, ligne {row.ligne}" for row in found)
    say([f"Correction retirée : {places}.", "Suite : « parc quarantaine rejouer »."])


def replay_all(home: Home, source: str | None) -> None:
    """Replay the current delivery of a source, or of each. Raises BadInputError as `replay` does; the sources before are done."""
    with exclusive(home, "parc quarantaine rejouer"):
        done = False
        for name in [source] if source else list(current_deliveries(home)):
            replayed = replay(home, name, now=datetime.now(UTC))
            if replayed is not None:
                done = True
                say([_about(replayed)])
    say(["Suite : « parc run » pour les publier." if done else "Rien de nouveau à rejouer : aucune livraison n'a changé."])


def lines(rows: Sequence[RefusedRow]) -> list[str]:
    """Return what a person reads of refused rows: their counts by reason, then the first of them."""
    if not rows:
        return ["Aucune ligne en quarantaine dans les livraisons courantes."]
    waiting = sum(row.etat is State.CORRIGEE for row in rows)
    said = [
        f"Lignes en quarantaine des livraisons courantes : {french.number(len(rows))}, dont {french.number(waiting)} à rejouer.",
        *(
            f"  {entry['source']} {entry['table']} : {french.count(entry['nb_lignes'], 'ligne')}, {entry['clause']} "
            f"({entry['motif']}), {STATES[State(entry['etat'])]}"
            for entry in _counts(rows)
        ),
        "Premières lignes :" if len(rows) > SHOWN else "Lignes :",
        *(f"  {_row_line(row)}" for row in rows[:SHOWN]),
    ]
    if len(rows) > SHOWN:
        said.append(f"  … et {french.count(len(rows) - SHOWN, 'autre')} : « parc quarantaine exporter » les écrit toutes.")
    return said


def as_record(read: Iterable[Delivery], rows: Sequence[RefusedRow]) -> dict[str, Any]:
    """Return the stable JSON form, described in docs/exploitation.md."""
    return {
        "format": FORMAT,
        "livraisons": [
            {
                "source": delivery.source,
                "livraison_id": delivery.livraison_id,
                "corrige": delivery.corrige,
                "rejouee_le": delivery.rejouee_le.isoformat() if delivery.rejouee_le else None,
                "nb_quarantaine": delivery.nb_quarantaine,
            }
            for delivery in read
        ],
        "motifs": _counts(rows),
        "lignes": [
            {
                "source": row.source,
                "table": row.table,
                "ligne": row.ligne,
                "cle": row.cle,
                "empreinte": row.empreinte,
                "clause": row.clause,
                "motif": row.motif,
                "etat": row.etat.value,
            }
            for row in rows
        ],
    }


def _counts(rows: Sequence[RefusedRow]) -> list[dict[str, Any]]:
    counted = Counter((row.source, row.table, row.clause, row.motif, row.etat.value) for row in rows)
    names = ("source", "table", "clause", "motif", "etat")
    return [{**dict(zip(names, key, strict=True)), "nb_lignes": count} for key, count in sorted(counted.items())]


def _row_line(row: RefusedRow) -> str:
    key = f" (clé {row.cle})" if row.cle else ""
    return f"{row.source} {row.table} ligne {row.ligne}{key} : {row.motif} ; {STATES[row.etat]} ; empreinte {row.empreinte}"


def _deliveries(home: Home, chosen: Chosen) -> list[Delivery]:
    current = current_deliveries(home)
    if chosen.source is not None and chosen.source not in current:
        raise BadInputError(f"Aucune livraison de « {chosen.source} » dans {home.landing} : vérifier le nom de la source.")
    found = [delivery for source, delivery in sorted(current.items()) if chosen.source in {None, source}]
    if chosen.table is not None and not any(delivery.table(chosen.table) for delivery in found):
        raise BadInputError(f"Aucune livraison courante n'a la table « {chosen.table} » : vérifier son nom.")
    return found


def _refused(home: Home, read: Iterable[Delivery], chosen: Chosen) -> list[RefusedRow]:
    """Return the rows now in quarantine."""
    rows = _rows(home, read, _register(home))
    return [row for row in rows if not row.est_liberee and chosen.table in {None, row.table}]


def _rows(home: Home, read: Iterable[Delivery], register: corrections.Register) -> list[RefusedRow]:
    """Return the rows that deliveries had refused, those freed since included."""
    return [row for delivery in read for row in refused_rows(home, delivery, register)]


def _register(home: Home) -> corrections.Register:
    register = corrections.read(home)
    warn(corrections.sentences(register.damaged))
    return register


def _signature(reason: str, author: str | None) -> Signature:
    given = writable(reason, "Le motif", MOTIF_MAX).strip()
    if not given:
        raise BadInputError("Une correction demande un motif : le donner par « --motif ».")
    return Signature(auteur(author or default_author()), datetime.now(UTC), given)


def _recorded(path: Path, outcome: Outcome) -> list[str]:
    count = french.count(len(outcome.corrections), "correction enregistrée", "corrections enregistrées")
    known = french.count(outcome.known, "déjà connue", "déjà connues")
    untouched = french.count(outcome.untouched, "ligne laissée telle quelle", "lignes laissées telles quelles")
    said = [f"{count} depuis {path}, {known}, {untouched}."]
    return [*said, "Suite : « parc quarantaine rejouer » pour les appliquer."] if outcome.corrections else said


def _about(replayed: Replayed) -> str:
    delivery = replayed.delivery
    held = french.count(replayed.nb_corrections, "correction")
    moved = (
        french.count(replayed.nb_liberees, "ligne libérée", "lignes libérées")
        if replayed.nb_liberees >= 0
        else french.count(-replayed.nb_liberees, "ligne refusée de nouveau", "lignes refusées de nouveau")
    )
    rest = french.number(delivery.nb_quarantaine)
    return f"Livraison {delivery.source} {delivery.livraison_id} : {held}, {moved}, {rest} encore en quarantaine."

"""What lives outside the runs: findings, decisions, corrections, removals, and the key of the pseudonyms."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import duckdb

from dagster_project import register, retention
from dagster_project.verification.defect import Defect, set_aside
from data_contracts import batches, decision_register
from data_contracts.clauses import literal
from data_contracts.decision import Decision, Statut
from data_contracts.delivery import current_deliveries
from data_contracts.errors import BadInputError
from data_contracts.layout import DELIVERY_FILE, Home
from ingest import corrections
from ingest.personal_data import KEY_VARIABLE, pseudonym_key

if TYPE_CHECKING:
    from pathlib import Path

    from data_contracts.publication import PublishedRun

DECISIONS = "fct_decision"


@dataclass(frozen=True)
class Kept:
    """How many decisions the register holds, and what is wrong with the registers."""

    decisions: int
    defects: tuple[Defect, ...]


def read(home: Home, intact: Sequence[PublishedRun]) -> Kept:
    """Look at the registers of a home; `intact` are the published runs that can be believed, oldest first."""
    decided = decision_register.read(home)
    return Kept(
        len(decided.decisions),
        (
            *_drafts(home),
            *_findings(home, intact),
            *(_damaged_batch(path, "décisions") for path in decided.damaged),
            *_lost_decisions(home, decided, intact),
            *(_damaged_batch(path, "corrections") for path in corrections.read(home).damaged),
            *_removals(home),
            *_key(home),
        ),
    )


def _drafts(home: Home) -> Iterator[Defect]:
    for folder in (home.decisions, home.corrections):
        for draft in sorted(folder.glob(f"{batches.DRAFT_PREFIX}*")):
            yield Defect(draft, "Un enregistrement interrompu a laissé son brouillon.", "Le supprimer.", draft.unlink)


def _findings(home: Home, intact: Sequence[PublishedRun]) -> Iterator[Defect]:
    if not home.findings.exists() or _is_readable(home.findings):
        return
    yield Defect(
        home.findings,
        "Le registre des constats ne se lit pas.",
        "Le mettre de côté et le refaire depuis les publications gardées. Une sauvegarde vaut mieux : les constats clos avant "
        "elles y perdent leurs dates.",
        partial(_rebuild_findings, home, intact),
    )


def _is_readable(path: Path) -> bool:
    try:
        with duckdb.connect() as connection:
            connection.execute(f"select count(*), bit_xor(hash(rows)) from read_parquet({literal(str(path))}) as rows").fetchone()
    except duckdb.Error:
        return False
    return True


def _rebuild_findings(home: Home, intact: Sequence[PublishedRun]) -> None:
    set_aside(home, home.findings)
    for run in intact:
        register.record(home, run)


def _damaged_batch(path: Path, what: str) -> Defect:
    return Defect(
        path,
        f"Ce fichier du registre des {what} n'est pas ce qui a été écrit : ce qu'il dit est laissé de côté.",
        "Le remettre depuis une sauvegarde.",
    )


def _published(run: PublishedRun) -> Iterator[Decision]:
    if DECISIONS not in run.manifest["marts"]:
        return
    with duckdb.connect() as connection:
        rows = connection.execute(f"""
            select anomalie_id, statut, motif, auteur, date_decision, empreinte_preuve
            from read_parquet({literal(str(run.mart_path(DECISIONS)))})
            order by date_decision, decision_id
        """).fetchall()
    for finding, statut, motif, auteur, moment, evidence in rows:
        yield Decision(finding, Statut(statut), motif, auteur, moment.replace(tzinfo=UTC), evidence)


def _lost_decisions(home: Home, decided: decision_register.Register, intact: Sequence[PublishedRun]) -> Iterator[Defect]:
    """Give the defect of a register that has no more the decisions that a run was published with."""
    published = {decision.decision_id: decision for run in intact for decision in _published(run)}
    lost = [decision for name, decision in published.items() if name not in decided.ids]
    if lost:
        yield Defect(
            home.decisions,
            f"{len(lost)} décision(s) que des publications montrent ne sont plus au registre.",
            "Les y remettre, telles que ces publications les ont.",
            partial(_restore, home, lost),
        )


def _restore(home: Home, lost: list[Decision]) -> None:
    with decision_register.writing(home):
        decision_register.add(home, lost, datetime.now(UTC))


def _removals(home: Home) -> Iterator[Defect]:
    try:
        retention.read(home)
    except (BadInputError, UnicodeDecodeError):
        yield Defect(home.removals, "Le registre des suppressions ne se lit pas.", "Le remettre depuis une sauvegarde.")
        return
    if retention.is_cut(home):
        yield Defect(
            home.removals,
            "La dernière ligne du registre des suppressions a été coupée : sa livraison est encore là.",
            "Retirer cette ligne.",
            partial(retention.take_cut_line_away, home),
        )


def _key(home: Home) -> Iterator[Defect]:
    path = home.pseudonym_key
    if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield Defect(
            path,
            "La clé des pseudonymes peut être lue par d'autres que son propriétaire.",
            "La réserver à son propriétaire.",
            partial(path.chmod, 0o600),
        )
    if any(home.landing.glob(f"*/*/{DELIVERY_FILE}")) and _is_lost(home):
        yield Defect(
            path,
            "La clé des pseudonymes manque ou est vide : la prochaine livraison donnerait d'autres pseudonymes.",
            f"La remettre depuis une sauvegarde, ou la donner par {KEY_VARIABLE}.",
        )
    elif strange := _landed_with_another(home):
        landed = ", ".join(f"landing/{source}/" for source in strange)
        yield Defect(
            path,
            f"La clé des pseudonymes n'est pas celle des livraisons courantes de {', '.join(strange)}.",
            f"Remettre la clé d'origine, par une sauvegarde ou par {KEY_VARIABLE} ; perdue ou changée exprès : supprimer {landed} "
            "et réimporter.",
        )


def _landed_with_another(home: Home) -> list[str]:
    """Return the sources whose current delivery has its pseudonyms from another key than that of today."""
    try:
        current = current_deliveries(home)
    except ValueError:
        return []  # the deliveries say so
    return sorted(source for source, one in current.items() if one.cle_pseudonymes not in {None, pseudonym_key(home).fingerprint})


def _is_lost(home: Home) -> bool:
    try:
        return pseudonym_key(home).is_new
    except BadInputError:
        return True

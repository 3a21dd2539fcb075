"""Publishes a built run: Parquet files whose bytes depend on the data only, a database built from them, a manifest, the pointer.

Everything is written under a draft name, flushed to the disk, then renamed: whoever reads `published/` sees whole runs only,
and `published/current` always names one of them, whenever the publication is killed.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from dagster_project import documentation, engine, register
from dagster_project.changements import entrees, precedent
from dagster_project.checks.control import Control
from dagster_project.session import DRAFT_PREFIX, Forcing, Session
from data_contracts import durations
from data_contracts.clauses import literal, quote
from data_contracts.disk import flush, sha256
from data_contracts.extraits import forcage
from data_contracts.layout import MANIFEST_FILE, Home
from data_contracts.product_contract import Product
from data_contracts.publication import PublishedRun, current_run, published_runs
from data_contracts.rapport import ecriture

KEPT_RUNS = 10
YOUNG = timedelta(hours=1)
MARTS = "marts"
ROW_GROUP = 122_880


@dataclass(frozen=True)
class PublishedMart:
    """What the manifest says of a mart."""

    lignes: int
    sha256: str


def publish(session: Session, models: Mapping[str, Any], threads: int, elapsed: Callable[[], Mapping[str, float]]) -> PublishedRun:
    """Publish the run of a session, move the pointer to it, note its findings in the register and prune the old runs.

    `models` is the content of dbt's manifest.json, for the documentation.
    `elapsed` gives the seconds of each step, read as late as possible so that the publication counts itself.
    """
    home = session.home
    draft = home.published / f"{DRAFT_PREFIX}{session.run_id}"
    products = session.project.marts()
    (draft / MARTS).mkdir(parents=True)
    marts = write_marts(session.database, draft / MARTS, products.values(), threads)
    write_database(draft, products.values())
    documentation.write(draft, products, {name: mart.lignes for name, mart in marts.items()}, models, session.date_reference)
    session.pages.rename(draft / session.pages.name)
    controls, published_at = session.controls.read(), datetime.now(UTC).isoformat(timespec="seconds")
    manifest = {
        "run_id": session.run_id,
        "publie_le": published_at,
        **entrees.recorded(session.project, session.date_reference, session.deliveries, session.decided),
        "marts": {name: {"lignes": mart.lignes, "sha256": mart.sha256} for name, mart in marts.items()},
        "controles": [control.model_dump(mode="json") for control in controls],
        forcage.CLE: forced(session.forcing, controls, published_at),
    }
    ecriture.ecrire(draft, manifest, published_runs(home))
    manifest["durees_s"] = dict(elapsed())
    write_manifest(draft, manifest)
    run = reveal(home, draft, session.run_id)
    point_to(home, run)
    register.record(home, run)
    precedent.keep(run)
    prune(home, datetime.now(UTC))
    shutil.rmtree(session.build)
    return run


def forced(forcing: Forcing | None, controls: Iterable[Control], moment: str) -> dict[str, Any] | None:
    """Return what the manifest says of a publication that was forced, None when nothing stood against it."""
    broken = [control.model_dump(mode="json") for control in controls if control.is_blocking]
    if forcing is None or not broken:
        return None
    return {"par": forcing.auteur, "le": moment, "motif": forcing.motif, "infractions": broken}


def write_marts(database: Path, folder: Path, products: Iterable[Product], threads: int) -> dict[str, PublishedMart]:
    """Write each mart of a built database to its Parquet file, ordered by its whole primary key, and return its rows and hash."""
    written = {}
    with duckdb.connect(str(database), read_only=True, config=engine.settings(threads=threads)) as connection:
        connection.execute("set preserve_insertion_order = true")
        for product in products:
            path = folder / f"{product.mart}.parquet"
            order = ", ".join(map(quote, product.cle_primaire))
            copied = connection.execute(
                f"copy (select * from {MARTS}.{quote(product.mart)} order by {order}) to {literal(str(path))} "
                f"(format parquet, compression zstd, row_group_size {ROW_GROUP})"
            ).fetchone()
            written[product.mart] = PublishedMart(lignes=int(copied[0]) if copied else 0, sha256=sha256(path))
    return written


def write_database(draft: Path, products: Iterable[Product]) -> None:
    """Build the database that people query, from the published Parquet and from nothing else, with the meaning of each column."""
    with duckdb.connect(str(draft / "warehouse.duckdb"), config=engine.settings()) as connection:
        connection.begin()
        connection.execute(f"create schema {MARTS}")
        for product in products:
            name = f"{MARTS}.{quote(product.mart)}"
            path = literal(str(draft / MARTS / f"{product.mart}.parquet"))
            connection.execute(f"create table {name} as select * from read_parquet({path})")
            connection.execute(f"comment on table {name} is {literal(f'{product.titre} : {product.grain}. {product.description}')}")
            for column in product.colonnes:
                meaning = f"{column.description} ({column.unite})" if column.unite else column.description
                connection.execute(f"comment on column {name}.{quote(column.nom)} is {literal(meaning)}")
        connection.commit()


def write_manifest(draft: Path, manifest: Mapping[str, Any]) -> None:
    """Write the manifest, last of the files: a folder that has one is whole."""
    (draft / MANIFEST_FILE).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")


def reveal(home: Home, draft: Path, run_id: str) -> PublishedRun:
    """Flush a draft to the disk, then give it its name."""
    for path in sorted(draft.rglob("*")):
        flush(path)
    flush(draft)
    final = home.published / run_id
    draft.rename(final)
    flush(home.published)
    return PublishedRun(home, final)


def point_to(home: Home, run: PublishedRun) -> None:
    """Make `run` the current run: a relative link, replaced in one step."""
    link = home.published / f"{DRAFT_PREFIX}current"
    link.unlink(missing_ok=True)
    link.symlink_to(run.run_id)
    link.replace(home.current)
    flush(home.published)


def prune(home: Home, now: datetime) -> list[str]:
    """Remove the runs beyond the last ten and those past their date, never the current one; return what was removed.

    One younger than an hour stays: somebody may be reading it.
    """
    current, runs = current_run(home).run_id, published_runs(home)
    beyond = {run.run_id for run in runs[:-KEPT_RUNS]}
    old = [
        run
        for run in runs
        if run.run_id != current and now - run.published_at >= (YOUNG if run.run_id in beyond else durations.PUBLICATION.duree)
    ]
    for run in old:
        # Renamed first: a run half removed must not look whole.
        doomed = run.path.with_name(f"{DRAFT_PREFIX}{run.run_id}")
        run.path.rename(doomed)
        shutil.rmtree(doomed)
    return [run.run_id for run in old]

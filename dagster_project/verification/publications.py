"""Published runs against their manifests, and the pointer to the one that people read."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import duckdb

from dagster_project import publication
from dagster_project.session import DRAFT_PREFIX, remove_draft
from dagster_project.verification.defect import Defect, set_aside
from data_contracts.clauses import literal, quote
from data_contracts.disk import flush, sha256
from data_contracts.layout import MANIFEST_FILE, Home
from data_contracts.loader import products
from data_contracts.publication import PublishedRun

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Published:
    """The published runs, and what is wrong with them and with the pointer."""

    count: int
    intact: tuple[PublishedRun, ...]
    """Those whose marts are what was published, oldest first."""
    defects: tuple[Defect, ...]


def read(home: Home) -> Published:
    """Look at every published run and at the pointer."""
    folders = sorted(path for path in home.published.glob("*") if path.is_dir() and not path.is_symlink())
    drafts = list(home.published.glob(f"{DRAFT_PREFIX}*"))
    runs = [PublishedRun(home, path) for path in folders if not path.name.startswith(DRAFT_PREFIX)]
    wrong = {run: _wrong_marts(run) for run in runs}
    intact = tuple(run for run in runs if not wrong[run])
    # The pointer is moved before what it names is set aside: it never names nothing for an instant.
    return Published(
        len(runs),
        intact,
        (
            *(_draft(path) for path in drafts),
            *(defect for run in intact for defect in _wrong_database(run)),
            *_wrong_pointer(home, intact),
            *(_damaged(run, said) for run, said in wrong.items() if said),
        ),
    )


def _draft(path: Path) -> Defect:
    sentence = "Une publication interrompue a laissé son brouillon, que personne ne lit."
    return Defect(path, sentence, "Le supprimer.", partial(remove_draft, path))


def _damaged(run: PublishedRun, said: str) -> Defect:
    return Defect(
        run.path,
        f"La publication n'est plus celle qui a été faite : {said}.",
        "La mettre de côté ; « parc run » en construit une nouvelle depuis les livraisons.",
        partial(set_aside, run.home, run.path),
    )


def _wrong_marts(run: PublishedRun) -> str:
    """Return what is wrong with the manifest or the marts of a run; nothing when they are what was published."""
    if not _has_manifest(run):
        return f"{MANIFEST_FILE} manque ou ne se lit pas"
    for mart, told in run.manifest["marts"].items():
        path = run.mart_path(mart)
        if not path.is_file():
            return f"marts/{path.name} manque"
        if sha256(path) != told["sha256"]:
            return f"le contenu de marts/{path.name} a changé"
    return ""


def _has_manifest(run: PublishedRun) -> bool:
    try:
        return isinstance(run.manifest["marts"], dict) and bool(run.published_at)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _wrong_database(run: PublishedRun) -> Iterator[Defect]:
    """Give the defect of the database of a run whose marts are good: another can be made from them."""
    try:
        with run.connect() as connection:
            wrong = next((mart for mart in run.manifest["marts"] if not _is_faithful(connection, run, mart)), None)
    except (OSError, duckdb.Error):
        wrong = "ensemble"
    if wrong is None:
        return
    known = set(run.manifest["marts"]) <= set(products())
    yield Defect(
        run.database,
        "La base de la publication ne se lit pas ou ne dit plus ce que disent ses fichiers Parquet.",
        "La reconstruire depuis ces fichiers." if known else "Relancer « parc run » : une autre version l'a publiée.",
        partial(_rebuild, run) if known else None,
    )


def _is_faithful(connection: duckdb.DuckDBPyConnection, run: PublishedRun, mart: str) -> bool:
    """Compare a table with its Parquet file, whatever the order of their rows."""
    said = "count(*), bit_xor(hash(rows))"
    here = connection.execute(f"select {said} from marts.{quote(mart)} as rows").fetchone()
    with duckdb.connect() as other:
        there = other.execute(f"select {said} from read_parquet({literal(str(run.mart_path(mart)))}) as rows").fetchone()
    return here == there


def _rebuild(run: PublishedRun) -> None:
    draft = run.home.build(f"{run.run_id}-verification")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    (draft / publication.MARTS).symlink_to(run.mart_path("").parent)
    publication.write_database(draft, [products()[mart] for mart in run.manifest["marts"]])
    flush(draft / run.database.name)
    (draft / run.database.name).replace(run.database)
    flush(run.path)
    shutil.rmtree(draft)


def _wrong_pointer(home: Home, intact: tuple[PublishedRun, ...]) -> Iterator[Defect]:
    names = {run.path.name for run in intact}
    if home.current.is_symlink():
        if str(home.current.readlink()) in names:
            return
        sentence = "Le pointeur de la publication courante ne désigne pas une publication intacte."
    elif home.current.exists():
        sentence = "Le pointeur de la publication courante n'est pas un lien."
    elif intact:
        sentence = "Le pointeur de la publication courante manque."
    else:
        return
    remedy = (
        f"Le ramener à la publication {intact[-1].run_id}, la dernière qui soit intacte."
        if intact
        else "Le retirer : plus rien n'est publié avant le prochain « parc run »."
    )
    yield Defect(home.current, sentence, remedy, partial(_set_pointer, home, intact))


def _set_pointer(home: Home, intact: tuple[PublishedRun, ...]) -> None:
    if not home.current.is_symlink() and home.current.exists():
        set_aside(home, home.current)
    if intact:
        publication.point_to(home, intact[-1])
    else:
        home.current.unlink(missing_ok=True)

"""Publishes runs of national size: the marts of a demo multiplied in SQL, written and published by the project's own code.

Every agreement is drawn again under identifiers of its own, in another commune of its département, with all that hangs on it; the
first copy keeps the identifiers of the demo, so that its rows are found in the landed files. Dwellings are drawn more often.
Owners are drawn fewer times than agreements, since one owner has many of them. What a larger parc does not lengthen (codes,
communes, rules, indicators, services) stays as it is.

    python tests/bench/national.py DEMO_HOME HOME
"""

from __future__ import annotations

import math
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

import duckdb

from dagster_project import publication
from dagster_project.project import Project
from dagster_project.session import DRAFT_PREFIX
from dagster_project.threads import threads
from data_contracts.clauses import literal, quote
from data_contracts.layout import MANIFEST_FILE, Home
from data_contracts.product_contract import Product
from data_contracts.publication import PublishedRun, current_run, published_runs

DEMO = 3000
"""Agreements of the demo that is drawn from."""
A_YEAR = timedelta(days=365)
"""What its second run is later than the first."""
CONVENTIONS = 300_000
LOGEMENTS = 15_000_000
DRAWS_OF_OWNERS = 10
COMMUNES = 120
"""An agreement moves among that many communes of its département, the most populated ones."""

MULTIPLIED = ("fct_", "dim_convention_alias", "dim_bailleur", "rec_convention", "rec_apilos", "rec_rpls")
OWNERS = frozenset({"bailleur_id", "gestionnaire_id"})
SHARED = frozenset({"administration_id", "enquete_id", "etape_id", "regle_id"})
"""Identifiers that every copy has in common."""
KEYS = frozenset({"cle_apilos", "cle_source", "numero_operation"})
"""What else tells an agreement or an operation from another."""
NUMBERS = frozenset({"numero", "numero_norm", "numero_normalise_source"})
"""How people write an agreement, in marts that hold `numero_norm`: a copy adds digits, and no separator."""

NEIGHBOURS = f"""
create table voisine as
with classee as (
    select
        code_commune,
        nom_commune,
        code_departement,
        type,
        row_number() over (voisinage order by population desc nulls last, code_commune) - 1 as rang,
        count(*) over voisinage as nb
    from {{communes}}
    window voisinage as (partition by code_departement, type)
)

select depart.code_commune, copie, arrivee.code_commune as code_voisine, arrivee.nom_commune as nom_voisine
from classee as depart
cross join range(1, $copies) as copies (copie)
inner join classee as arrivee
    on
        depart.code_departement = arrivee.code_departement
        and depart.type = arrivee.type
        and arrivee.rang = (depart.rang + copie) % least(depart.nb, {COMMUNES})
where depart.code_commune in (select code_commune from {{lots}})
"""


@dataclass(frozen=True)
class Draws:
    """How many times the demo is drawn: its agreements and all that hangs on them, its dwellings, its owners."""

    conventions: int
    logements: int

    def of(self, mart: str) -> int:
        """Return how many times the rows of a mart are drawn."""
        if not mart.startswith(MULTIPLIED):
            return 1
        return {"dim_bailleur": DRAWS_OF_OWNERS, "fct_logement": self.logements}.get(mart, self.conventions)


def draws(conventions: int, logements: int) -> Draws:
    """Return how many draws of so many agreements and dwellings reach national size."""
    copies = math.ceil(CONVENTIONS / conventions)
    return Draws(copies, max(copies, math.ceil(LOGEMENTS / logements)))


def query(product: Product, rows: str, drawn: Draws) -> str:
    """Return the select that draws the rows of a mart; `copie` is the copy of the agreements that a row goes with."""
    times = drawn.of(product.mart)
    if times == 1:
        return f"select * from {rows}"
    names = {column.nom for column in product.colonnes}
    columns = ", ".join(_column(column.nom, product, names) for column in product.colonnes)
    drawn_rows = (
        f"(select *, tirage, tirage % {drawn.conventions} as copie from {rows} cross join range({times}) as tirages (tirage))"
    )
    moved = "left join main.voisine using (code_commune, copie)" if "code_commune" in names else ""
    return f"select {columns} from {drawn_rows} {moved}"


def _column(name: str, product: Product, names: set[str]) -> str:
    written = quote(name)
    if name in {"code_commune", "nom_commune"} and "code_commune" in names:
        return f"coalesce({name.removesuffix('_commune')}_voisine, {written}) as {written}"
    if (product.mart, name) == ("rec_convention", "motif"):  # names the agreement that a row was brought together with
        return f"if(coalesce(ends_with(motif, convention_id), false), {_suffixed(written, 'copie')}, motif) as motif"
    if name in NUMBERS and "numero_norm" in names:
        return f"{_suffixed(written, 'copie', mark='')} as {written}"
    number = _number(name, product)
    return f"{_suffixed(written, number)} as {written}" if number else written


def _number(name: str, product: Product) -> str | None:
    """Return what tells the copies of an identifier apart; None for a column that is not one."""
    if name in OWNERS:
        return f"(copie % {DRAWS_OF_OWNERS})"
    if product.cle_primaire == (name,):
        return "tirage"
    return "copie" if name in KEYS or (name.endswith("_id") and name not in SHARED) else None


def _suffixed(written: str, number: str, mark: str = ".") -> str:
    return f"if({number} = 0, {written}, {written} || '{mark}' || {number})"


def show_at_national_size(demo: PublishedRun, database: Path, products: Iterable[Product]) -> None:
    """Make a database that shows in its schema `marts` what the demo is at national size: views over its published marts."""
    lines = {name: said["lignes"] for name, said in demo.manifest["marts"].items()}
    drawn = draws(lines["fct_convention"], lines["fct_logement"])
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            NEIGHBOURS.format(communes=_rows(demo, "dim_commune"), lots=_rows(demo, "fct_lot")), {"copies": drawn.conventions}
        )
        connection.execute(f"create schema {publication.MARTS}")
        for product in products:
            select = query(product, _rows(demo, product.mart), drawn)
            connection.execute(f"create view {publication.MARTS}.{quote(product.mart)} as {select}")


def _rows(demo: PublishedRun, mart: str) -> str:
    return f"read_parquet({literal(str(demo.mart_path(mart)))})"


def publish(demo: PublishedRun, home: Home) -> PublishedRun:
    """Publish in `home` the demo at national size, with its landed files and what was published beside its marts."""
    products = Project().marts()
    run_id = f"{demo.run_id}-national"
    draft = home.published / f"{DRAFT_PREFIX}{run_id}"
    shutil.copytree(demo.path, draft, ignore=shutil.ignore_patterns("*.parquet", demo.database.name, MANIFEST_FILE))
    shutil.copytree(demo.home.landing, home.landing, dirs_exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="parc-bench-views-") as folder:
        database = Path(folder) / "national.duckdb"
        show_at_national_size(demo, database, products.values())
        marts = publication.write_marts(database, draft / publication.MARTS, products.values(), threads())
    publication.write_database(draft, products.values())
    publication.write_manifest(
        draft, {**demo.manifest, "run_id": run_id, "marts": {name: asdict(mart) for name, mart in marts.items()}}
    )
    run = publication.reveal(home, draft, run_id)
    publication.point_to(home, run)
    return run


def publish_all(demo: Home, home: Home) -> PublishedRun:
    """Publish every run of a demo at national size, and return the last: what changed between two is there as well."""
    return [publish(run, home) for run in published_runs(demo)][-1]


@contextmanager
def home(made: Path | None) -> Iterator[Home]:
    """Give a home whose runs are of national size: the one made before, or one made from a demo for as long as it is read."""
    if made is not None:
        yield Home(made.absolute())
        return
    with tempfile.TemporaryDirectory(prefix="parc-bench-national-") as folder:
        demo, large = Home(Path(folder) / "demo"), Home(Path(folder) / "national")
        _parc(demo, "demo", "--conventions", str(DEMO))
        _parc(demo, "run", "--date-reference", (current_run(demo).reference_date + A_YEAR).isoformat())
        publish_all(demo, large)
        yield large


def _parc(home: Home, *words: str) -> None:
    command = [Path(sys.executable).with_name("parc"), *words]
    subprocess.run(command, check=True, env={**os.environ, "PARC_HOME": str(home.root)}, stdout=sys.stderr)


def main(demo: Path, folder: Path) -> None:
    """Publish and say what it took."""
    start = time.perf_counter()
    run = publish_all(Home(demo.absolute()), Home(folder.absolute()))
    counts = {mart: run.manifest["marts"][mart]["lignes"] for mart in ("fct_convention", "fct_logement", "fct_anomalie")}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{run.path}: {counts}, {time.perf_counter() - start:.0f} s, {peak:.1f} GiB at most")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

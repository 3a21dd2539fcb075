"""Tries every reader for long, one process a reader, and adds what it tried to the second table of docs/fiabilite.md.

python -m tests.hostile.essais [--minutes M] [--seed S] [--at-once N] [--write] [READER…]

A delivery that fails is kept in the corpus, which `make test` replays: mend the product, and commit both.
"""

from __future__ import annotations

import argparse
import faulthandler
import itertools
import json
import resource
import subprocess
import sys
import tempfile
import time
import traceback
from dataclasses import asdict, dataclass
from multiprocessing.pool import ThreadPool
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.support.fiabilite import Table
from tests.support.hostile import CORPUS, READERS, Delivery, Reader, outcome
from tests.support.mutations import hurt

TABLE = Table("table des entrées hostiles", "| lecteur | entrées essayées | reçues | échecs | corrigés | minutes | Mo au plus |")
HUNG = 60
"""Seconds after which a delivery hangs its reader."""
MEMORY = 8 << 30
"""Bytes of address space of a reader: DuckDB and Arrow reserve much more than they hold."""
BATCH = 100


@dataclass
class Result:
    """What became of the deliveries that a reader was handed."""

    name: str
    tried: int = 0
    taken: int = 0
    failures: int = 0
    minutes: float = 0.0
    peak_mb: int = 0


def main() -> int:
    """Try the readers; return 1 when one failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("readers", nargs="*", help="all of them unless named")
    parser.add_argument("--minutes", type=float, default=30, help="for each reader")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--at-once", type=int, default=2, help="readers tried at the same time")
    parser.add_argument("--write", action="store_true", help="add to the table of docs/fiabilite.md")
    parser.add_argument("--here", action="store_true", help="try the one reader named in this process, and give its result as JSON")
    arguments = parser.parse_args()
    if arguments.here:
        [name] = arguments.readers
        print(json.dumps(asdict(tried(READERS[name], arguments.minutes, arguments.seed))))
        return 0
    failures = 0
    with ThreadPool(arguments.at_once) as pool:
        for result in pool.imap_unordered(lambda name: _apart(name, arguments), arguments.readers or READERS):
            failures += result.failures
            if arguments.write:
                _write(result)
    return int(failures > 0)


def tried(reader: Reader, minutes: float, first_seed: int) -> Result:
    """Hand hurt deliveries to a reader until its time is over; keep those that fail, one a kind of failure."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    result, kinds, start = Result(reader.name), set(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="parc-hostile-") as folder:
        prepared = Path(folder) / "sain"
        prepared.mkdir()
        sound = reader.sound(prepared)
        for rank in itertools.count(first_seed):
            if time.monotonic() - start >= 60 * minutes:
                break

            @seed(rank)
            @settings(
                max_examples=BATCH, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
            )
            @given(hurt(sound))
            def batch(files: Delivery) -> None:
                if time.monotonic() - start >= 60 * minutes:
                    return
                result.tried += 1
                faulthandler.dump_traceback_later(HUNG, exit=True)
                try:
                    result.taken += outcome(reader, Path(folder) / str(result.tried), files) is None
                except Exception as error:  # noqa: BLE001 - whatever a reader lets through is what is looked for
                    kind = (type(error).__name__, *traceback.extract_tb(error.__traceback__)[-1][:2])
                    if kind not in kinds:
                        kinds.add(kind)
                        _keep(reader, sound, files)
                        print(f"{reader.name} : {error!r:.300}", file=sys.stderr, flush=True)
                finally:
                    faulthandler.cancel_dump_traceback_later()

            batch()
    result.failures, result.minutes = len(kinds), (time.monotonic() - start) / 60
    result.peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    return result


def _keep(reader: Reader, sound: Delivery, files: Delivery) -> None:
    changed = {name: content for name, content in files.items() if content != sound[name]}
    case = CORPUS / reader.slug / f"{len(list((CORPUS / reader.slug).glob('*'))) + 1:02d}"
    case.mkdir(parents=True)
    for name, content in changed.items():
        (case / name.replace("/", "__")).write_bytes(content)


def _apart(name: str, arguments: argparse.Namespace) -> Result:
    """Try a reader in a process of its own: one that dies or hangs is a failure, and takes nothing with it."""
    options = ["--here", "--minutes", str(arguments.minutes), "--seed", str(arguments.seed)]
    run = subprocess.run([sys.executable, "-m", "tests.hostile.essais", *options, name], stdout=subprocess.PIPE, check=False)
    result = Result(name, failures=1) if run.returncode else Result(**json.loads(run.stdout))
    print(_row(result), file=sys.stderr, flush=True)
    return result


def _row(result: Result) -> str:
    mended = len(list((CORPUS / READERS[result.name].slug).glob("*"))) - result.failures
    numbers = f"{result.tried:,} | {result.taken:,} | {result.failures} | {mended}".replace(",", "\u202f")
    return f"| {result.name} | {numbers} | {result.minutes:.1f} | {result.peak_mb} |".replace(".", ",")


def _write(result: Result) -> None:
    """Add to the page what a reader was just tried with: what was tried before adds up."""
    rows = TABLE.rows()
    if earlier := rows.get(result.name):
        cells = [cell.strip() for cell in earlier.split("|")]
        result.tried += int(cells[2].replace("\u202f", ""))
        result.taken += int(cells[3].replace("\u202f", ""))
        result.minutes += float(cells[6].replace(",", "."))
        result.peak_mb = max(result.peak_mb, int(cells[7]))
    rows[result.name] = _row(result)
    TABLE.write(rows[name] for name in READERS if name in rows)


if __name__ == "__main__":
    sys.exit(main())

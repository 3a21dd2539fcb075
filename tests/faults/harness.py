"""Makes every fault, with fifty kills of a run, and writes what became of the warehouse in the table of docs/fiabilite.md.

python -m tests.faults.harness [--kills N] [--seed S] [--jobs N] [--write] [--missing]
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from multiprocessing.pool import ThreadPool
from pathlib import Path

from tests.support import faults
from tests.support.command import parc_does
from tests.support.fiabilite import Table
from tests.support.postgresql import started

TABLE = Table("table des fautes", "| faute | après elle | durée |")
LOST = "**"
"""Around what was lost."""


def main() -> int:
    """Make the faults, some at a time; return 1 when one was not outlived."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50, help="how many instants a run is killed at")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)), help="how many faults are made at a time")
    parser.add_argument("--write", action="store_true", help="write the table in docs/fiabilite.md, a row at a time")
    parser.add_argument("--missing", action="store_true", help="make only the faults that the table lacks or tells a loss of")
    arguments = parser.parse_args()
    faulty = {fault.name: fault for fault in (*faults.kills(arguments.kills, arguments.seed), *faults.IMPORT_KILLS, *faults.OTHERS)}
    rows = TABLE.rows() if arguments.missing else {}
    made = [fault for name, fault in faulty.items() if LOST in rows.get(name, LOST)]
    with tempfile.TemporaryDirectory(prefix="parc-fautes-") as folder, started() as postgres, ThreadPool(arguments.jobs) as pool:
        scene = faults.prepared(Path(folder) / "pret", postgres)
        for fault, row in pool.imap_unordered(
            lambda ranked: _make(scene, Path(folder) / str(ranked[0]), ranked[1]), enumerate(made)
        ):
            rows[fault.name] = row
            print(row, flush=True)
            if arguments.write:
                TABLE.write(rows[name] for name in faulty if name in rows)
    lost = sum(LOST in row for row in rows.values())
    print(f"{len(rows)} fautes, {lost} perte(s)")
    return int(lost > 0)


def _make(scene: faults.Scene, place: Path, fault: faults.Fault) -> tuple[faults.Fault, str]:
    """Make a fault in a folder of its own, which it leaves empty, and return it with its row of the table."""
    start = time.monotonic()
    try:
        faults.assert_outlived(faults.copied(scene, place), fault, lambda home: parc_does(home, "run"))
        became = "rien de perdu"
    except AssertionError as error:
        became = f"{LOST}{str(error).splitlines()[0]}{LOST}"
    shutil.rmtree(place)
    return fault, f"| {fault.name} | {became} | {time.monotonic() - start:.0f} s |"


if __name__ == "__main__":
    sys.exit(main())

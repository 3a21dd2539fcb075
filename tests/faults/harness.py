"""Makes every fault, with fifty kills of a run, and writes what became of the warehouse in the table of docs/fiabilite.md.

python -m tests.faults.harness [--kills N] [--seed S] [--jobs N] [--write]
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
import tempfile
import time
from multiprocessing.pool import ThreadPool
from pathlib import Path

from tests.support import faults
from tests.support.command import parc_does
from tests.support.postgresql import started

PAGE = Path(__file__).parents[2] / "docs" / "fiabilite.md"
BEGIN, END = "<!-- table des fautes -->", "<!-- fin de la table des fautes -->"


def main() -> int:
    """Make the faults, some at a time; return 1 when one was not outlived."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50, help="how many instants a run is killed at")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)), help="how many faults are made at a time")
    parser.add_argument("--write", action="store_true", help="write the table in docs/fiabilite.md")
    arguments = parser.parse_args()
    made = [*faults.kills(arguments.kills, arguments.seed), *faults.IMPORT_KILLS, *faults.OTHERS]
    with tempfile.TemporaryDirectory(prefix="parc-fautes-") as folder, started() as postgres, ThreadPool(arguments.jobs) as pool:
        scene = faults.prepared(Path(folder) / "pret", postgres)
        places = [Path(folder) / str(rank) for rank in range(len(made))]
        results = [pool.apply_async(_make, (scene, place, fault)) for place, fault in zip(places, made, strict=True)]
        lines = [result.get() for result in results]
    lost = sum("**" in line for line in lines)
    table = "\n".join(["| faute | après elle | durée |", "|---|---|---|", *lines])
    print(f"{table}\n\n{len(lines)} fautes, {lost} perte(s)")
    if arguments.write:
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(re.sub(f"{BEGIN}.*{END}", f"{BEGIN}\n{table}\n{END}", page, flags=re.DOTALL), encoding="utf-8")
    return int(lost > 0)


def _make(scene: faults.Scene, place: Path, fault: faults.Fault) -> str:
    """Make a fault in a folder of its own, which it leaves empty, and return its line of the table."""
    start = time.monotonic()
    try:
        faults.assert_outlived(faults.copied(scene, place), fault, lambda home: parc_does(home, "run"))
        became = "rien de perdu"
    except AssertionError as error:
        became = f"**{str(error).splitlines()[0]}**"
    shutil.rmtree(place)
    line = f"| {fault.name} | {became} | {time.monotonic() - start:.0f} s |"
    print(line, file=sys.stderr, flush=True)
    return line


if __name__ == "__main__":
    sys.exit(main())

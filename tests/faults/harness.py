"""Makes every fault, with fifty kills of a run, and writes what became of the warehouse in the table of docs/fiabilite.md.

python -m tests.faults.harness [--kills N] [--seed S] [--write]
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from pathlib import Path

from tests.support import faults
from tests.support.command import parc_does
from tests.support.postgresql import started

PAGE = Path(__file__).parents[2] / "docs" / "fiabilite.md"
BEGIN, END = "<!-- table des fautes -->", "<!-- fin de la table des fautes -->"


def main() -> int:
    """Make the faults one after the other; return 1 when one was not outlived."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50, help="how many instants a run is killed at")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="write the table in docs/fiabilite.md")
    arguments = parser.parse_args()
    lines, lost = [], 0
    with tempfile.TemporaryDirectory(prefix="parc-fautes-") as folder, started() as postgres:
        scene = faults.prepared(Path(folder) / "pret", postgres)
        for rank, fault in enumerate([*faults.kills(arguments.kills, arguments.seed), *faults.IMPORT_KILLS, *faults.OTHERS]):
            start = time.monotonic()
            try:
                faults.assert_outlived(faults.copied(scene, Path(folder) / str(rank)), fault, lambda home: parc_does(home, "run"))
                became = "rien de perdu"
            except AssertionError as error:
                became, lost = f"**{str(error).splitlines()[0]}**", lost + 1
            lines.append(f"| {fault.name} | {became} | {time.monotonic() - start:.0f} s |")
            print(lines[-1], file=sys.stderr, flush=True)
    table = "\n".join(["| faute | après elle | durée |", "|---|---|---|", *lines])
    print(f"{table}\n\n{len(lines)} fautes, {lost} perte(s)")
    if arguments.write:
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(re.sub(f"{BEGIN}.*{END}", f"{BEGIN}\n{table}\n{END}", page, flags=re.DOTALL), encoding="utf-8")
    return int(lost > 0)


if __name__ == "__main__":
    sys.exit(main())

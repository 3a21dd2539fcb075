"""Measures deliveries of Ecoloweb from 2,000 agreements to national size: import, run, and what they cost beside the floor.

The floor is the least any importer must do: turn the archive into text, and load that text into DuckDB, untyped and unchecked,
on the same machine at the same moment. Each delivery is drawn from one dump (`delivery.py`) and goes through a fresh home. A size
that the disk can't hold is left out, and said. At 10,000 agreements, the rules are judged again alone, and the same is measured
with every other source beside the dump. Last, the pages of the application on a run of national size, in a browser.

    python -m tests.bench.bench [--sizes 2000 10000 …] [--dump FILE] [--json FILE] [--repetitions N]
        [--without-sources] [--without-pages] [--national HOME] [--loads N]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.bench import delivery, targets
from tests.bench.measures import BIN, ROOT, measure
from tests.bench.sizes import DATE, Size, measured, room_missing

DEFAULT_DUMP = ROOT.parent / "shared" / "data" / "ecoloweb_10k.pgsql"
DEMO = Path(__file__).with_name("demo.py")
PAGES = "tests.bench.pages"
SIZES = (2_000, targets.TENS, 50_000, targets.NATIONAL)


def made_demo(folder: Path) -> dict[str, str]:
    """Generate a demo of 10,000 agreements and return its deliveries, by source."""
    done = subprocess.run([BIN / "python", DEMO, folder], check=True, capture_output=True, text=True, cwd=ROOT)
    made: dict[str, str] = json.loads(done.stdout)
    return made


def at_size(agreements: int, dump: Path, repetitions: int) -> Size | None:
    """Measure deliveries of that many agreements and return the one of median time; None, said, where the disk can't hold it."""
    with tempfile.TemporaryDirectory(prefix="parc-bench-delivery-") as folder:
        if missing := room_missing(agreements, Path(folder)):
            print(
                f"\n{agreements:,} agreements left out: the disk lacks {missing / targets.GIBIBYTE:.1f} GiB to hold what they take."
            )
            return None
        drawn = Path(folder) / f"ecoloweb_{agreements}.pgsql"
        delivery.make(agreements, drawn, dump)
        found = [measured(drawn, judge=agreements == targets.TENS) for _ in range(repetitions)]
    return sorted(found, key=lambda size: size.product.wall_s)[repetitions // 2]


def with_every_source(dump: Path, demo: dict[str, str]) -> float:
    """Return the seconds that the import of the dump and of every other source of the demo takes, and the run of them all."""
    with tempfile.TemporaryDirectory(prefix="parc-bench-sources-") as folder:
        environment = {**os.environ, "PARC_HOME": folder, "PARC_DATE_REFERENCE": DATE}
        origins = {**demo, "ecoloweb": str(dump)}
        commands = [["import", source, origin] for source, origin in origins.items()]
        every = [measure(command[0], [BIN / "parc", *command], environment, Path(folder)) for command in [*commands, ["run"]]]
    return sum(whole.wall_s for whole, *_ in every)


def pages_at_national_size(national: Path | None, loads: int) -> dict[str, Any]:
    """Return what `pages.py` says of the application, on the national run of a home or on one made for the occasion."""
    given = ["--loads", str(loads), *(["--home", str(national.absolute())] if national else [])]
    done = subprocess.run([BIN / "python", "-m", PAGES, *given], check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def print_pages(said: dict[str, Any]) -> None:
    """Print what each page took, in seconds, and mark what is beyond its target."""
    targets = said["cibles_utile_p95_s"]
    lines = ", ".join(f"{count:,} {mart}" for mart, count in said["lignes"].items())
    print(f"\npages at national size: {lines}; p95 of {said['chargements']} loads, useful / whole, seconds")
    print(f"{'page':<38}{'useful by':<12}" + "".join(f"{f'{way} ≤ {target}':>20}" for way, target in targets.items()))
    for name, ways in said["pages"].items():
        cells = [
            f"{ways[way]['utile_p95_s']:.2f} / {ways[way]['entier_p95_s']:.2f}{' *' if ways[way]['utile_p95_s'] > target else '  '}"
            if way in ways
            else ""
            for way, target in targets.items()
        ]
        print(f"{name:<38}{', '.join(ways['froid']['utile']):<12}" + "".join(f"{cell:>20}" for cell in cells))
    print("* beyond the target")


def told(sizes: dict[int, Size], everything: float | None, pages: dict[str, Any] | None) -> dict[str, Any]:
    """Return what the JSON says: every size, and of the reference dump what it always said."""
    content: dict[str, Any] = {"tailles": {str(asked): asdict(size) for asked, size in sizes.items()}, "pages": pages}
    if size := sizes.get(targets.TENS):
        content |= {
            "lignes": size.rows,
            "etapes": [asdict(step) for step in (size.floor, *size.parts, size.product)],
            "ratio_au_plancher": size.ratio,
            "toutes_les_sources_s": everything,
            "regles": size.rules,
        }
    return content


def main() -> None:
    """Measure, print the tables, and write the JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="numbers of agreements; none for the pages alone")
    parser.add_argument("--dump", type=Path, help="the dump that the deliveries are drawn from")
    parser.add_argument("--json", type=Path, default=ROOT / "data" / "bench.json")
    parser.add_argument("--repetitions", type=int, default=1)
    parser.add_argument("--without-sources", action="store_true", help="leave out the other sources, beside the dump")
    parser.add_argument("--without-pages", action="store_true", help="leave out the pages at national size, which take the longest")
    parser.add_argument("--national", type=Path, help="a home whose current run is of national size, to measure the pages on")
    parser.add_argument("--loads", type=int, default=20, help="how many times each page is loaded")
    arguments = parser.parse_args()

    print(f"{len(os.sched_getaffinity(0))} processors, {arguments.repetitions} repetition(s)")
    sizes: dict[int, Size] = {}
    everything = None
    with tempfile.TemporaryDirectory(prefix="parc-bench-demo-") as folder:
        given = arguments.dump or (DEFAULT_DUMP if DEFAULT_DUMP.is_file() else None)
        demo = {} if given and arguments.without_sources else made_demo(Path(folder))
        dump = (given or Path(demo["ecoloweb"])).absolute()
        for agreements in arguments.sizes:
            if size := at_size(agreements, dump, arguments.repetitions):
                sizes[agreements] = size
                print("\n".join([*targets.table(size), *(target.line for target in targets.targets(size, agreements))]), flush=True)
        if (size := sizes.get(targets.TENS)) and not arguments.without_sources:
            everything = with_every_source(dump, demo)
            print(f"\nwith every source of a demo: {everything:.1f} s, {everything / size.product.wall_s:.2f} × the dump alone")
    print("".join(f"\n{target.line}" for target in targets.growth(sizes)))
    print("* beyond the target")

    pages = None if arguments.without_pages else pages_at_national_size(arguments.national, arguments.loads)
    if pages:
        print_pages(pages)
    arguments.json.parent.mkdir(parents=True, exist_ok=True)
    content = told(sizes, everything, pages)
    arguments.json.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"\nwritten to {arguments.json}")


if __name__ == "__main__":
    main()

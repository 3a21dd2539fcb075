"""Measures an import, a run and its rules beside the floor of the same machine at the same moment, and prints their ratio.

The floor is the least any importer must do: turn the archive into text, and load that text into DuckDB, untyped and unchecked.
The same is then measured with every other source beside the dump, of a demo of as many agreements. Each step is a process of its
own, so that its processor time and peak memory are the system's own figures. Last, the pages of the application on a run of
national size, in a browser.

    python tests/bench/bench.py [--dump FILE] [--json FILE] [--repetitions N] [--without-pages] [--national HOME] [--loads N]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
BIN = ROOT / ".venv" / "bin"
DEFAULT_DUMP = ROOT.parent / "shared" / "data" / "ecoloweb_10k.pgsql"
FLOOR = Path(__file__).with_name("floor.py")
RULES = Path(__file__).with_name("rules.py")
DEMO = Path(__file__).with_name("demo.py")
PAGES = "tests.bench.pages"
KIBIBYTES_IN_A_MEBIBYTE = 1024


@dataclass(frozen=True)
class Measure:
    """One process: seconds, and mebibytes at its peak."""

    step: str
    wall_s: float
    cpu_s: float
    peak_rss_mib: float


def measure(step: str, command: list[str], environment: dict[str, str]) -> Measure:
    """Run a command to its end and return what it cost. Raises CalledProcessError when it fails."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT, cwd=ROOT)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        code = os.waitstatus_to_exitcode(status)
        if code != 0:
            output.seek(0)
            sys.stderr.buffer.write(output.read())
            raise subprocess.CalledProcessError(code, command)
    return Measure(step, wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / KIBIBYTES_IN_A_MEBIBYTE)


def made_demo(folder: Path) -> dict[str, str]:
    """Generate a demo of 10,000 agreements and return its deliveries, by source."""
    done = subprocess.run([BIN / "python", DEMO, folder], check=True, capture_output=True, text=True, cwd=ROOT)
    made: dict[str, str] = json.loads(done.stdout)
    return made


@dataclass(frozen=True)
class Round:
    """One measure of everything, in a fresh home."""

    measures: list[Measure]
    steps: dict[str, float]
    """Seconds of each step of the run."""
    rules: dict[str, float]
    """What `rules.py` says of the rules."""
    received: int
    """Rows received."""


def once(dump: Path) -> Round:
    """Measure the floor, the import, the run and its rules in a fresh home."""
    with tempfile.TemporaryDirectory(prefix="parc-bench-") as folder:
        environment = {**os.environ, "PARC_HOME": folder, "PARC_DATE_REFERENCE": "2026-11-01"}
        measures = [
            measure("floor", [str(BIN / "python"), str(FLOOR), str(dump), folder], environment),
            measure("parc import", [str(BIN / "parc"), "import", "ecoloweb", str(dump)], environment),
            measure("parc run", [str(BIN / "parc"), "run"], environment),
        ]
        manifest = json.loads((Path(folder) / "published" / "current" / "manifest.json").read_text(encoding="utf-8"))
        judged = subprocess.run([BIN / "python", RULES], env=environment, check=True, capture_output=True, text=True, cwd=ROOT)
    received = sum(table["nb_recus"] for delivery in manifest["livraisons"] for table in delivery["tables"])
    return Round(measures, manifest["durees_s"], json.loads(judged.stdout), received)


def with_every_source(dump: Path, demo: dict[str, str]) -> float:
    """Return the seconds that the import of the dump and of every other source of the demo takes, and the run of them all."""
    with tempfile.TemporaryDirectory(prefix="parc-bench-sources-") as folder:
        environment = {**os.environ, "PARC_HOME": folder, "PARC_DATE_REFERENCE": "2026-11-01"}
        origins = {**demo, "ecoloweb": str(dump)}
        commands = [["import", source, origin] for source, origin in origins.items()]
        return sum(measure(command[0], [str(BIN / "parc"), *command], environment).wall_s for command in [*commands, ["run"]])


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


def median(measures: list[Measure]) -> Measure:
    """Return the median of several measures of one step, figure by figure."""
    return Measure(
        measures[0].step,
        *(statistics.median(getattr(measure, name) for measure in measures) for name in ("wall_s", "cpu_s", "peak_rss_mib")),
    )


def main() -> None:
    """Measure, print the table, and write the JSON when asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dump", type=Path)
    parser.add_argument("--json", type=Path, default=ROOT / "data" / "bench.json")
    parser.add_argument("--repetitions", type=int, default=1)
    parser.add_argument("--without-pages", action="store_true", help="leave out the pages at national size, which take the longest")
    parser.add_argument("--national", type=Path, help="a home whose current run is of national size, to measure the pages on")
    parser.add_argument("--loads", type=int, default=20, help="how many times each page is loaded")
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory(prefix="parc-bench-demo-") as folder:
        demo = made_demo(Path(folder))
        dump = (arguments.dump or (DEFAULT_DUMP if DEFAULT_DUMP.is_file() else Path(demo["ecoloweb"]))).absolute()
        runs = [once(dump) for _ in range(arguments.repetitions)]
        everything = statistics.median(with_every_source(dump, demo) for _ in range(arguments.repetitions))

    steps = [median([done.measures[index] for done in runs]) for index in range(3)]
    floor, product = steps[0], steps[1:]
    total = Measure(
        "import + run",
        sum(step.wall_s for step in product),
        sum(step.cpu_s for step in product),
        max(step.peak_rss_mib for step in product),
    )
    received, judged = runs[-1].received, runs[-1].rules

    print(f"{dump.name}: {received:,} rows, {len(os.sched_getaffinity(0))} processors, {arguments.repetitions} repetition(s)\n")
    print(f"{'step':<34}{'wall s':>9}{'cpu s':>9}{'peak MiB':>10}{'rows/s':>12}{'× floor':>9}")
    for step in [*steps, total]:
        print(
            f"{step.step:<34}{step.wall_s:>9.1f}{step.cpu_s:>9.1f}{step.peak_rss_mib:>10.0f}"
            f"{received / step.wall_s:>12,.0f}{step.wall_s / floor.wall_s:>9.1f}"
        )
    print(
        f"\nwith every source of a demo of 10,000 agreements: {everything:.1f} s, {everything / total.wall_s:.2f} × the dump alone"
    )
    print("\ninside parc run")
    for name, seconds in runs[-1].steps.items():
        print(f"  {name:<32}{seconds:>9.1f}")

    print("\nthe rules")
    for name, value in judged.items():
        print(f"  {name:<32}{value:>9.1f}")

    pages = None if arguments.without_pages else pages_at_national_size(arguments.national, arguments.loads)
    if pages:
        print_pages(pages)

    arguments.json.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "dump": dump.name,
        "lignes": received,
        "etapes": [asdict(step) for step in [*steps, total]],
        "ratio_au_plancher": total.wall_s / floor.wall_s,
        "toutes_les_sources_s": everything,
        "ratio_toutes_les_sources": everything / total.wall_s,
        "dans_le_run_s": runs[-1].steps,
        "regles": judged,
        "pages": pages,
    }
    arguments.json.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"\nwritten to {arguments.json}")


if __name__ == "__main__":
    main()

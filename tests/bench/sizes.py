"""Measures the floor, the import and the run of a delivery of a given size, in a fresh home."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dagster import DagsterEventType

from dagster_project.assets import names
from dagster_project.instance import open_instance
from dagster_project.session import Step
from data_contracts.layout import Home
from data_contracts.publication import current_run
from tests.bench.measures import BIN, ROOT, Measure, measure

FLOOR = Path(__file__).with_name("floor.py")
RULES = Path(__file__).with_name("rules.py")
SCHEMAS = frozenset({"staging", "intermediaire", names.RULES, "indicateurs", "marts"})
"""Of the models of dbt."""
DATE = "2026-11-01"
ROOM = 6
"""Room that a size needs, in times its COPY text: what a run may take at most, what the floor takes beside, and the delivery."""
TEXT_PER_AGREEMENT = 10_600
"""Bytes of COPY text of an agreement and all that hangs on it, in the dump of 10,002 agreements."""


@dataclass(frozen=True)
class Size:
    """What a delivery of one size cost."""

    agreements: int
    dwellings: int
    rows: int
    """Received, all tables together."""
    text: int
    """Bytes of COPY text."""
    floor: Measure
    product: Measure
    """Import and run, one after the other."""
    parts: tuple[Measure, ...]
    """Import, run, then each step of the run."""
    models_s: dict[str, float]
    """Seconds of each model of dbt; those of several at once add up to more than the step takes."""
    rules: dict[str, float]
    """What `rules.py` says of the rules judged alone, where it was asked to."""

    @property
    def ratio(self) -> float:
        """Time in times the floor."""
        return self.product.wall_s / self.floor.wall_s

    @property
    def rules_s(self) -> float:
        """Seconds of the models that judge."""
        return sum(seconds for name, seconds in self.models_s.items() if name.startswith(f"{names.RULES}/"))


def room_missing(agreements: int, folder: Path) -> int:
    """Return how many bytes the disk of a folder lacks to measure that many agreements; 0 when they fit."""
    return max(0, agreements * TEXT_PER_AGREEMENT * ROOM - shutil.disk_usage(folder).free)


def measured(delivery: Path, *, judge: bool) -> Size:
    """Measure a delivery of Ecoloweb from its file to its publication; `judge` has its rules judged again, alone."""
    with tempfile.TemporaryDirectory(prefix="parc-bench-") as name:
        folder = Path(name)
        scratch, home = folder / "plancher", Home(folder / "parc")
        scratch.mkdir()
        home.root.mkdir()
        environment = {**os.environ, "PARC_HOME": str(home.root), "PARC_DATE_REFERENCE": DATE}
        [floor] = measure("floor", [BIN / "python", FLOOR, delivery, scratch], environment, scratch)
        text = int(json.loads((scratch / "texte.json").read_text(encoding="utf-8")))
        [imported] = measure("parc import", [BIN / "parc", "import", "ecoloweb", delivery], environment, home.root)
        ran, *steps = measure("parc run", [BIN / "parc", "run"], environment, home.root, step_that_ends)
        judged = (
            subprocess.run([BIN / "python", RULES], env=environment, check=True, capture_output=True, cwd=ROOT) if judge else None
        )
        run = current_run(home)
        [landed] = run.manifest["livraisons"]
        received = {table["table"]: table["nb_recus"] for table in landed["tables"]}
        return Size(
            agreements=received["ecolo_conventionapl"],
            dwellings=received["ecolo_logement"],
            rows=sum(received.values()),
            text=text,
            floor=floor,
            product=together("import + run", [imported, ran]),
            parts=(imported, ran, *steps),
            models_s=models_seconds(home),
            rules=json.loads(judged.stdout) if judged else {},
        )


def together(part: str, measures: Sequence[Measure]) -> Measure:
    """Return what several commands cost one after the other."""
    return Measure(
        part,
        wall_s=sum(one.wall_s for one in measures),
        cpu_s=sum(one.cpu_s for one in measures),
        peak_rss=max(one.peak_rss for one in measures),
        written=sum(one.written for one in measures),
        held=max(one.held for one in measures),
    )


def step_that_ends(line: str) -> str | None:
    """Return the step of a run that a line of `parc run` says is over, None for any other line."""
    return next((step.value for step in Step if line.startswith(f"✓ {step.value} ")), None)


def models_seconds(home: Home) -> dict[str, float]:
    """Return the seconds of each model of the last run, by schema and name, as Dagster's history keeps them."""
    with open_instance(home) as instance:
        [last] = instance.get_runs(limit=1)
        built = instance.all_logs(last.run_id, of_type=DagsterEventType.ASSET_MATERIALIZATION)
    made = [entry.asset_materialization for entry in built]
    models = [one for one in made if one and one.asset_key.path[0] in SCHEMAS]
    return {"/".join(one.asset_key.path): one.metadata["secondes"].value for one in models}

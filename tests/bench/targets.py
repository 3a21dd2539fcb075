"""What the measures must not exceed, and what a size costs in words, marked where it does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from tests.bench.measures import Measure
from tests.bench.sizes import Size

MEBIBYTE, GIBIBYTE = 2**20, 2**30
TENS, NATIONAL = 10_000, 300_000
GROWTH = 35
HEAVIEST = 5
"""Models told by name."""


class Target(NamedTuple):
    """A bound, and what was found."""

    what: str
    found: float
    bound: float
    unit: str

    @property
    def line(self) -> str:
        """How it is told: with a star where the bound is exceeded."""
        mark = " *" if self.found > self.bound else ""
        return f"  {self.what:<44}{self.found:>9.1f} {self.unit:<8} ≤ {self.bound:g}{mark}"


def targets(size: Size, asked: int) -> Iterator[Target]:
    """Give the targets of a size; only the size of the reference dump and the national one have some."""
    peak, time = size.product.peak_rss / GIBIBYTE, size.product.wall_s
    if asked == TENS:
        yield Target("import + run", time, 45, "s")
        yield Target("import + run", size.ratio, 15, "× floor")
        yield Target("memory of all processes", peak, 2, "GiB")
    if asked == TENS and size.rules:
        yield Target("all rules, judged alone", size.rules["all rules, s"], 10, "s")
        yield Target("one more rule", size.rules["one more rule, ms"], 20, "ms")
    if asked == NATIONAL:
        yield Target("import + run", time, 480, "s")
        yield Target("import + run", size.ratio, 5, "× floor")
        yield Target("memory of all processes", peak, 8, "GiB")
        yield Target("room taken", size.product.held / size.text, 4, "× text")


def growth(sizes: dict[int, Size]) -> Iterator[Target]:
    """Give the growth of the cost from the reference dump to national size, where both were measured.

    That of the processor is what compares on a machine that others use too.
    """
    if TENS in sizes and NATIONAL in sizes:
        tens, national = sizes[TENS].product, sizes[NATIONAL].product
        yield Target("time at 300k against 10k", national.wall_s / tens.wall_s, GROWTH, "×")
        yield Target("processor at 300k against 10k", national.cpu_s / tens.cpu_s, GROWTH, "×")


def table(size: Size) -> Iterator[str]:
    """Give the lines of what a size cost."""
    yield (
        f"\n{size.agreements:,} agreements, {size.dwellings:,} dwellings, {size.rows:,} rows, "
        f"{size.text / MEBIBYTE:,.0f} MiB of COPY text"
    )
    yield (
        f"{'step':<26}{'wall s':>9}{'cpu s':>9}{'peak MiB':>10}{'written MiB':>13}{'held MiB':>10}{'× text':>8}"
        f"{'rows/s':>12}{'× floor':>9}"
    )
    for step in (size.floor, *_indented(size.parts), size.product):
        yield (
            f"{step.part:<26}{step.wall_s:>9.1f}{step.cpu_s:>9.1f}{step.peak_rss / MEBIBYTE:>10,.0f}"
            f"{step.written / MEBIBYTE:>13,.0f}{step.held / MEBIBYTE:>10,.0f}{step.held / size.text:>8.2f}"
            f"{size.rows / step.wall_s:>12,.0f}{step.wall_s / size.floor.wall_s:>9.2f}"
        )
    heaviest = sorted(size.models_s.items(), key=lambda model: -model[1])[:HEAVIEST]
    yield f"models that judge: {size.rules_s:.1f} s; heaviest: " + ", ".join(
        f"{name} {seconds:.1f} s" for name, seconds in heaviest
    )


def _indented(parts: Iterable[Measure]) -> Iterator[Measure]:
    """Set the steps of the run under it."""
    for part in parts:
        yield part if part.part.startswith("parc ") else replace(part, part=f"  {part.part}")

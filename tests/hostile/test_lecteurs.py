"""Every reader, handed what hypothesis makes of a sound delivery, and what it once failed on: `make faults` does it for long."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.hostile import CORPUS, READERS, Delivery, Reader, outcome
from tests.support.mutations import hurt

FEW = 8
"""Deliveries tried here on each reader."""


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Delivery]:
    """The sound delivery of each reader."""
    return {name: reader.sound(tmp_path_factory.mktemp("sain")) for name, reader in READERS.items()}


@pytest.mark.parametrize("name", READERS)
def test_the_sound_delivery_is_taken(name: str, sound: dict[str, Delivery], tmp_path: Path) -> None:
    assert outcome(READERS[name], tmp_path / "essai", sound[name]) is None


@pytest.mark.parametrize("name", READERS)
def test_a_hurt_delivery_is_taken_whole_or_refused_in_one_sentence(
    name: str, sound: dict[str, Delivery], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder, ranks = tmp_path_factory.mktemp("essais"), itertools.count()

    @settings(max_examples=FEW, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.data())
    def tried(data: st.DataObject) -> None:
        outcome(READERS[name], folder / str(next(ranks)), data.draw(hurt(sound[name])))

    tried()


def past_failures() -> list[tuple[Reader, Path]]:
    """What once crashed, hung or was said badly: a folder a reader, a folder a failure, with the files that were changed."""
    return [(reader, case) for reader in READERS.values() for case in sorted((CORPUS / reader.slug).glob("*"))]


@pytest.mark.parametrize(("reader", "case"), past_failures(), ids=lambda part: part.name)
def test_what_once_failed_is_taken_or_refused(reader: Reader, case: Path, sound: dict[str, Delivery], tmp_path: Path) -> None:
    changed = {path.name.replace("__", "/"): path.read_bytes() for path in case.iterdir()}
    outcome(reader, tmp_path / "essai", {**sound[reader.name], **changed})

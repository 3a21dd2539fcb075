"""Sizes, seeds and the files left behind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.demo import Formes, generate
from ingest.demo.generation import repartition


def octets(conventions: int, graine: int, dossier: Path) -> list[bytes]:
    livraison = generate(conventions, graine, dossier)
    fichiers = (livraison.dump, livraison.verite, livraison.apilos, livraison.verite_apilos)
    return [fichier.read_bytes() for fichier in fichiers]


def test_the_same_size_and_seed_give_the_same_bytes(tmp_path: Path) -> None:
    assert octets(420, 3, tmp_path / "a") == octets(420, 3, tmp_path / "b")


def test_another_seed_gives_another_france(tmp_path: Path) -> None:
    assert octets(120, 3, tmp_path / "a")[0] != octets(120, 4, tmp_path / "b")[0]


def test_only_the_deliveries_and_the_truth_are_left_in_the_folder(tmp_path: Path) -> None:
    livraison = generate(5, 1, tmp_path / "demo")
    left = [
        livraison.apilos,
        livraison.dump,
        livraison.enquetes,
        livraison.personnes,
        livraison.rpls,
        livraison.siap,
        livraison.sisal,
        livraison.verite,
        livraison.verite_apilos,
    ]
    assert sorted(tmp_path.joinpath("demo").iterdir()) == left


def test_a_demo_replaces_the_one_before(tmp_path: Path) -> None:
    generate(8, 1, tmp_path)
    livraison = generate(5, 2, tmp_path)
    assert json.loads(livraison.verite.read_text(encoding="utf-8"))["totaux"]["conventions"] == 5


@pytest.mark.parametrize(("conventions", "graine"), [(0, 1), (-3, 1), (10, -1)])
def test_an_impossible_size_or_seed_is_refused(conventions: int, graine: int, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="convention"):
        generate(conventions, graine, tmp_path)


@pytest.mark.parametrize("conventions", [1, 101, 130])
def test_any_size_has_exactly_the_agreements_asked_for(conventions: int, tmp_path: Path) -> None:
    verite = json.loads(generate(conventions, 1, tmp_path).verite.read_text(encoding="utf-8"))
    assert len(verite["conventions"]) == verite["lignes"]["conventionapl"] == conventions


def test_every_departement_has_an_agreement_as_soon_as_there_is_one_for_each(tmp_path: Path) -> None:
    verite = json.loads(generate(101, 1, tmp_path).verite.read_text(encoding="utf-8"))
    assert len(verite["departements"]) == 101


def test_a_shape_can_be_turned_off(tmp_path: Path) -> None:
    formes = Formes(mixte=0, mixte_rare=0)
    verite = json.loads(generate(300, 1, tmp_path, formes, cas=False).verite.read_text(encoding="utf-8"))
    assert verite["totaux"]["conventions_mixtes"] == 0


def test_shares_follow_the_weights_and_add_up() -> None:
    assert repartition(10, [7, 2, 1]) == [6, 2, 2]


def test_with_too_little_for_all_only_the_heaviest_have_a_share() -> None:
    assert repartition(1, [1, 8, 1]) == [0, 1, 0]

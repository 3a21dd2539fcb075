"""The file of the uses: what it may hold, and what its faults are told as."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from data_contracts.errors import BadInputError
from data_contracts.indicator_loader import measures
from data_contracts.usage_loader import queries, read_by_usages, usages

USE: dict[str, Any] = {
    "usage": "essai",
    "titre": "Essayer",
    "question": "Est-ce que cela marche ?",
    "seuils": {"utilisable_pct": 90, "precaution_pct": 50},
    "exigences": [{"libelle": "Date de signature", "champ": "fct_convention.date_signature"}],
}


def read(folder: Path, *uses: dict[str, Any]) -> object:
    path = folder / "usages.yml"
    path.write_text(yaml.safe_dump(list(uses), allow_unicode=True, sort_keys=False), encoding="utf-8")
    return usages(path)


def test_every_declared_use_is_counted_on_published_tables_alone() -> None:
    assert "agg_completude" in read_by_usages(usages())
    assert len(list(queries(usages()))) == sum(len(usage.exigences) for usage in usages())


def test_every_followed_field_is_one_that_completeness_follows() -> None:
    followed = {f"{mart}.{field.champ}" for mart, found in measures().completeness.items() for field in found.champs}

    assert {demand.champ for usage in usages() for demand in usage.exigences if demand.champ} <= followed


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"seuils": {"utilisable_pct": 50, "precaution_pct": 90}}, "« avec précaution » (90 %) dépasse « utilisable » (50 %)"),
        ({"seuils": {"utilisable_pct": 120, "precaution_pct": 90}}, "utilisable_pct"),
        ({"exigences": []}, "liste vide"),
        ({"exigences": [{"libelle": "Rien"}]}, "donne un champ ou des lignes"),
        ({"exigences": [{"libelle": "Statut", "champ": "fct_convention.inconnu"}]}, "absent de indicateurs/completude.yml"),
        ({"exigences": [{"libelle": "Lignes", "lignes": "select 1 as source"}]}, "ne se compte pas"),
        ({"exigences": [{"libelle": "Lignes", "lignes": "select * from read_csv('x')"}]}, "lit autre chose qu'une table publiée"),
    ],
)
def test_a_fault_is_told_with_its_file_its_line_and_its_reason(tmp_path: Path, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInputError) as refused:
        read(tmp_path, {**USE, **changes})

    assert f"{tmp_path / 'usages.yml'}, ligne " in str(refused.value)
    assert said in str(refused.value)


def test_two_uses_can_not_have_one_name(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="l'usage essai est déclaré deux fois"):
        read(tmp_path, USE, USE)

"""A small catalogue of what is measured, written in a folder: two marts, one axis or two, and what a test gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from data_contracts.indicator_loader import Measures, measures

MARTS = {
    "fct_essai": {
        "essai_id": "VARCHAR",
        "source": "VARCHAR",
        "code_departement": "VARCHAR",
        "nombre": "INTEGER",
        "surface": "DECIMAL(14,2)",
        "texte": "VARCHAR",
        "liste": "VARCHAR[]",
        "jour": "DATE",
        "oui": "BOOLEAN",
    },
    "dim_essai": {"code": "VARCHAR"},
}
AXES = [
    {"axe": "ensemble", "libelle": "Ensemble"},
    {"axe": "departement", "libelle": "Département", "colonne": "code_departement"},
]
INDICATOR: dict[str, Any] = {
    "id": "E-01",
    "titre": "Essai",
    "definition": "Essai.",
    "numerateur": "Ce qui est grand.",
    "denominateur": "Tout.",
    "population": "Tout.",
    "source": "fct_essai.",
    "fraicheur": "À chaque run.",
    "petits_effectifs": "Publiés.",
    "publics": ["LO3"],
    "lignes": "select * from fct_essai",
    "axes": ["ensemble", "departement"],
    "mesures": [
        {
            "nom": "part",
            "libelle": "Part",
            "unite": "%",
            "numerateur": "count(*) filter (where nombre > 10)",
            "denominateur": "count(nombre)",
        }
    ],
}
COMPLETENESS: dict[str, Any] = {"mart": "fct_essai", "lignes": "select * from fct_essai", "champs": [{"champ": "nombre"}]}


def write(folder: Path, *indicators: dict[str, Any], completeness: list[dict[str, Any]] | None = None) -> Path:
    """Write what is measured and the contracts of the marts. Return the file of the indicators."""
    for name, columns in MARTS.items():
        product = {
            "mart": name,
            "titre": name,
            "grain": "une ligne",
            "description": "Essai.",
            "acces": ["commun"],
            "cle_primaire": list(columns)[:1],
            "colonnes": [{"nom": column, "type": kind, "description": f"Sens de {column}."} for column, kind in columns.items()],
        }
        _write(folder / "products" / f"{name}.yml", product)
    _write(folder / "indicateurs" / "axes.yml", AXES)
    _write(folder / "indicateurs" / "completude.yml", completeness or [])
    return _write(folder / "indicateurs" / "essai.yml", list(indicators))


def read(folder: Path, *indicators: dict[str, Any], completeness: list[dict[str, Any]] | None = None) -> Measures:
    """Write and read what is measured."""
    write(folder, *indicators, completeness=completeness)
    return measures(folder / "indicateurs", folder / "products")


def _write(path: Path, content: Any) -> Path:  # noqa: ANN401 - whatever a YAML file holds
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path

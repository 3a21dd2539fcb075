"""A small catalogue of rules, written in a folder: one view of a few columns, and the rules a test gives."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from typing import Any

import yaml

from data_contracts.rule_loader import Catalogue, catalogue

COLUMNS = {
    "objet_id": "VARCHAR",
    "source": "VARCHAR",
    "convention_id": "VARCHAR",
    "code_departement": "VARCHAR",
    "bailleur_id": "VARCHAR",
    "table_source": "VARCHAR",
    "date_signature": "DATE",
    "date_reference": "DATE",
    "famille": "VARCHAR",
    "nombre": "INTEGER",
    "surface": "DECIMAL(14,2)",
    "coefficient": "DECIMAL(12,6)",
    "est_foyer": "BOOLEAN",
    "familles": "VARCHAR[]",
    "jours": "DATE[]",
}
RULE: dict[str, Any] = {
    "id": "ESS-001",
    "titre": "Essai",
    "sources": ["ecoloweb"],
    "grain": "objet",
    "applicable": "famille = 'PLS'",
    "condition": "nombre < $seuil",
    "severite": "anomalie",
    "preuve": ["nombre"],
    "message": "Nombre {nombre}, sous {seuil}.",
    "action": "Corriger.",
}
PARAMETERS = """
- {nom: seuil, libelle: Seuil, type: entier, valeurs: [{valeur: 10}], source: Essai}
- nom: seuil_date
  libelle: Seuil daté
  type: entier
  valeurs: [{valeur: 1}, {depuis: 2002-05-03, valeur: 15}, {depuis: 2020-01-01, valeur: null}]
  source: Essai
"""


def write(folder: Path, rules: str | list[dict[str, Any]], parameters: str = PARAMETERS) -> Path:
    """Write a catalogue: rules as YAML text or as data. Return the file of the rules."""
    (folder / "vues").mkdir(parents=True, exist_ok=True)
    (folder / "regles").mkdir(exist_ok=True)
    columns = [{"nom": name, "type": kind, "libelle": name} for name, kind in COLUMNS.items()]
    view = {"vue": "objet", "titre": "objet", "grain": "un objet", "description": "Essai.", "colonnes": columns}
    (folder / "vues" / "objet.yml").write_text(yaml.safe_dump(view, allow_unicode=True), encoding="utf-8")
    (folder / "regles" / "parametres.yml").write_text(parameters, encoding="utf-8")
    (folder / "regles" / "documents.yml").write_text("faq.md: FAQ réglementaire\n", encoding="utf-8")
    text = dedent(rules) if isinstance(rules, str) else yaml.safe_dump(rules, allow_unicode=True, sort_keys=False)
    path = folder / "regles" / "essai.yml"
    path.write_text(text, encoding="utf-8")
    return path


def read(folder: Path, *rules: dict[str, Any], parameters: str = PARAMETERS) -> Catalogue:
    """Write and read a catalogue of these rules."""
    write(folder, list(rules), parameters)
    return catalogue(folder / "regles", folder / "vues")

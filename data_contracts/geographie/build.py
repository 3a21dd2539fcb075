"""Writes the CSV files of this folder from the npm package @etalab/decoupage-administratif, once a year.

    python -m data_contracts.geographie.build DOSSIER

DOSSIER is the unpacked package: the folder that holds `data/communes.json`. Then renew the vintage in README.md.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from pathlib import Path
from typing import Any

from data_contracts.errors import BadInputError

HERE = Path(__file__).resolve().parent
CURRENT = "commune-actuelle"
DISTRICT = "arrondissement-municipal"
MERGED = ("commune-deleguee", "commune-associee")
COLLECTIVITY_ZONE = "com"

LEFT_GUADELOUPE = {"97123": "97701", "97127": "97801"}
"""Saint-Barthélemy and Saint-Martin were communes of Guadeloupe until 2007; the package has forgotten these codes."""

Record = dict[str, Any]
Rows = list[dict[str, str]]


def build(package: Path, target: Path = HERE) -> None:
    """Write commune.csv, commune_ancienne.csv, departement.csv and region.csv in `target`.

    Raises BadInputError when the package is not there or not readable.
    """
    communes = _read(package, "communes")
    departements = _read(package, "departements")
    regions = _read(package, "regions")
    _write(target / "commune.csv", commune_rows(communes))
    _write(target / "commune_ancienne.csv", former_rows(communes))
    _write(target / "departement.csv", departement_rows(departements))
    _write(target / "region.csv", region_rows(regions))


def commune_rows(communes: list[Record]) -> Rows:
    """Return the communes of today and the municipal districts of Paris, Lyon and Marseille, by code."""
    kept = [record for record in communes if record["type"] in (CURRENT, DISTRICT)]
    return [
        {
            "code_commune": record["code"],
            "nom_commune": record["nom"],
            "type": record["type"],
            "code_commune_parent": record.get("commune", ""),
            "code_departement": record["departement"],
            "code_region": _region(record),
            "siren": record.get("siren", ""),
            "codes_postaux": " ".join(sorted(record.get("codesPostaux", ()))),
            "population": str(record.get("population", "")),
        }
        for record in sorted(kept, key=_code)
    ]


def former_rows(communes: list[Record]) -> Rows:
    """Return every former code with today's, by former code.

    A commune déléguée or associée leads to the chef-lieu it belongs to, even where the package also lists its code among the
    former codes of another commune (its territory was split: most of it stayed with the chef-lieu).
    """
    current = {record["code"] for record in communes if record["type"] == CURRENT}
    former: dict[str, str] = dict(LEFT_GUADELOUPE)
    for record in sorted(communes, key=_code):
        if record["type"] == CURRENT:
            for code in record.get("anciensCodes", ()):
                if former.setdefault(code, record["code"]) != record["code"]:
                    raise BadInputError(
                        f"L'ancien code {code} mène à {former[code]} et à {record['code']} : choisir avant de continuer."
                    )
    former |= {record["code"]: record["chefLieu"] for record in communes if record["type"] in MERGED}
    known = {code: today for code, today in former.items() if code not in current and today in current}
    return [{"code_ancien": code, "code_commune": known[code]} for code in sorted(known)]


def departement_rows(departements: list[Record]) -> Rows:
    """Return the départements and the overseas collectivities, by code."""
    return [
        {
            "code_departement": record["code"],
            "nom_departement": record["nom"],
            "code_region": _region(record),
            "est_outre_mer": "false" if record["zone"] == "metro" else "true",
        }
        for record in sorted(departements, key=_code)
    ]


def region_rows(regions: list[Record]) -> Rows:
    """Return the 18 regions, by code."""
    kept = [record for record in regions if record["zone"] != COLLECTIVITY_ZONE]
    return [{"code_region": record["code"], "nom_region": record["nom"]} for record in sorted(kept, key=_code)]


def _code(record: Record) -> str:
    code: str = record["code"]
    return code


def _region(record: Record) -> str:
    """Return the region's code, empty for the overseas collectivities: they belong to none."""
    return "" if record["zone"] == COLLECTIVITY_ZONE else str(record["region"])


def _read(package: Path, name: str) -> list[Record]:
    path = package / "data" / f"{name}.json"
    try:
        content: list[Record] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadInputError(f"{path} est illisible : donner le dossier du paquet npm @etalab/decoupage-administratif.") from error
    return content


def _write(path: Path, rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> int:
    """Run from the command line; return the exit code."""
    parser = argparse.ArgumentParser(description="Renouvelle les fichiers de la géographie officielle.")
    parser.add_argument("dossier", type=Path, help="dossier du paquet npm @etalab/decoupage-administratif")
    try:
        build(parser.parse_args().dossier)
    except BadInputError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Writes the zonings of this folder, code and zone only, from the files that their publishers give.

    python -m data_contracts.geographie.zonage ABC|123 FICHIER

FICHIER is a CSV with a column `CODGEO` and a column of zones, the first whose label begins with « Zon ». Then renew the date in
zonage.csv and in README.md.
"""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path

from data_contracts.errors import BadInputError
from data_contracts.text_file import DELIMITERS, decoded

HERE = Path(__file__).resolve().parent
CODE, ZONE = "CODGEO", "ZON"


def build(kind: str, source: Path, target: Path = HERE) -> None:
    """Write zonage_abc.csv or zonage_123.csv in `target`. Raises BadInputError when the file is not such a list."""
    rows = zone_rows(source)
    with (target / f"zonage_{kind.lower()}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code_commune", "zone"])
        writer.writerows(rows)


def zone_rows(source: Path) -> list[tuple[str, str]]:
    """Return the code and the zone of each commune listed, by code."""
    try:
        lines = decoded(source.read_bytes()).splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError(f"{source} est illisible : donner le CSV du zonage.") from error
    header = lines[0] if lines else ""
    labels, *rows = csv.reader(lines, delimiter=max(DELIMITERS, key=header.count)) if lines else [[]]
    zone = next((rank for rank, label in enumerate(labels) if label.upper().startswith(ZONE)), None)
    if CODE not in labels or zone is None:
        raise BadInputError(f"{source} n'a pas les colonnes {CODE} et « Zone… » : donner le CSV du zonage.")
    code = labels.index(CODE)
    return sorted((row[code].strip(), row[zone].strip()) for row in rows if row)


def main() -> int:
    """Run from the command line; return the exit code."""
    parser = argparse.ArgumentParser(description="Renouvelle un zonage de la géographie officielle.")
    parser.add_argument("type", choices=["ABC", "123"], help="zonage")
    parser.add_argument("fichier", type=Path, help="CSV publié")
    asked = parser.parse_args()
    try:
        build(asked.type, asked.fichier)
    except BadInputError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The sound deliveries that are then damaged: small, made, and read by every source without a word."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.support import made_apilos, made_satisfaction, made_siap, made_sisal
from tests.support.made_delivery import MadeDelivery

CONVENTION, PERIODE = "ecolo_conventionapl", "ecolo_conventiondonneesgenerales"
AVENANT, PROGRAMME, LOGEMENT = "ecolo_avenant", "ecolo_programmelogement", "ecolo_logement"
CONVENTIONS = 20
DEPARTEMENT = "33"
CREATION_MS = 1_267_000_000_000
"""Milliseconds since 1970, as Ecoloweb keeps its moments."""


def ecoloweb(folder: Path) -> Path:
    """Twenty agreements as a folder of CSV, one amendment and two rows of dwellings each."""
    made = MadeDelivery()
    for rang in range(1, CONVENTIONS + 1):
        convention = made.convention(
            noreglementaire=f"33/2/{rang:02d}2010/80415/{rang:04d}",
            noordre=str(rang),
            libelle=f"Résidence {rang}",
            datedepot="2010-01-15",
        )
        periode = made.periode(convention, "2010-03-01", datesignatureprefet="2010-03-01", dateexpiration="2040-06-30", duree=30)
        programme = made.programme(periode, logementsnombretotal=12, surfaceutile=650.5)
        made.logement(programme, nblogements=6, surfaceutile=65.5, surfacehabitable=60.0, datecreation=CREATION_MS)
        made.logement(programme, "T2", nblogements=6, surfaceutile=48.0, surfacehabitable=45.0, datecreation=CREATION_MS)
        made.avenant(convention, datesignatureprefet="2015-05-04")
    return made.write(folder / "ecoloweb")


def sisal(folder: Path) -> Path:
    """Twenty agréments, as the infocentre exports them."""
    return made_sisal.write_csv(folder / "rapport.csv", _agrements())


def sisal_xlsx(folder: Path) -> Path:
    """The same in XLSX."""
    return made_sisal.write_xlsx(folder / "rapport.xlsx", _agrements())


def satisfaction(folder: Path) -> Path:
    """Twenty answers to a survey."""
    reponses = [("02/03/2026", str(1 + rang % 5), f"Avis numéro {rang}", DEPARTEMENT) for rang in range(20)]
    return made_satisfaction.write_survey(folder / "enquetes", reponses)


def siap(folder: Path) -> Path:
    """One operation, its list and the clearance, as a folder of JSON."""
    operation = made_siap.operation()
    return made_siap.write_folder(folder / "siap", liste=[made_siap.announced(operation)], detail=operation)


def apilos(folder: Path) -> Path:
    """The made agreements of APiLos, one a line."""
    return made_apilos.write_export(folder / "conventions.json", made_apilos.exported())


def _agrements() -> list[dict[str, str]]:
    return [{"N° Opération GALION": f"20161305500{rang:02d}"} for rang in range(1, 21)]


def lignes(path: Path) -> list[list[str]]:
    """Return the rows of a CSV, its header first. An empty field and a quoted empty one are the same here."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def ecrire(path: Path, rows: list[list[str]]) -> None:
    """Write the rows of a CSV as they came: a missing value is an empty field."""
    lines = [",".join('"' + cell.replace('"', '""') + '"' if cell else "" for cell in row) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")

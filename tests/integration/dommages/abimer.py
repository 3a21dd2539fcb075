"""How a delivery is damaged: each of these functions changes the folder or the file of a sound one, and gives what is imported."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.integration.dommages.livraisons import AVENANT, ecrire, lignes


def changer_table(nom: str, changer: Callable[[list[list[str]]], list[list[str]]]) -> Callable[[Path], Path]:
    """Change the rows of one table, header included."""

    def abimer(folder: Path) -> Path:
        path = folder / f"{nom}.csv"
        ecrire(path, changer(lignes(path)))
        return folder

    return abimer


def ecrire_valeur(table: str, colonne: str, valeur: str, rangs: range = range(1, 2)) -> Callable[[Path], Path]:
    """Write the same value in a column, on the rows given (1 is the first)."""

    def changer(rows: list[list[str]]) -> list[list[str]]:
        place = rows[0].index(colonne)
        for rang in rangs:
            rows[rang][place] = valeur
        return rows

    return changer_table(table, changer)


def changer_texte(table: str, changer: Callable[[str], str]) -> Callable[[Path], Path]:
    """Change the text of one file."""

    def abimer(folder: Path) -> Path:
        path = folder / f"{table}.csv"
        path.write_text(changer(path.read_text(encoding="utf-8")), encoding="utf-8", newline="")
        return folder

    return abimer


def changer_octets(table: str, changer: Callable[[bytes], bytes]) -> Callable[[Path], Path]:
    """Change the bytes of one file, or of the delivery itself when it is one file."""

    def abimer(origine: Path) -> Path:
        path = origine / f"{table}.csv" if origine.is_dir() else origine
        path.write_bytes(changer(path.read_bytes()))
        return origine

    return abimer


def sans_table(table: str) -> Callable[[Path], Path]:
    def abimer(folder: Path) -> Path:
        (folder / f"{table}.csv").unlink()
        return folder

    return abimer


def en_plus(nom: str) -> Callable[[Path], Path]:
    def abimer(folder: Path) -> Path:
        shutil.copy(folder / f"{AVENANT}.csv", folder / f"{nom}.csv")
        return folder

    return abimer


def colonne_sans(colonne: str) -> Callable[[list[list[str]]], list[list[str]]]:
    def changer(rows: list[list[str]]) -> list[list[str]]:
        place = rows[0].index(colonne)
        return [[*row[:place], *row[place + 1 :]] for row in rows]

    return changer


def renommee(ancien: str, nouveau: str) -> Callable[[list[list[str]]], list[list[str]]]:
    def changer(rows: list[list[str]]) -> list[list[str]]:
        return [[nouveau if name == ancien else name for name in rows[0]], *rows[1:]]

    return changer


def decalee(rows: list[list[str]]) -> list[list[str]]:
    """Move the values of three rows by one column, the last one lost: what an unquoted comma in a label does."""
    return [row if rang not in {3, 4, 5} else ["", *row[:-1]] for rang, row in enumerate(rows)]


def remplacee(ancien: str, nouveau: str) -> Callable[[Path], Path]:
    """Replace a text in a JSON file delivered alone or in a folder."""

    def abimer(origine: Path) -> Path:
        path = origine / "detail.json" if origine.is_dir() else origine
        text = path.read_text(encoding="utf-8")
        assert ancien in text
        path.write_text(text.replace(ancien, nouveau, 1), encoding="utf-8")
        return origine

    return abimer


def sans_cle(cle: str) -> Callable[[Path], Path]:
    """Remove a key of every agreement of an NDJSON export."""

    def abimer(path: Path) -> Path:
        agreements = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        for agreement in agreements:
            del agreement[cle]
        path.write_text("".join(json.dumps(agreement, ensure_ascii=False) + "\n" for agreement in agreements), encoding="utf-8")
        return path

    return abimer


def cle_repetee(rows: list[list[str]]) -> list[list[str]]:
    """Give the second row the key of the first."""
    place = rows[0].index("id")
    rows[2][place] = rows[1][place]
    return rows


def colonne_en_plus(rows: list[list[str]]) -> list[list[str]]:
    return [[*row, "A" if rang else "zone_inventee"] for rang, row in enumerate(rows)]


def changer_note(valeur: str) -> Callable[[Path], Path]:
    """Change the note of the first answer of a survey."""

    def abimer(folder: Path) -> Path:
        path = folder / "reponses.csv"
        header, first, *rest = path.read_text(encoding="utf-8").splitlines()
        day, _, *others = first.split(";")
        path.write_text("\n".join([header, ";".join([day, valeur, *others]), *rest]) + "\n", encoding="utf-8")
        return folder

    return abimer


def derniere_ligne_repetee(content: bytes) -> bytes:
    return content + content.split(b"\r\n")[-2] + b"\r\n"

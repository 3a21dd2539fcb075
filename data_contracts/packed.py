"""The zip archives that workbooks are: what one would hold is told before anything of it is unpacked."""

from __future__ import annotations

import zipfile
from pathlib import Path

_HEAD = 4096


def packing_fault(path: Path, weight_max: int) -> str | None:
    """Return why a workbook is not to be read, as the end of a French sentence; None when it may be.

    Refused: one that would weigh more than `weight_max` bytes, whatever its own headers say of it (zipfile reads no more than they
    announce), and one that declares entities, which no spreadsheet writes. Raises zipfile.BadZipFile for what is no archive.
    """
    with zipfile.ZipFile(path) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > weight_max:
            return f"pèse plus de {weight_max >> 20} Mo une fois décompressé"
        for entry in archive.infolist():
            with archive.open(entry) as part:
                if b"<!DOCTYPE" in part.read(_HEAD).replace(b"\0", b""):
                    return "n'a pas été écrit par un tableur"
    return None

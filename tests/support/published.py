"""What a home shows to its readers, reduced to something two instants can be compared by."""

from __future__ import annotations

import hashlib
from pathlib import Path

from data_contracts.layout import Home
from data_contracts.publication import current_run


def answers(home: Home) -> tuple[str, list[tuple[object, ...]]]:
    """Return the current run's name and what a reader gets from it."""
    run = current_run(home)
    marts = run.connect()
    rows = marts.execute("select convention_id, statut, date_expiration, nb_logements from fct_convention order by all").fetchall()
    marts.close()
    return run.run_id, rows


def file_hashes(folder: Path) -> dict[str, str]:
    """Return the hash of every file below a folder, by its path there; links by what they point to."""
    return {
        str(path.relative_to(folder)): str(path.readlink()) if path.is_symlink() else hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


def mart_hashes(home: Home) -> dict[str, str]:
    """Return the hash of every mart of the current run."""
    return file_hashes(current_run(home).path / "marts")

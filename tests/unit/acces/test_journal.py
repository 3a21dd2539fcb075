"""The journal: nothing written before is ever lost, whatever cuts a line or writes beside."""

from __future__ import annotations

import stat
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING

from data_contracts.acces import journal
from data_contracts.acces.journal import Entree, Geste

if TYPE_CHECKING:
    from pathlib import Path


def taken(name: str) -> Entree:
    return Entree("camille.exemple@ddt.example", Geste.TELECHARGEMENT, name, "20261101T091200Z-aaaaaa", "35")


def add_fifty(path: Path) -> None:
    for rank in range(50):
        journal.ajouter(path, taken(f"{'é' * 300}{rank}.csv"))


def test_an_entry_says_who_did_what_when_and_on_which_run(tmp_path: Path) -> None:
    path = tmp_path / "registre" / "acces.jsonl"
    journal.ajouter(path, taken("cas.xlsx"))
    (entry,) = journal.lire(path)
    assert entry.pop("instant").endswith("+00:00")
    assert entry == {
        "lecteur": "camille.exemple@ddt.example",
        "geste": "telechargement",
        "objet": "cas.xlsx",
        "publication": "20261101T091200Z-aaaaaa",
        "perimetre": "35",
    }


def test_nobody_but_its_owner_reads_it(tmp_path: Path) -> None:
    journal.ajouter(tmp_path / "acces.jsonl", taken("cas.csv"))
    assert stat.S_IMODE((tmp_path / "acces.jsonl").stat().st_mode) == 0o600


def test_a_line_that_a_cut_left_unfinished_spoils_no_other(tmp_path: Path) -> None:
    path = tmp_path / "acces.jsonl"
    journal.ajouter(path, taken("avant.csv"))
    with path.open("a", encoding="utf-8") as lines:
        lines.write('{"instant": "2026-11-')
    journal.ajouter(path, taken("apres.csv"))
    assert [entry["objet"] for entry in journal.lire(path)] == ["avant.csv", "apres.csv"]


def test_processes_that_write_at_once_never_mix_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "acces.jsonl"
    with ProcessPoolExecutor(4) as pool:
        list(pool.map(add_fifty, [path] * 4))
    assert len(list(journal.lire(path))) == 200

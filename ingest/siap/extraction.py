"""One extraction: what a clearance allows to see, asked piece by piece, kept as it comes, taken up again where a cut left it.

SIAP has no bulk export: a list, then one call an operation. The folder that is filled is a delivery like any folder of answers.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from data_contracts.errors import BadInputError
from ingest.formats import identity_of
from ingest.readers.folder import data_files
from ingest.readers.reception import Reception, Request
from ingest.siap import folder
from ingest.siap.client import Client, UnavailableError
from ingest.siap.token import CLEARANCE_VARIABLE, KEY_VARIABLE, USER_VARIABLE, Caller

AT_ONCE = 4
"""Calls under way at the same time."""
IN_A_ROW = 5
"""Failures one after the other at which the server is given up: alone, a failure is that of its operation."""
FRESH = 24 * 3600
"""Seconds during which an answer kept by a cut extraction is taken as of the same day."""
UNKNOWN_CALLER = {"http_401", "http_403"}
OUT_OF_REACH = {"http_403", "http_404"}
"""Answers that mean that the clearance gives no access to the log of mergers."""
DETAILS = "operation-"
"""What the name of a file of details starts with."""


def receive(address: str, request: Request) -> Reception:
    """Extract what SIAP lets the caller of the environment see, and read it.

    Raises BadInputError for an unknown caller, and when the server fails: what it gave is then kept in `request.kept`.
    """
    client = Client(address.rstrip("/"), Caller.from_environment())
    filled = Extraction(client, request.kept).fill()
    found = folder.receive(filled, identity_of(data_files(filled, folder.EXTENSION)), request)
    return replace(found, leftover=filled)


@dataclass(frozen=True)
class Extraction:
    """What is asked of SIAP by one caller, and where its answers are kept."""

    client: Client
    kept: Path
    """Folder of the extractions under way."""

    @property
    def folder(self) -> Path:
        """The folder of this caller's answers."""
        caller = self.client.caller
        who = hashlib.sha256(f"{self.client.address}\0{caller.user}\0{caller.clearance}".encode()).hexdigest()[:8]
        return self.kept / f"{_plain(self.client.host)}-{who}"

    def fill(self) -> Path:
        """Ask for everything that is not kept already; return the folder."""
        clearance = self._clearance()
        announced = sorted(self._first(self.client.operations), key=_canonical)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._drop_forgotten()
        self._keep("habilitations", {"habilitations": [clearance]})
        self._keep("operations", announced)
        numbers = [str(one["numeroOperation"]) for one in announced if isinstance(one, dict) and one.get("numeroOperation")]
        files = {f"{DETAILS}{_plain(number)}": number for number in numbers}
        self._drop_others(files)
        missing = [(file, number) for file, number in files.items() if not self._file(file).exists()]
        self._keep("refus", {folder.REFUSALS: self._details(missing, len(files))})
        self._mergers()
        return self.folder

    def _clearance(self) -> Any:  # noqa: ANN401 - whatever JSON holds
        asked = self.client.caller.clearance
        known = self._first(self.client.clearances)
        found = [one for one in known if isinstance(one, dict) and str(one.get("id")) == str(asked)]
        if not found:
            raise BadInputError(
                f"L'habilitation {asked} n'est pas de celles que le SIAP {self.client.host} donne à cet utilisateur : "
                f"vérifier {CLEARANCE_VARIABLE} et {USER_VARIABLE}."
            )
        return found[0]

    def _first(self, call: Callable[[], list[Any]]) -> list[Any]:
        """Return the answer of a call without which there is nothing to extract."""
        try:
            return call()
        except UnavailableError as failure:
            raise self._refusal(failure.reason) from failure

    def _details(self, missing: list[tuple[str, str]], total: int) -> dict[str, str]:
        """Ask for the details of operations; return why those that SIAP did not give are missing."""
        refusals: dict[str, str] = {}
        in_a_row = 0
        with ThreadPoolExecutor(AT_ONCE) as pool:
            under_way = {pool.submit(self.client.operation, number): (file, number) for file, number in missing}
            try:
                for done in as_completed(under_way):
                    file, number = under_way[done]
                    try:
                        self._keep(file, done.result())
                        in_a_row = 0
                    except UnavailableError as failure:
                        refusals[number] = failure.reason
                        in_a_row += 1
                        if in_a_row == IN_A_ROW:
                            raise self._given_up(failure.reason, total) from failure
            finally:
                pool.shutdown(cancel_futures=True)
        return refusals

    def _mergers(self) -> None:
        try:
            self._keep("fusions", sorted(self.client.mergers(), key=_canonical))
        except UnavailableError as failure:
            if failure.reason not in OUT_OF_REACH:
                raise self._refusal(failure.reason) from failure
            self._file("fusions").unlink(missing_ok=True)

    def _drop_others(self, files: Iterable[str]) -> None:
        """Drop the details kept too long ago, and those of operations that are announced no more."""
        wanted = {self._file(file) for file in files}
        for path in self.folder.glob(f"{DETAILS}*"):
            if path not in wanted or self._is_stale(path):
                path.unlink()

    def _drop_forgotten(self) -> None:
        """Drop what others left unfinished and never came back for: it holds personal values in clear."""
        for other in self.kept.iterdir():
            if other != self.folder and self._is_stale(other):
                shutil.rmtree(other)

    def _is_stale(self, path: Path) -> bool:
        return self.client.clock() - path.stat().st_mtime > FRESH

    def _keep(self, file: str, answer: Any) -> None:  # noqa: ANN401 - whatever JSON holds
        """Write an answer whole or not at all."""
        draft = self.folder / f".{file}"
        draft.write_text(_canonical(answer), encoding="utf-8")
        draft.replace(self._file(file))

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}{folder.EXTENSION}"

    def _refusal(self, reason: str) -> BadInputError:
        if reason in UNKNOWN_CALLER:
            return BadInputError(
                f"Le SIAP {self.client.host} refuse le jeton ({_code(reason)}) : "
                f"vérifier {KEY_VARIABLE}, {USER_VARIABLE} et {CLEARANCE_VARIABLE}."
            )
        return BadInputError(
            f"Le SIAP {self.client.host} ne répond pas comme attendu ({_code(reason)}) : "
            "vérifier l'adresse, ou recommencer plus tard."
        )

    def _given_up(self, reason: str, total: int) -> BadInputError:
        done = len(list(self.folder.glob(f"{DETAILS}*")))
        return BadInputError(
            f"Le SIAP {self.client.host} ne rend plus les opérations ({_code(reason)}) : {done} sur {total} sont gardées ; "
            "relancer le même import pour demander les autres."
        )


def _canonical(answer: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    return json.dumps(answer, ensure_ascii=False, sort_keys=True)


def _code(reason: str) -> str:
    return reason.removeprefix("http_")


def _plain(name: str) -> str:
    """Return a name that a file may bear, told apart from those it would be confused with."""
    plain = re.sub(r"[^A-Za-z0-9.-]", "_", name)
    return plain if plain == name else f"{plain}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"

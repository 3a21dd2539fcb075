"""Calls SIAP: one GET at a time, tried again when the network or the server fails, each with a token of its own."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

import urllib3
from urllib3.exceptions import HTTPError, NewConnectionError
from urllib3.exceptions import TimeoutError as LateError

from ingest.readers.json_text import SIZE_MAX, parsed
from ingest.siap.payloads import operation_number, without_agents
from ingest.siap.token import Caller

CLEARANCES = "/services/habilitation/api-int/v0/habilitations"
OPERATIONS = "/services/operation/api-int/v0/operation"
MERGERS = "/services/operation/api-int/v0/journalisation-fusion"
TRIES = 4
FIRST_PAUSE = 1.0
"""Seconds before the second try. Each pause is twice the one before, give or take half, so that calls do not come back together."""
LONGEST_PAUSE = 60.0
TIMEOUT = urllib3.Timeout(connect=5, read=30)
LONGEST_ANSWER = 600.0
"""Seconds: `TIMEOUT` bounds the wait for each piece of an answer, not for the whole of it."""
CHUNK = 1 << 16
OK = 200
SERVER_ERROR = 500
BUSY = {408, 425, 429}
"""Answers that a later try may not get, though they blame the caller."""


class UnavailableError(Exception):
    """A call that gives no whole answer. `reason` says how, in one word such as delai, coupure, illisible, http_404."""

    def __init__(self, reason: str, *, is_passing: bool, wait: float | None = None) -> None:
        """Keep the reason, whether a later try may succeed, and the seconds that the server asks to wait."""
        super().__init__(reason)
        self.reason = reason
        self.is_passing = is_passing
        self.wait = wait


@dataclass(frozen=True)
class Client:
    """Asks one SIAP in the name of one caller. Threads may share it."""

    address: str
    """What comes before the paths of the interface: https://host."""
    caller: Caller
    pause: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.time
    timeout: urllib3.Timeout = TIMEOUT
    longest: float = LONGEST_ANSWER
    """Seconds that the body of an answer may take."""
    _pool: urllib3.PoolManager = field(default_factory=lambda: urllib3.PoolManager(maxsize=8, retries=False), repr=False)

    @property
    def host(self) -> str:
        """What a message may say of the server."""
        return urlsplit(self.address).netloc.rpartition("@")[2]

    def clearances(self) -> list[Any]:
        """Return the clearances of the caller."""
        answer = self.get(CLEARANCES, lambda answer: isinstance(answer, dict))
        return answer.get("habilitations") or []

    def operations(self) -> list[Any]:
        """Return the operations that the clearance allows to see, in short."""
        return self.get(OPERATIONS, _is_list) or []

    def mergers(self) -> list[Any]:
        """Return the log of the owners absorbed by others."""
        return self.get(MERGERS, _is_list) or []

    def operation(self, number: str) -> Any:  # noqa: ANN401 - whatever JSON holds
        """Return the details of an operation."""
        return self.get(f"{OPERATIONS}/{quote(number, safe='')}", lambda answer: operation_number(answer) == number)

    def get(self, path: str, is_whole: Callable[[Any], bool]) -> Any:  # noqa: ANN401 - whatever JSON holds
        """Return the answer of a path, without the parts that are never read.

        Raises UnavailableError when no try gives an answer for which `is_whole` is true.
        """
        for rank in range(TRIES - 1):
            try:
                return self._once(path, is_whole)
            except UnavailableError as failure:
                if not failure.is_passing:
                    raise
                usual = FIRST_PAUSE * 2**rank * random.uniform(0.5, 1.5)  # noqa: S311 - calls are spread, nothing is secret
                self.pause(min(failure.wait or usual, LONGEST_PAUSE))
        return self._once(path, is_whole)

    def _once(self, path: str, is_whole: Callable[[Any], bool]) -> Any:  # noqa: ANN401 - whatever JSON holds
        headers = {"Accept": "application/json", **self.caller.header(self.clock())}
        try:
            answer = self._pool.request(
                "GET", self.address + path, headers=headers, timeout=self.timeout, redirect=False, preload_content=False
            )
            received = self._received(answer)
        except HTTPError as error:
            raise UnavailableError(_reason(error), is_passing=True) from error
        if answer.status != OK:
            is_passing = answer.status >= SERVER_ERROR or answer.status in BUSY
            raise UnavailableError(f"http_{answer.status}", is_passing=is_passing, wait=_seconds(answer.headers.get("Retry-After")))
        try:
            content = without_agents(parsed(received))
        except ValueError as error:
            raise UnavailableError("illisible", is_passing=True) from error
        if not is_whole(content):
            raise UnavailableError("incomplete", is_passing=True)
        return content

    def _received(self, answer: urllib3.BaseHTTPResponse) -> bytes:
        """Return the body of an answer, whatever the server announces: one may be endless, or come byte by byte for ever."""
        received, end = bytearray(), time.monotonic() + self.longest
        while piece := answer.read1(CHUNK):
            received += piece
            reason = "trop_longue" if len(received) > SIZE_MAX else "delai" if time.monotonic() > end else None
            if reason:
                answer.close()
                raise UnavailableError(reason, is_passing=reason == "delai")
        answer.release_conn()
        return bytes(received)


def _reason(error: HTTPError) -> str:
    match error:
        case NewConnectionError():
            return "injoignable"
        case LateError():
            return "delai"
        case _:
            return "coupure"


def _is_list(answer: Any) -> bool:  # noqa: ANN401 - whatever JSON holds
    return answer is None or isinstance(answer, list)


def _seconds(text: str | None) -> float | None:
    return float(text) if text and text.isdecimal() else None

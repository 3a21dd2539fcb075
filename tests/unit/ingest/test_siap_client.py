"""The client of SIAP, against a server of this machine: its token, its tries, and what it says when none succeeds."""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import urllib3

from data_contracts.errors import BadInputError
from ingest.siap import client as module
from ingest.siap.client import CLEARANCES, MERGERS, OPERATIONS, TRIES, Client, UnavailableError
from ingest.siap.token import CLEARANCE_VARIABLE, KEY_VARIABLE, USER_VARIABLE, Caller
from tests.support import made_siap
from tests.support.made_siap import Server, cut, endless, silent, status, text

NUMBER = "20221200002"
PATH = f"{OPERATIONS}/{NUMBER}"
CALLER = Caller(made_siap.USER, made_siap.CLEARANCE, made_siap.KEY)
NOW = 1_793_520_000.0
PASSING = {
    "500": status(500),
    "503": status(503),
    "429": status(429),
    "cut": cut,
    "not JSON": text(b'{"donneesOperation": '),
    "empty": text(b""),
    "null": text(b"null"),
    "another operation": text(json.dumps(made_siap.operation("1")).encode()),
}


@pytest.fixture
def siap() -> Iterator[Server]:
    with Server([made_siap.operation(NUMBER)], [made_siap.MERGER]).running() as server:
        yield server


@pytest.fixture
def pauses() -> list[float]:
    """The pauses that the client asked for: none is waited."""
    return []


@pytest.fixture
def client(siap: Server, pauses: list[float]) -> Client:
    return Client(siap.address, CALLER, pause=pauses.append, clock=lambda: NOW)


def test_the_answers_of_the_server_are_those_that_the_interface_describes(siap: Server, client: Client, shared_data: Path) -> None:
    described = json.loads((shared_data / "siap-openapi.json").read_text(encoding="utf-8"))
    siap.checks = lambda path, answer: jsonschema.validate(answer, _schema(described, path))

    answers = [client.clearances(), client.operations(), client.mergers(), client.operation(NUMBER)]

    assert all(answers)


def test_each_call_bears_a_token_of_its_own_signed_with_the_secret(siap: Server, client: Client) -> None:
    client.operations()
    client.operation(NUMBER)

    first, second = siap.tokens
    header, claims = made_siap.claims(first)
    assert made_siap.is_signed(first, made_siap.KEY)
    assert header == {"alg": "HS256", "typ": "JWT"}
    assert claims.pop("jti") != made_siap.claims(second)[1]["jti"]
    assert claims == {
        "token_type": "access",
        "iat": int(NOW),
        "exp": int(NOW) + 300,
        "user-login": made_siap.USER,
        "habilitation-id": made_siap.CLEARANCE,
    }


@pytest.mark.parametrize("fault", PASSING.values(), ids=PASSING)
def test_a_passing_failure_is_tried_again(fault: made_siap.Fault, siap: Server, client: Client) -> None:
    siap.fails(PATH, fault, fault)

    assert client.operation(NUMBER)["donneesOperation"]["numeroOperation"] == NUMBER
    assert siap.calls[PATH] == 3


@pytest.mark.parametrize(
    ("fault", "reason"),
    [(status(500), "http_500"), (cut, "coupure"), (text(b"<html>"), "illisible"), (text(b"[]"), "incomplete")],
)
def test_a_failure_that_lasts_is_told_with_its_reason(
    fault: made_siap.Fault, reason: str, siap: Server, client: Client, pauses: list[float]
) -> None:
    siap.always[PATH] = fault

    with pytest.raises(UnavailableError) as failure:
        client.operation(NUMBER)

    assert (failure.value.reason, siap.calls[PATH], len(pauses)) == (reason, TRIES, TRIES - 1)


def test_a_server_that_does_not_answer_in_time_is_tried_again(siap: Server, pauses: list[float]) -> None:
    release = threading.Event()
    siap.fails(PATH, silent(release))
    impatient = Client(siap.address, CALLER, pause=pauses.append, timeout=urllib3.Timeout(0.2))

    assert impatient.operation(NUMBER)
    assert len(pauses) == 1
    release.set()


def test_an_answer_that_comes_byte_by_byte_is_given_up_and_tried_again(siap: Server, pauses: list[float]) -> None:
    siap.fails(OPERATIONS, *[endless] * TRIES)
    impatient = Client(siap.address, CALLER, pause=pauses.append, longest=0)

    with pytest.raises(UnavailableError, match="delai"):
        impatient.operations()
    assert len(pauses) == TRIES - 1


def test_an_answer_too_long_to_be_read_is_given_up_at_once(
    siap: Server, client: Client, pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SIZE_MAX", 1000)
    siap.fails(OPERATIONS, endless)

    with pytest.raises(UnavailableError, match="trop_longue"):
        client.operations()
    assert pauses == []


def test_a_server_that_is_not_there_is_told(pauses: list[float]) -> None:
    nobody = Client("http://127.0.0.1:1", CALLER, pause=pauses.append)

    with pytest.raises(UnavailableError, match="injoignable"):
        nobody.operations()


@pytest.mark.parametrize("code", [400, 401, 403, 404, 302])
def test_a_refusal_is_not_tried_again(code: int, siap: Server, client: Client, pauses: list[float]) -> None:
    siap.always[PATH] = status(code)

    with pytest.raises(UnavailableError, match=f"http_{code}"):
        client.operation(NUMBER)

    assert (siap.calls[PATH], pauses) == (1, [])


def test_pauses_double_and_are_spread(siap: Server, client: Client, pauses: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    spread = itertools.cycle([0.5, 1.0, 1.5])
    monkeypatch.setattr(module.random, "uniform", lambda _low, _high: next(spread))
    siap.fails(PATH, status(500), status(500), status(500))

    client.operation(NUMBER)

    assert pauses == [0.5, 2.0, 6.0]


@pytest.mark.parametrize(("asked", "waited"), [("7", 7.0), ("3600", module.LONGEST_PAUSE)])
def test_the_wait_that_a_busy_server_asks_for_is_kept_up_to_a_minute(
    asked: str, waited: float, siap: Server, client: Client, pauses: list[float]
) -> None:
    siap.fails(PATH, status(429, **{"Retry-After": asked}))

    client.operation(NUMBER)

    assert pauses == [waited]


def test_null_lists_are_empty(siap: Server, client: Client) -> None:
    siap.announced = siap.mergers = None

    assert (client.operations(), client.mergers()) == ([], [])


@pytest.mark.parametrize("path", [CLEARANCES, OPERATIONS, MERGERS])
def test_a_wrong_secret_is_refused_everywhere_and_is_never_shown(path: str, siap: Server) -> None:
    wrong = Client(siap.address, Caller(made_siap.USER, made_siap.CLEARANCE, "un-mauvais-secret"))

    with pytest.raises(UnavailableError, match="http_401") as failure:
        wrong.get(path, lambda _: True)

    assert "un-mauvais-secret" not in f"{failure.value} {wrong!r}"


@pytest.mark.parametrize("missing", [KEY_VARIABLE, USER_VARIABLE, CLEARANCE_VARIABLE])
def test_a_caller_needs_its_three_variables(missing: str, caller: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    caller()
    monkeypatch.delenv(missing)

    with pytest.raises(BadInputError, match=missing):
        Caller.from_environment()


def test_a_clearance_is_a_number(caller: Callable[..., None]) -> None:
    caller(**{CLEARANCE_VARIABLE: "douze"})

    with pytest.raises(BadInputError, match=CLEARANCE_VARIABLE):
        Caller.from_environment()


def _schema(described: Any, path: str) -> Any:  # noqa: ANN401 - a document of JSON
    """Return the JSON schema of the answer of a path: that of the interface, where a value may be null, as SIAP's are."""
    wanted = f"{OPERATIONS}/{{numeroOperation}}" if path.startswith(f"{OPERATIONS}/") else path
    [content] = described["paths"][wanted]["get"]["responses"]["200"]["content"].values()
    return {**content["schema"], "components": _with_null(described["components"])}


def _with_null(schema: Any) -> Any:  # noqa: ANN401 - same
    if isinstance(schema, list):
        return [_with_null(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    content = {key: _with_null(value) for key, value in schema.items()}
    if "$ref" in content:
        return {"anyOf": [content, {"type": "null"}]}
    if isinstance(content.get("type"), str):
        content["type"] = [content["type"], "null"]
    return content

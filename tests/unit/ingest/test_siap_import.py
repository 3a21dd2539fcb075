"""The import of SIAP, from its interface or from a folder of its answers: the same delivery, whole or told what it lacks."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from data_contracts.errors import BadInputError
from data_contracts.layout import Home
from ingest.importer import ImportReport, import_delivery
from ingest.siap import client, extraction
from ingest.siap.client import CLEARANCES, MERGERS, OPERATIONS
from ingest.siap.token import CLEARANCE_VARIABLE, KEY_VARIABLE
from tests.support import made_siap
from tests.support.made_siap import CLEARANCE_ANSWER, MERGER, Server, announced, operation, status, text, write_folder
from tests.unit.ingest.conftest import NOW

NUMBERS = [f"202212000{rank:02}" for rank in range(12)]
WRONG_KEY = "un-mauvais-secret"


@pytest.fixture(autouse=True)
def at_once(caller: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask in the name of a known caller, without waiting between two tries."""
    caller()
    monkeypatch.setattr(client, "FIRST_PAUSE", 0)


@pytest.fixture
def siap() -> Iterator[Server]:
    with Server([operation(number) for number in NUMBERS], [MERGER]).running() as server:
        yield server


@pytest.fixture
def ask(home: Home) -> Callable[..., ImportReport]:
    """Import from SIAP."""

    def run(origin: str | Path, departements: tuple[str, ...] = ()) -> ImportReport:
        return import_delivery(home, "siap", origin, now=NOW, departements=departements)

    return run


def of(path: str) -> str:
    return f"{OPERATIONS}/{path}"


def test_everything_that_the_clearance_sees_lands(
    siap: Server, ask: Callable[..., ImportReport], landed: Callable[..., list[dict[str, Any]]], home: Home
) -> None:
    report = ask(siap.address)

    assert [row["numero_operation"] for row in landed(report, "operation")] == NUMBERS
    assert {row["reponse"] for row in landed(report, "operation_annoncee")} == {"recue"}
    assert len(landed(report, "detail_aide")) == 2 * len(NUMBERS)
    assert [row["siren_absorbant"] for row in landed(report, "fusion")] == ["732829320"]
    assert not list(home.extractions("siap").glob("*"))


def test_the_delivery_says_whose_eyes_it_was_seen_with(siap: Server, ask: Callable[..., ImportReport]) -> None:
    delivery = ask(siap.address).delivery

    assert (delivery.format, delivery.origine) == ("api_siap", siap.address)
    assert delivery.habilitation == "12, Service départemental, DD013 - DDTM inventée"


def test_the_same_answers_twice_are_one_delivery(siap: Server, ask: Callable[..., ImportReport]) -> None:
    first = ask(siap.address)
    siap.announced.reverse()

    assert ask(siap.address).deja_importee
    assert first.deja_importee is False


def test_a_folder_of_answers_lands_the_same_rows_as_the_interface(
    siap: Server, ask: Callable[..., ImportReport], landed: Callable[..., list[dict[str, Any]]], tmp_path: Path
) -> None:
    clearance = {"habilitations": CLEARANCE_ANSWER["habilitations"][:1]}
    details = {f"o{number}": operation(number) for number in NUMBERS}
    listed = [announced(one) for one in details.values()]
    folder = write_folder(tmp_path / "reponses", a=clearance, b=listed, f=[MERGER], **details)

    online, offline = ask(siap.address), ask(folder)

    for table in online.delivery.tables:
        assert landed(offline, table.table) == landed(online, table.table), table.table
    assert online.delivery.habilitation == offline.delivery.habilitation


def test_a_cut_extraction_is_taken_up_again_where_it_stopped(
    siap: Server, ask: Callable[..., ImportReport], landed: Callable[..., list[dict[str, Any]]], home: Home
) -> None:
    for number in NUMBERS[6:]:
        siap.always[of(number)] = status(500)
    with pytest.raises(BadInputError, match=r"ne rend plus les opérations \(500\) : \d+ sur 12 sont gardées ; relancer"):
        ask(siap.address)
    assert not list(home.landing.glob("*/*"))
    [kept] = home.extractions("siap").iterdir()
    assert kept.stat().st_mode & 0o077 == 0
    asked = dict(siap.calls)
    siap.always.clear()

    report = ask(siap.address)

    assert len(landed(report, "operation")) == len(NUMBERS)
    assert [siap.calls[of(number)] for number in NUMBERS[:6]] == [asked[of(number)] for number in NUMBERS[:6]]


def test_an_answer_kept_since_another_day_is_asked_again(siap: Server, ask: Callable[..., ImportReport], home: Home) -> None:
    siap.always[MERGERS] = status(500)
    with pytest.raises(BadInputError, match="ne répond pas comme attendu"):
        ask(siap.address)
    [kept] = home.extractions("siap").iterdir()
    stale = kept / f"operation-{NUMBERS[0]}.json"
    os.utime(stale, (0, 0))
    siap.always.clear()

    ask(siap.address)

    assert [siap.calls[of(number)] for number in NUMBERS[:2]] == [2, 1]


@pytest.mark.parametrize("fault", [status(404), status(500), text(b"<html>")])
def test_an_operation_that_siap_announces_and_does_not_give_is_set_apart_with_the_reason(
    fault: made_siap.Fault,
    siap: Server,
    ask: Callable[..., ImportReport],
    landed: Callable[..., list[dict[str, Any]]],
    refused: Callable[..., list[dict[str, Any]]],
) -> None:
    siap.always[of(NUMBERS[3])] = fault

    report = ask(siap.address)

    assert len(landed(report, "operation")) == len(NUMBERS) - 1
    [row] = refused(report, "operation_annoncee")
    assert (row["cle"], row["motif"]) == (NUMBERS[3], "le SIAP a annoncé cette opération et n'en a pas rendu le détail")
    assert "operation_annoncee : 1 ligne sur 12 en quarantaine." in report.avertissements


def test_a_clearance_without_the_log_of_mergers_gives_the_rest_and_it_is_said(
    siap: Server, ask: Callable[..., ImportReport]
) -> None:
    siap.always[MERGERS] = status(403)

    report = ask(siap.address)

    assert report.delivery.tables_absentes == ("fusion",)
    assert "Tables facultatives non livrées : fusion." in report.avertissements


def test_what_siap_adds_to_its_answers_is_told_and_does_not_land(
    siap: Server, ask: Callable[..., ImportReport], landed: Callable[..., list[dict[str, Any]]]
) -> None:
    siap.operations[NUMBERS[0]]["donneesOperation"]["nouveau"] = "valeur"
    siap.operations[NUMBERS[0]]["nouvelles"] = [{"a": 1}]

    report = ask(siap.address)

    assert report.delivery.tables_inconnues == ("nouvelles",)
    assert "operation : colonnes inconnues du contrat, non reprises : nouveau." in report.avertissements
    assert "nouveau" not in landed(report, "operation")[0]


def test_a_private_owner_and_the_agents_are_hidden(
    siap: Server, ask: Callable[..., ImportReport], landed: Callable[..., list[dict[str, Any]]]
) -> None:
    owner = siap.operations[NUMBERS[0]]["donneesMo"]
    owner |= {"nom": "DUPIN Anatole", "siren": None, "email": "anatole.dupin@exemple.test", "adresseLigne4": "3 rue Dupin"}
    siap.operations[NUMBERS[1]]["donneesMo"] |= {"siren": "anatole.dupin@exemple.test"}

    rows = landed(ask(siap.address), "operation")

    assert "upin" not in str(rows)
    assert rows[0]["mo_email"].startswith("p:")
    assert rows[1]["mo_siren"] == rows[0]["mo_email"]
    assert (rows[2]["mo_nom"], rows[2]["mo_siren"]) == ("HABITAT INVENTE", "732829320")


def test_only_the_operations_of_the_departements_asked_are_kept(
    siap: Server, ask: Callable[..., ImportReport], landed: Callable[..., list[dict[str, Any]]]
) -> None:
    siap.operations[NUMBERS[0]]["donneesLocalisation"]["departement"]["codeInsee"] = "33"

    report = ask(siap.address, ("33",))

    assert [row["numero_operation"] for row in landed(report, "detail_aide")] == [NUMBERS[0]] * 2
    assert len(landed(report, "operation_annoncee")) == len(NUMBERS)


@pytest.fixture
def refusal(siap: Server, ask: Callable[..., ImportReport], home: Home) -> Callable[[], str]:
    """Import what must be refused; return the sentence, once sure that nothing landed and that no secret is told."""

    def sentence() -> str:
        with pytest.raises(BadInputError) as refused:
            ask(siap.address)
        said = str(refused.value)
        assert not list(home.landing.glob("*/*"))
        assert not any(secret in said for secret in ("\n", made_siap.KEY, WRONG_KEY))
        return said

    return sentence


@pytest.mark.parametrize(
    ("variables", "cause"),
    [
        ({KEY_VARIABLE: WRONG_KEY}, "refuse le jeton (401) : vérifier PARC_SIAP_CLE"),
        ({CLEARANCE_VARIABLE: "13"}, "L'habilitation 13 n'est pas de celles"),
    ],
)
def test_an_unknown_caller_is_refused_without_the_secret(
    variables: dict[str, str], cause: str, caller: Callable[..., None], refusal: Callable[[], str]
) -> None:
    caller(**variables)

    assert cause in refusal()


@pytest.mark.parametrize(
    ("path", "fault", "cause"),
    [
        (CLEARANCES, status(403), "refuse le jeton (403)"),
        (OPERATIONS, status(500), "ne répond pas comme attendu (500)"),
        (OPERATIONS, text(b"<html>"), "ne répond pas comme attendu (illisible)"),
        (OPERATIONS, text(b"[]"), "ne contient aucune opération"),
        (OPERATIONS, text(b"null"), "ne contient aucune opération"),
    ],
)
def test_an_extraction_that_gives_nothing_is_refused(
    path: str, fault: made_siap.Fault, cause: str, siap: Server, refusal: Callable[[], str]
) -> None:
    siap.always[path] = fault

    assert cause in refusal()


@pytest.mark.parametrize(
    ("origin", "cause"),
    [
        ("http://siap.exemple.test", "n'est pas chiffrée"),
        ("https://agent:motdepasse@siap.exemple.test", "n'est pas lisible"),
        ("https://", "n'est pas lisible"),
        ("https://siap.exemple.test:port", "n'est pas lisible"),
        ("ftp://siap.exemple.test", "n'est pas lisible"),
        ("nulle-part", "n'existe pas"),
    ],
)
def test_an_origin_that_is_not_siap_is_refused(origin: str, cause: str, ask: Callable[..., ImportReport]) -> None:
    with pytest.raises(BadInputError, match=cause) as refusal:
        ask(origin)

    assert "motdepasse" not in str(refusal.value)


@pytest.mark.parametrize(
    ("name", "content", "cause"),
    [
        ("a.json", b"{", "« a.json » n'est pas du JSON lisible"),
        ("a.json", b'{"autre": 1}', "« a.json » n'est pas une réponse du SIAP"),
        ("a.json", b"[]", "ne contient aucune opération"),
        ("a.txt", b"[]", "ne contient aucun fichier JSON"),
    ],
)
def test_a_folder_of_anything_else_is_refused(
    name: str, content: bytes, cause: str, tmp_path: Path, ask: Callable[..., ImportReport]
) -> None:
    folder = tmp_path / "reponses"
    folder.mkdir()
    (folder / name).write_bytes(content)

    with pytest.raises(BadInputError, match=cause):
        ask(folder)


def test_an_operation_given_twice_is_kept_once(
    ask: Callable[..., ImportReport], landed: Callable[..., list[dict[str, Any]]], tmp_path: Path
) -> None:
    report = ask(write_folder(tmp_path / "reponses", a=operation(), b=operation()))

    [counted] = [table for table in report.delivery.tables if table.table == "operation"]
    assert (counted.nb_recus, counted.nb_poses, counted.nb_quarantaine) == (2, 1, 1)
    assert len(landed(report, "detail_aide")) == 2


def test_calls_under_way_are_few(siap: Server, ask: Callable[..., ImportReport]) -> None:
    ask(siap.address)

    assert 1 <= siap.most_at_once <= extraction.AT_ONCE


def test_two_numbers_that_a_file_name_would_confuse_are_two_operations(
    siap: Server, ask: Callable[..., ImportReport], landed: Callable[..., list[dict[str, Any]]]
) -> None:
    odd = [operation("2022/1"), operation("2022_1")]
    siap.operations |= {"2022%2F1": odd[0], "2022_1": odd[1]}
    siap.announced += [announced(one) for one in odd]

    rows = landed(ask(siap.address), "operation")

    assert {"2022/1", "2022_1"} <= {row["numero_operation"] for row in rows}


def test_what_other_callers_left_unfinished_is_left_to_them_for_a_day(
    siap: Server, ask: Callable[..., ImportReport], home: Home
) -> None:
    today, forgotten = (home.extractions("siap") / name for name in ("aujourd-hui", "oubliee"))
    today.mkdir(parents=True)
    forgotten.mkdir()
    os.utime(forgotten, (0, 0))

    ask(siap.address)

    assert list(home.extractions("siap").iterdir()) == [today]

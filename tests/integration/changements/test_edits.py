"""A demo and the same after 200 known edits: `fct_changement` and `parc diff` tell those, and nothing else."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from dagster_project import cli
from data_contracts.layout import Home
from data_contracts.publication import PublishedRun
from ingest.demo import generate
from ingest.demo.referentiels import identifiant, valeur
from ingest.importer import import_delivery
from tests.support.edited_dump import NULL, EditedDump, Row
from tests.support.page_figures import CHANGES, assert_shown_as_said
from tests.support.published import mart_hashes

if TYPE_CHECKING:
    from dagster_project.run import RunOutcome

AGREEMENTS = 500
ADDED, GONE, EDITED_EACH_WAY = 40, 40, 8
FIRST = datetime(2026, 10, 5, 8, tzinfo=UTC)
SECOND = datetime(2026, 11, 3, 8, tzinfo=UTC)
AGREEMENT, PERIOD, PROGRAMME = "conventionapl", "conventiondonneesgenerales", "programmelogement"
PUBLIC_NAMES = {"statut": {"OPP": "OPPOSABLE", "RES": "RESILIEE"}, "financements": {"1": "PLUS", "3": "PLAI"}}

Change = tuple[str, str, str | None, str | None, str | None]
"""Nature, agreement, field, before, after."""


def tomorrow(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def one_more(number: str) -> str:
    return str(int(number) + 1)


WAYS: dict[str, tuple[str, str, Callable[[str], str]]] = {
    "numero": (AGREEMENT, "noreglementaire", lambda numero: f"{numero} bis"),
    "date_depot": (AGREEMENT, "datedepot", tomorrow),
    "date_signature_prefet": (PERIOD, "datesignatureprefet", tomorrow),
    "date_envoi_publication": (PERIOD, "dateenvoihypotheque", tomorrow),
    "date_publication": (PERIOD, "datepublication", tomorrow),
    "reference_publication": (PERIOD, "referencepublication", lambda reference: f"{reference} rectifiée"),
    "date_envoi_caf": (PERIOD, "dateenvoicaf", tomorrow),
    "date_expiration": (PERIOD, "dateexpiration", tomorrow),
    "date_expiration_initiale": (PERIOD, "dateexpirationinitiale", lambda _: NULL),
    "duree_ans": (PERIOD, "duree", one_more),
    "statut": (PERIOD, "etatconvention_id", lambda _: str(valeur("ECO", "RES"))),
    "nb_logements": (PROGRAMME, "logementsnombretotal", one_more),
    "surface_corrigee_m2": (PROGRAMME, "surfacecorrigee", lambda area: f"{float(area) + 1:.2f}"),
    "financements": (PROGRAMME, "typefinancement_id", lambda _: str(identifiant("typefinancement", "3"))),
    "bailleur_id": (PROGRAMME, "bailleurproprietaire_id", lambda _: ""),
}
"""For each followed field: where it is in the source, and what it becomes; an owner becomes another, chosen below."""


@dataclass(frozen=True)
class Edited:
    """Two runs of a demo, the edits between them, and the current one once run again."""

    home: Home
    before: PublishedRun
    after: PublishedRun
    again: PublishedRun
    edits: frozenset[Change]


def current_rows(dump: EditedDump) -> Iterator[dict[str, Row]]:
    """Give, of each agreement in force whose current period has one programme, its row in each of the three tables."""
    programmes: dict[str, list[Row]] = {}
    for row in dump.rows[PROGRAMME]:
        programmes.setdefault(row["conventiondonneesgenerales_id"], []).append(row)
    current = {row["conventionapl_id"]: row for row in dump.rows[PERIOD] if row["estcourante"] == "t"}
    for agreement in dump.rows[AGREEMENT]:
        period = current.get(agreement["id"])
        own = programmes.get(period["id"], []) if period else []
        if period and len(own) == 1 and period["etatconvention_id"] == str(valeur("ECO", "OPP")):
            yield {AGREEMENT: agreement, PERIOD: period, PROGRAMME: own[0]}


def public(field: str, raw: str) -> str | None:
    """Say a value of the source as the mart does."""
    if raw == NULL:
        return None
    if field == "bailleur_id":
        return f"ecoloweb:{raw}"
    if field == "statut":
        return next(name for code, name in PUBLIC_NAMES[field].items() if str(valeur("ECO", code)) == raw)
    if field == "financements":
        return next(name for code, name in PUBLIC_NAMES[field].items() if str(identifiant("typefinancement", code)) == raw)
    return f"{float(raw):.2f}" if field.endswith("_m2") else raw


def edit(dump: EditedDump, spared: Collection[str]) -> Iterator[Change]:
    """Edit each field of a few agreements that are not spared, and give what a reader should be told."""
    free = [rows for rows in current_rows(dump) if rows[AGREEMENT]["id"] not in spared]
    owners = sorted({rows[PROGRAMME]["bailleurproprietaire_id"] for rows in free})
    for field, (table, column, become) in WAYS.items():
        done = 0
        for rows in list(free):
            row, old = rows[table], rows[table][column]
            new = (
                next(owner for owner in owners if owner != old) if field == "bailleur_id" else become(old) if old != NULL else NULL
            )
            if done == EDITED_EACH_WAY or old in {NULL, "0"} or new == old:
                continue
            if field == "financements" and old != str(identifiant("typefinancement", "1")):
                continue
            row[column] = new
            free.remove(rows)
            done += 1
            yield "convention_modifiee", f"ecoloweb:{rows[AGREEMENT]['id']}", field, public(field, old), public(field, new)


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory, publish: Callable[..., RunOutcome]) -> Edited:
    folder = tmp_path_factory.mktemp("modifiee")
    home, made = Home(folder / "parc"), generate(AGREEMENTS, 42, folder / "demo").dump
    earlier, later = EditedDump(made), EditedDump(made)
    ids = [row["id"] for row in earlier.rows[AGREEMENT]]
    added, gone = ids[:ADDED], ids[ADDED : ADDED + GONE]
    earlier.remove_agreements(added)
    later.remove_agreements(gone)
    edits = set(edit(later, added))
    edits |= {("convention_ajoutee", f"ecoloweb:{one}", None, None, None) for one in added}
    edits |= {("convention_disparue", f"ecoloweb:{one}", None, None, None) for one in gone}

    runs = []
    for number, dump, now in ((1, earlier, FIRST), (2, later, SECOND)):
        import_delivery(home, "ecoloweb", dump.write(folder / f"livraison-{number}.sql"), now=now)
        runs.append(publish(home).published)
    again = publish(home).published
    return Edited(home, runs[0], runs[1], again, frozenset(edits))


def asked(run: PublishedRun, query: str) -> list[tuple[Any, ...]]:
    with run.connect() as marts:
        return marts.execute(query).fetchall()


def test_there_are_two_hundred_edits(edited: Edited) -> None:
    assert Counter(nature for nature, *_ in edited.edits) == {
        "convention_ajoutee": ADDED,
        "convention_disparue": GONE,
        "convention_modifiee": EDITED_EACH_WAY * len(WAYS),
    }
    assert len(edited.edits) == 200


def test_the_mart_tells_exactly_the_edits(edited: Edited) -> None:
    told = asked(edited.after, "select nature, convention_id, champ, avant, apres from fct_changement where anomalie_id is null")

    assert len(told) == len(edited.edits)
    assert set(told) == edited.edits


def test_every_change_comes_from_the_new_delivery(edited: Edited) -> None:
    assert asked(edited.after, "select distinct cause, cause_detail from fct_changement") == [
        ("livraison", "nouvelle livraison Ecoloweb du 03/11/2026")
    ]


def test_findings_are_told_new_resolved_and_changed_as_both_runs_have_them(edited: Edited) -> None:
    before, after = (
        dict(asked(run, "select anomalie_id, empreinte_preuve from fct_anomalie where etat = 'ouverte'"))
        for run in (edited.before, edited.after)
    )
    expected = {(finding, "constat_nouveau") for finding in after.keys() - before.keys()}
    expected |= {(finding, "constat_resolu") for finding in before.keys() - after.keys()}
    expected |= {(finding, "constat_modifie") for finding in before.keys() & after.keys() if before[finding] != after[finding]}

    told = asked(edited.after, "select anomalie_id, nature from fct_changement where anomalie_id is not null")

    assert {nature for _, nature in expected} == {"constat_nouveau", "constat_resolu", "constat_modifie"}
    assert len(told) == len(expected)
    assert set(told) == expected


def test_a_first_run_changes_nothing(edited: Edited) -> None:
    assert asked(edited.before, "select count(*) from fct_changement") == [(0,)]


def test_running_again_from_the_same_gives_the_same_bytes(edited: Edited) -> None:
    assert mart_hashes(edited.home)["fct_changement.parquet"] == edited.after.manifest["marts"]["fct_changement"]["sha256"]


def test_the_command_tells_what_the_mart_does(
    edited: Edited, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PARC_HOME", str(edited.home.root))

    assert cli.execute(["diff", "--json"]) == 0

    record = json.loads(capsys.readouterr().out)
    with duckdb.connect() as connection:
        published = connection.execute(f"select * from read_parquet('{edited.again.mart_path('fct_changement')}')")
        names = [column[0] for column in published.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in published.fetchall()]
    assert (record["avant"]["run_id"], record["apres"]["run_id"]) == (edited.before.run_id, edited.again.run_id)
    assert sorted(record["changements"], key=lambda change: change["changement_id"]) == rows
    assert sum(place["nb"] for place in record["departements"]) == len(rows)


def test_the_page_shows_the_figures_of_parc_sql(edited: Edited) -> None:
    assert_shown_as_said(edited.home, CHANGES)

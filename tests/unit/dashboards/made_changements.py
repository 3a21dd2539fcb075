"""Two made runs, the later published with what changed since the older: counts that a reader can work out by head."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from data_contracts.changements import comparaison
from data_contracts.layout import MANIFEST_FILE, Home
from data_contracts.loader import products
from data_contracts.publication import PublishedRun
from tests.unit.dashboards import made_rows, made_run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Row = dict[str, Any]
Rows = dict[str, list[Row]]
BEFORE, AFTER = made_run.FIRST, made_run.SECOND
EXPORTED = ("fct_convention", "fct_anomalie", "dim_bailleur", "dim_departement", "dim_regle")
"""What comparisons read of a run."""


def agreement(key: int, **values: object) -> Row:
    """Make an agreement of the Gironde."""
    return {
        "convention_id": f"ecoloweb:{key}",
        "source": "ecoloweb",
        "numero": f"33 {key}",
        "code_departement": "33",
        "bailleur_id": "ecoloweb:51",
        "familles_financement": ["PLUS"],
        "date_signature": date(2010, 5, 1),
        "statut": "OPPOSABLE",
        "nb_logements": 12,
        **values,
    }


def finding(name: str, key: int, **values: object) -> Row:
    """Make an open finding on an agreement of the Gironde."""
    return {
        "anomalie_id": name * 24,
        "regle_id": "DUR-003",
        "severite": "non_reglementaire",
        "objet_type": "convention",
        "objet_id": f"ecoloweb:{key}",
        "convention_id": f"ecoloweb:{key}",
        "code_departement": "33",
        "empreinte_preuve": "e1",
        "message": f"Trop courte ({key}).",
        "etat": "ouverte",
        **values,
    }


OLD: Rows = {
    "fct_convention": [agreement(1), agreement(2), agreement(3), agreement(4, code_departement="29")],
    "fct_anomalie": [finding("a", 1), finding("b", 2), finding("c", 3), finding("d", 4, code_departement="29")],
}
NEW: Rows = {
    # 1 loses a dwelling and its state, 2 is as it was, 3 is gone, 5 is new
    "fct_convention": [
        agreement(1, nb_logements=11, statut="RESILIEE", date_signature=date(2011, 5, 1)),
        agreement(2),
        agreement(4, code_departement="29", date_publication=date(2020, 3, 9)),
        agreement(5, bailleur_id="ecoloweb:52"),
    ],
    # a is open with other evidence, b is resolved, c is judged no more, d is as it was, e is new
    "fct_anomalie": [
        finding("a", 1, empreinte_preuve="e2"),
        finding("b", 2, etat="resolue"),
        finding("d", 4, code_departement="29"),
        finding("e", 5, severite="information", regle_id="FIN-002"),
    ],
}
EXPECTED = {
    "convention_ajoutee": 1,
    "convention_disparue": 1,
    "convention_modifiee": 3,
    "constat_nouveau": 1,
    "constat_resolu": 1,
    "constat_modifie": 1,
    "constat_non_juge": 1,
}
"""How many changes of each nature there are from OLD to NEW."""


def publish(home: Home, run_id: str, marts: Mapping[str, Sequence[Row]], delivery: str) -> PublishedRun:
    """Publish a run of these marts, read from a delivery of this identifier, with the files that comparisons read."""
    published = datetime.strptime(run_id[:16], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    with pytest.MonkeyPatch.context() as patch:
        for mart, rows in marts.items():
            patch.setitem(made_rows.MARTS, mart, list(rows))
        run = made_run.write_run(home, run_id, published=published)
    (run.path / "marts").mkdir()
    with duckdb.connect(str(run.database)) as connection:
        for mart in EXPORTED:
            connection.execute(f"copy marts.{mart} to '{run.mart_path(mart)}' (format parquet)")
    path = run.path / MANIFEST_FILE
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["livraisons"][0]["livraison_id"] = delivery
    rule = {"version": 1, "empreinte": "r1", "parametres": [], "couvre": [], "croise_avec": [], "lit_date": False}
    law = {"empreinte": "d1", "parametres": {}, "regles": {"DUR-003": rule, "FIN-002": rule}}
    path.write_text(json.dumps(manifest | {"droit": law, "decisions": {"empreinte": "x1"}}), encoding="utf-8")
    return PublishedRun(home, run.path)


def publish_both(home: Home) -> tuple[PublishedRun, PublishedRun]:
    """Publish both runs, the later with what changed in its `fct_changement`, as a build does."""
    before = publish(home, BEFORE, OLD, "l1")
    after = publish(home, AFTER, NEW, "l2")
    columns = ", ".join(column.nom for column in products()["fct_changement"].colonnes)
    with duckdb.connect() as connection:
        comparaison.changes(connection, before, after)
        connection.execute(f"attach '{after.database}' as later")
        connection.execute(f"insert into later.marts.fct_changement by name select {columns} from changement")
    return before, after

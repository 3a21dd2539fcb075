"""Small runs with their report."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import duckdb

from dagster_project.checks.control import Control
from data_contracts.clauses import quote
from data_contracts.delivery import Delivery
from data_contracts.layout import MANIFEST_FILE, Home
from data_contracts.loader import products
from data_contracts.publication import PublishedRun, published_runs
from data_contracts.rapport.ecriture import ecrire
from data_contracts.rapport.lecture import MARTS
from tests.unit.dagster_project.made import DEMANDED, TODAY, Row, control, insert
from tests.unit.extraits.made_parc import REGLE, constat

Rows = Mapping[str, Sequence[Row]]
RUN = "20261101T120000Z-aaaaaa"
GIRONDE = {"code_departement": "33", "nom_departement": "Gironde", "code_region": "75"}
TABLE = {"source": "ecoloweb", "livraison_id": "a1b2c3d4e5f60718", "table_source": "ecolo_avenant"}


def rows(**changes: Sequence[Row]) -> Rows:
    """Return the marts of a sound small run: ten rows received, one use that holds, a field half filled, two findings."""
    return {
        "dim_departement": [GIRONDE],
        "dim_regle": [REGLE],
        "rec_table": [{**TABLE, "nb_recus": 10, "nb_poses": 10}],
        "rec_convention": [{"source": "ecoloweb", "cle_source": "1", "destin": "publiee", "nb_lignes": 1}],
        "agg_usage": [usage(), usage(code_departement="33")],
        "agg_completude": [completude(nb_renseignes=50)],
        "fct_anomalie": [constat("a1", 1), constat("a2", 2, severite="anomalie")],
        **changes,
    }


def usage(**changes: object) -> Row:
    """Make the state of a use, usable in the whole of Ecoloweb."""
    return {
        "usage": "loyers",
        "rang_usage": 1,
        "titre": "Connaître les loyers",
        "question": "Quels sont les loyers ?",
        "source": "ecoloweb",
        "code_departement": "ensemble",
        "etat": "utilisable",
        "motif": "La plus basse des exigences tient : Loyer, 99,0 %, pour 95 % demandés.",
        "exigence": "Loyer",
        **changes,
    }


def completude(**changes: object) -> Row:
    """Make the completeness of a field in Gironde: a hundred values expected."""
    return {
        "mart": "fct_lot",
        "champ": "loyer_m2_eur",
        "libelle": "Loyer maximal.",
        "source": "ecoloweb",
        "code_departement": "33",
        "nb_applicables": 100,
        "nb_renseignes": 100,
        "taux_completude_pct": 50,
        **changes,
    }


def publish(
    home: Home, marts: Rows, run_id: str = RUN, *, controls: Sequence[Control] = (), deliveries: Sequence[Delivery] = ()
) -> PublishedRun:
    """Write the marts and the manifest of a run, then its report; it is the next of those of the home."""
    earlier = published_runs(home)
    run = PublishedRun(home, home.published / run_id)
    (run.path / "marts").mkdir(parents=True)
    with duckdb.connect() as connection:
        for mart in MARTS:
            columns = products()[mart].colonnes
            connection.execute(f"create table {mart} ({', '.join(f'{quote(column.nom)} {column.type}' for column in columns)})")
            demanded = {column.nom: DEMANDED[column.type] for column in columns if column.obligatoire and column.type in DEMANDED}
            for row in marts.get(mart, ()):
                insert(connection, mart, {**demanded, **row})
            connection.execute(f"copy {mart} to '{run.mart_path(mart)}' (format parquet)")
    manifest = {
        "run_id": run_id,
        "publie_le": "2026-11-01T12:00:00+00:00",
        "version_code": "0.1.0",
        "date_reference": TODAY.isoformat(),
        "livraisons": [delivery.model_dump(mode="json") for delivery in deliveries],
        "marts": {mart: {} for mart in MARTS},
        "controles": [found.model_dump(mode="json") for found in controls or [control()]],
    }
    ecrire(run.path, manifest, earlier)
    (run.path / MANIFEST_FILE).write_text(json.dumps(manifest), encoding="utf-8")
    return run

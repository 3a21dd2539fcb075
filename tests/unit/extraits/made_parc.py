"""Small published runs, for the files that people take out of them. Rows are given mart by mart, a contract's demands filled."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import duckdb

from data_contracts.layout import MANIFEST_FILE, Home
from data_contracts.publication import PublishedRun
from tests.unit.dagster_project.made import Row, fill

REFERENCE = date(2026, 11, 1)
SHA256 = "a1" * 32
DEPARTEMENTS = [
    {"code_departement": "01", "nom_departement": "Ain"},
    {"code_departement": "2A", "nom_departement": "Corse-du-Sud"},
    {"code_departement": "33", "nom_departement": "Gironde"},
]
LAC, ARMOR, PERSONNE, FAUX = (f"ecoloweb:{rank}" for rank in range(51, 55))
"""Owners: two organisations, a natural person, one whose SIREN is wrong."""
BAILLEURS = [
    {"bailleur_id": LAC, "nom": "Habitat du Lac", "siren": "123456782"},
    {"bailleur_id": ARMOR, "nom": "Logis d'Armor", "siren": "005520135"},
    {"bailleur_id": PERSONNE, "nom": "Personne physique", "est_personne_physique": True},
    {"bailleur_id": FAUX, "nom": "Habitat sans clé", "siren": "111111111"},
]


def marts(rows: Mapping[str, Sequence[Row]]) -> duckdb.DuckDBPyConnection:
    """Return a database of these rows in memory, with the départements and the owners above."""
    connection = duckdb.connect()
    _fill(connection, rows)
    return connection


def publish(folder: Path, rows: Mapping[str, Sequence[Row]]) -> PublishedRun:
    """Publish these rows in a folder, with the départements and the owners above."""
    run = PublishedRun(Home(folder), folder / "published" / "20261101T091200Z-aaaaaa")
    run.path.mkdir(parents=True)
    with duckdb.connect(str(run.database)) as connection:
        connection.begin()
        _fill(connection, rows)
        connection.commit()
    manifest = {
        "run_id": run.run_id,
        "publie_le": "2026-11-01T09:12:00+00:00",
        "version_code": "0.1.0",
        "date_reference": REFERENCE.isoformat(),
        "droit": {"empreinte": "d401" * 16},
        "livraisons": [
            {
                "source": "ecoloweb",
                "format": "dump_custom",
                "origine": "ecoloweb_inventee.pgsql",
                "sha256": SHA256,
                "recue_le": "2026-10-31T17:05:00+00:00",
                "departements": ["33", "2A"],
            }
        ],
    }
    (run.path / MANIFEST_FILE).write_text(json.dumps(manifest), encoding="utf-8")
    return run


def _fill(connection: duckdb.DuckDBPyConnection, rows: Mapping[str, Sequence[Row]]) -> None:
    fill(connection, {"dim_departement": DEPARTEMENTS, "dim_bailleur": BAILLEURS, **rows})
    connection.execute("use marts; update fct_anomalie set est_a_traiter = true where etat = 'ouverte'")


def decide(run: PublishedRun, anomalie_id: str, **columns: object) -> None:
    """Write what was decided of a finding."""
    with duckdb.connect(str(run.database)) as connection:
        assigned = ", ".join(f"{name} = ?" for name in columns)
        connection.execute(f"update marts.fct_anomalie set {assigned} where anomalie_id = ?", [*columns.values(), anomalie_id])


def convention(rank: int, **changes: object) -> Row:
    """Make an agreement in force of Gironde."""
    return {
        "convention_id": f"ecoloweb:{rank}",
        "numero": f"33 N {rank}",
        "numero_norm": f"33N{rank}",
        "code_departement": "33",
        "code_commune": "33063",
        "nom_commune": "Bordeaux",
        "bailleur_id": LAC,
        "nb_bailleurs": 1,
        "statut": "OPPOSABLE",
        "financements": ["PLUS"],
        "date_signature": date(1998, 11, 26),
        "nb_logements": 12,
        **changes,
    }


def constat(anomalie_id: str, rank: int | None = None, **changes: object) -> Row:
    """Make an open finding of the rule DUR-001, on an agreement unless `rank` is None."""
    convention_id = None if rank is None else f"ecoloweb:{rank}"
    return {
        "anomalie_id": anomalie_id,
        "regle_id": "DUR-001",
        "regle_version": 1,
        "severite": "non_reglementaire",
        "objet_type": "convention",
        "objet_id": convention_id or "ecoloweb:7",
        "convention_id": convention_id,
        "code_departement": "33",
        "bailleur_id": LAC,
        "preuve": '{"date_effet": "2010-07-01", "parametres": {"duree_min": 9}}',
        "empreinte_preuve": "0123456789abcdef",
        "message": f"Constat {anomalie_id}.",
        "references_juridiques": ["CCH L. 353-2"],
        "premiere_vue": REFERENCE,
        "derniere_vue": REFERENCE,
        "etat": "ouverte",
        **changes,
    }


REGLE: Row = {
    "regle_id": "DUR-001",
    "version": 1,
    "titre": "Durée inférieure à 9 ans",
    "famille": "DUR",
    "etat": "active",
    "severites": ["non_reglementaire"],
    "en_clair": "La convention expire moins de neuf ans après sa prise d'effet.",
    "action": "Avenant de durée.",
    "faux_positifs": "Les conventions de l'ANAH ont d'autres durées.",
    "references_juridiques": ["CCH L. 353-2", "CCH R. 353-4"],
    "parametres": json.dumps([
        {
            "nom": "duree_min",
            "libelle": "Durée minimale",
            "type": "entier",
            "unite": "ans",
            "source": "CCH L. 353-2",
            "note": "À relire.",
            "valeurs": [{"valeur": 12, "depuis": None}, {"valeur": 9, "depuis": "1986-01-01"}],
        }
    ]),
}  # fmt: skip

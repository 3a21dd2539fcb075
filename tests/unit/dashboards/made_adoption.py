"""What APiLos would tell of a made run: passages, accounts, offices, and the indicators that protect small numbers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

Row = dict[str, Any]

GIRONDE, BREST, VIDE = "apilos:gironde", "apilos:brest", "apilos:vide"
_AROUND = {
    "soumission": ("PROJET", "INSTRUCTION"),
    "correction": ("INSTRUCTION", "CORRECTION"),
    "validation": ("INSTRUCTION", "A_SIGNER"),
    "reactivation": ("ANNULEE", "PROJET"),
}
MOTIF = "Moins de 5, ou ce qui ferait retrouver un nombre inférieur à 5"


def _passage(dossier: str, kind: str, when: date, **row: object) -> Row:
    before, after = _AROUND[kind]
    return {
        "passage_id": f"{dossier} {kind} {when}",
        "dossier_id": f"apilos:{dossier}",
        "type_passage": kind,
        "statut_precedent": before,
        "statut": after,
        "statut_courant": "A_SIGNER",
        "date_passage": when,
        "passage_utc": datetime(when.year, when.month, when.day, tzinfo=UTC).replace(tzinfo=None),
        "bailleur_id": "ecoloweb:51",
        "administration_id": GIRONDE,
        "code_departement": "33",
        "est_avenant": False,
        "est_reprise": False,
        **row,
    }


_BREST = {"bailleur_id": "ecoloweb:52", "administration_id": BREST, "code_departement": "29"}
_PASSAGES = [
    _passage("a", "soumission", date(2026, 9, 1)),
    _passage("a", "correction", date(2026, 9, 10)),
    _passage("a", "soumission", date(2026, 9, 20)),
    _passage("a", "validation", date(2026, 10, 1)),
    _passage("b", "soumission", date(2026, 2, 1), **_BREST, statut_courant="CORRECTION"),
    _passage("b", "correction", date(2026, 2, 10), **_BREST, statut_courant="CORRECTION"),
    _passage("b", "reactivation", date(2026, 2, 5), **_BREST, statut_courant="CORRECTION"),
    _passage("c", "soumission", date(2024, 5, 2), est_avenant=True),
    _passage("c", "validation", date(2024, 6, 2), est_avenant=True),
    _passage("d", "soumission", date(2026, 10, 2), **_BREST, est_reprise=True),
    _passage("d", "validation", date(2026, 10, 3), **_BREST, est_reprise=True),
]


def _service(administration_id: str, nom: str, departement: str | None, *steps: int) -> Row:
    names = ("comptes", "comptes_connectes", "bailleurs_connectes", "dossiers", "soumis", "instruits", "valides")
    counts = {f"nb_{name}": count for name, count in zip(names, steps, strict=True)}
    return {"administration_id": administration_id, "nom": nom, "code_departement": departement, **counts}


def valeur(kpi: str, mesure: str, axe: str, modalite: str, periode: str, **figures: object) -> Row:
    """Return a published figure; without any, it is protected."""
    hidden = {} if figures else {"est_protegee": True, "motif": MOTIF}
    key = {"kpi_id": kpi, "mesure": mesure, "axe": axe, "modalite": modalite, "libelle_modalite": modalite, "periode": periode}
    return {**key, **figures, **hidden}


def _annee(annee: int, axe: str, modalite: str, counts: tuple[int, int, int] | None) -> list[Row]:
    """Return what A-06 and A-07 tell of a year: agreements signed, those born in APiLos, amendments; None when it is protected."""
    cell = (axe, modalite, str(annee))
    if counts is None:
        hidden = {"A-06": ("nb_signees", "part_dematerialisee"), "A-07": ("nb_conventions", "avenants_pour_100")}
        return [valeur(kpi, mesure, *cell) for kpi, mesures in hidden.items() for mesure in mesures]
    signed, born, amended = counts
    return [
        valeur("A-06", "nb_signees", *cell, valeur=signed),
        valeur("A-06", "part_dematerialisee", *cell, valeur=100 * born / signed, numerateur=born, denominateur=signed),
        valeur("A-07", "nb_conventions", *cell, valeur=signed),
        valeur("A-07", "avenants_pour_100", *cell, valeur=100 * amended / signed, numerateur=amended, denominateur=signed),
    ]


MARTS: dict[str, list[Row]] = {
    "dim_livraison": [{"livraison_id": "a", "source": "ecoloweb"}, {"livraison_id": "b", "source": "apilos"}],
    "fct_passage": _PASSAGES,
    "agg_service": [
        _service(GIRONDE, "DDTM <33>", "33", 4, 3, 2, 5, 4, 4, 3),
        _service(BREST, "Brest Métropole", "29", 2, 1, 1, 1, 1, 1, 0),
        _service(VIDE, "DDT sans compte", None, 0, 0, 1, 1, 0, 0, 0),
    ],
    "agg_compte": [
        {"role": "BAILLEUR", "structure_id": "bailleur ecoloweb:51", "nb_comptes": 6, "nb_jamais_connectes": 2},
        {"role": "BAILLEUR", "structure_id": "bailleur ecoloweb:52", "nb_comptes": 4, "nb_jamais_connectes": 1},
        {"role": "BAILLEUR", "structure_id": "sans structure", "nb_comptes": 1, "nb_jamais_connectes": 0},
        {"role": "ADMINISTRATEUR", "structure_id": "sans structure", "nb_comptes": 3, "nb_jamais_connectes": 1},
    ],
    "kpi_valeur": [
        valeur("A-05", "part", "ensemble", "ensemble", "2026-11-01", valeur=28.5714, numerateur=4, denominateur=14),
        valeur("A-05", "part", "role", "BAILLEUR", "2026-11-01", valeur=27.2727, numerateur=3, denominateur=11),
        valeur("A-05", "part", "role", "ADMINISTRATEUR", "2026-11-01"),
        *_annee(2024, "ensemble", "ensemble", (40, 0, 20)),
        *_annee(2025, "ensemble", "ensemble", (50, 30, 10)),
        *_annee(2026, "ensemble", "ensemble", (20, 15, 0)),
        *_annee(2025, "departement", "33", (43, 28, 9)),
        *_annee(2025, "departement", "29", None),
        *_annee(2026, "departement", "33", (13, 10, 0)),
        *_annee(2026, "departement", "29", (7, 5, 0)),
        *_annee(2025, "nature_bailleur", "PRIVE", None),
        *_annee(2025, "nature_bailleur", "HLM", (46, 30, 10)),
    ],
}

"""Which rows of an Ecoloweb delivery belong to the départements asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data_contracts.loader import SOURCES, source_tables
from data_contracts.source_contract import Presence

Row = dict[str, str]


@pytest.fixture
def ecoloweb(csv_folder: Callable[..., Path]) -> Callable[..., Path]:
    """Write a delivery with every required table, empty but for the rows given."""

    def write(**rows: list[Row]) -> Path:
        tables = {}
        for name, contract in source_tables("ecoloweb").items():
            if contract.presence is Presence.REQUISE or name in rows:
                names = [column.nom for column in contract.colonnes]
                tables[name] = [names, *([row.get(column) for column in names] for row in rows.get(name, []))]
        return csv_folder(**tables)

    return write


@pytest.fixture
def delivery(ecoloweb: Callable[..., Path]) -> Path:
    """Agreements: 1 in 33 in an older period only, 2 in 29, 3 without programme made by DD033, 4 by CG02A, 5 astride 33 and 29,
    6 by the intercommunal office of 33063, 7 without programme nor known office."""
    offices = {"1": "50", "2": "50", "3": "51", "4": "52", "5": "50", "6": "53", "7": "99"}
    periods = {"10": "1", "11": "1", "20": "2", "50": "5", "30": "3"}
    programmes = {"100": ("10", "3300"), "110": ("11", "2900"), "200": ("20", "2900"), "500": ("50", "3300"), "501": ("50", "2900")}
    return ecoloweb(
        ecolo_departement=[{"id": "33", "codeinsee": "33"}, {"id": "29", "codeinsee": "29"}],
        ecolo_commune=[
            {"id": "3300", "code": "A3063", "departement_id": "33"},
            {"id": "2900", "code": "29046", "departement_id": "29"},
        ],
        ecolo_entitegest=[
            {"id": key, "code": code} for key, code in {"50": "DD075", "51": "DD033", "52": "CG02A", "53": "33063"}.items()
        ],
        ecolo_conventionapl=[{"id": key, "entitecreatrice_id": office} for key, office in offices.items()],
        ecolo_conventiondonneesgenerales=[{"id": key, "conventionapl_id": agreement} for key, agreement in periods.items()],
        ecolo_programmelogement=[
            {"id": key, "conventiondonneesgenerales_id": period, "commune_id": commune}
            for key, (period, commune) in programmes.items()
        ],
        ecolo_avenant=[{"id": "61", "conventionapl_id": "1"}, {"id": "62", "conventionapl_id": "2"}],
        ecolo_avenant_typeavenant=[{"avenant_id": "61", "typeavenant_id": "1"}, {"avenant_id": "62", "typeavenant_id": "1"}],
        ecolo_piecejointe=[{"id": "71", "conventionapl_id": "1"}, {"id": "72", "conventionapl_id": "2"}],
        ecolo_evenement=[{"id": "81", "conventionapl_id": "3"}, {"id": "82", "conventionapl_id": "2"}],
        ecolo_logement=[
            {"id": programme, "programmelogement_id": programme, "adresse_id": f"8{programme}"}
            for programme in (*programmes, "999")
        ],
        ecolo_logementadresse=[{"id": f"8{programme}"} for programme in (*programmes, "999")],
        ecolo_annexe=[{"id": "91", "programmelogement_id": "100"}, {"id": "92", "programmelogement_id": "200"}],
        ecolo_bailleur=[{"id": "1"}, {"id": "2"}],
    )


@pytest.fixture
def kept(delivery: Path, deliver: Callable[..., Any]) -> Callable[..., dict[str, tuple[int, int]]]:
    """Import the delivery for départements; return by table the rows kept and those left out."""

    def counts(*departements: str) -> dict[str, tuple[int, int]]:
        report = deliver(delivery, SOURCES, departements=departements)
        return {table.table.removeprefix("ecolo_"): (table.nb_recus, table.nb_hors_perimetre) for table in report.delivery.tables}

    return counts


@pytest.mark.parametrize(
    ("departements", "agreements"), [(("33",), 4), (("29",), 3), (("2A",), 1), (("33", "29"), 5), (("33", "2A"), 5), (("75",), 0)]
)
def test_an_agreement_belongs_where_a_programme_is_or_else_where_its_office_is(
    departements: tuple[str, ...], agreements: int, kept: Callable[..., Any]
) -> None:
    assert kept(*departements)["conventionapl"] == (agreements, 7 - agreements)


def test_what_hangs_on_a_kept_agreement_is_kept_whole_and_the_rest_is_counted(kept: Callable[..., Any]) -> None:
    counts = kept("33")

    assert {name: counts[name] for name in counts if sum(counts[name])} == {
        "departement": (2, 0),
        "commune": (2, 0),
        "entitegest": (4, 0),
        "bailleur": (2, 0),
        "conventionapl": (4, 3),
        "conventiondonneesgenerales": (4, 1),
        "programmelogement": (4, 1),
        "avenant": (1, 1),
        "avenant_typeavenant": (1, 1),
        "piecejointe": (1, 1),
        "evenement": (1, 1),
        "logement": (4, 2),
        "logementadresse": (4, 2),
        "annexe": (1, 1),
    }


def test_the_delivery_is_named_after_its_departements_sorted(delivery: Path, deliver: Callable[..., Any]) -> None:
    whole = deliver(delivery, SOURCES).delivery
    some = deliver(delivery, SOURCES, departements=("33", "2a", "33")).delivery

    assert (some.livraison_id, some.departements) == (f"{whole.livraison_id}-2A-33", ("2A", "33"))
    assert deliver(delivery, SOURCES, departements=("2A", "33")).deja_importee


def test_an_empty_perimeter_is_said(delivery: Path, deliver: Callable[..., Any]) -> None:
    report = deliver(delivery, SOURCES, departements=("75",))

    assert "Aucune ligne de la livraison ne concerne le périmètre demandé (75)." in report.avertissements

"""Each indicator that APiLos alone tells, on made passages, against a value worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from tests.support import made_marts
from tests.support.made_marts import Marts, day

PASSAGE = {
    "est_avenant": False,
    "est_reprise": False,
    "statut_courant": "A_SIGNER",
    "code_departement": "33",
    "bailleur_id": "oph",
    "administration_id": "ddt",
}


@pytest.fixture
def marts() -> Iterator[Marts]:
    with made_marts.marts() as made:
        yield made


def passage(marts: Marts, dossier: str, kind: str, when: str, **row: object) -> None:
    """Add a passage; the ones before and after it follow from its kind."""
    before, after = {
        "soumission": ("PROJET", "INSTRUCTION"),
        "correction": ("INSTRUCTION", "CORRECTION"),
        "validation": ("INSTRUCTION", "A_SIGNER"),
    }[kind]
    given = {
        "passage_id": f"{dossier}-{kind}-{when}",
        "dossier_id": dossier,
        "type_passage": kind,
        "statut_precedent": before,
        "statut": after,
        "date_passage": day(when),
        "modification_utc": datetime.fromisoformat(when),
    }
    marts.add("fct_passage", **{**PASSAGE, **given, **row})


def test_an_owner_is_active_when_it_submitted_in_the_period(marts: Marts) -> None:
    passage(marts, "1", "soumission", "2026-11-01")
    passage(marts, "2", "soumission", "2026-11-02")
    passage(marts, "3", "soumission", "2026-03-01", bailleur_id="sem", code_departement="24")
    passage(marts, "4", "soumission", "2025-03-01", bailleur_id="old")
    passage(marts, "5", "validation", "2026-11-01", bailleur_id="quiet")
    for owner in ("oph", "sem", "old", "quiet"):
        marts.add("agg_compte", role="BAILLEUR", structure_id=f"bailleur {owner}", nb_comptes=1, nb_jamais_connectes=0)
    marts.add("agg_compte", role="BAILLEUR", structure_id="sans structure", nb_comptes=3, nb_jamais_connectes=0)

    assert marts.told("A-01.nb_90") == {"ensemble": 1}
    assert marts.told("A-01.nb_365", "departement") == {"33": 1, "24": 1}
    assert marts.told("A-01.part_365") == {"ensemble": 50}


def test_an_office_is_active_when_it_validated_or_asked_for_a_correction(marts: Marts) -> None:
    passage(marts, "1", "correction", "2026-11-01")
    passage(marts, "2", "validation", "2026-02-01", administration_id="dreal")
    passage(marts, "3", "soumission", "2026-11-01", administration_id="asleep")

    assert marts.told("A-02.nb_90") == {"ensemble": 1}
    assert marts.told("A-02.nb_365") == {"ensemble": 2}


def test_a_departement_is_covered_from_its_first_validation(marts: Marts) -> None:
    for code in ("33", "24", "971", "975", "988"):
        marts.add("dim_departement", code_departement=code, code_region="75")
    passage(marts, "1", "validation", "2026-02-01")
    passage(marts, "2", "validation", "2026-05-01")
    passage(marts, "3", "validation", "2026-05-01", code_departement="24", est_reprise=True)

    assert marts.told("A-03.part") == {}
    marts.add("dim_livraison", livraison_id="x", source="apilos")
    assert marts.told("A-03.part") == {"ensemble": 33.3333}
    assert marts.told("A-03.nb_nouveaux") == {"2026-02": 1}


def test_the_funnel_counts_the_offices_that_came_to_each_step(marts: Marts) -> None:
    steps = (
        "nb_comptes",
        "nb_comptes_connectes",
        "nb_bailleurs_connectes",
        "nb_dossiers",
        "nb_soumis",
        "nb_instruits",
        "nb_valides",
    )
    for name, reached in (("a", 7), ("b", 4), ("c", 0)):
        marts.add("agg_service", administration_id=name, **{step: int(rank < reached) for rank, step in enumerate(steps)})

    told = [
        marts.told(f"A-04.{name}")["ensemble"] for name in ("nb_services", "nb_avec_compte", "nb_avec_dossier", "nb_avec_valide")
    ]
    assert told == [3, 2, 2, 1]


def test_accounts_that_never_connected_are_a_share_of_each_role(marts: Marts) -> None:
    for structure, accounts, never in (("a", 6, 3), ("b", 2, 1)):
        marts.add("agg_compte", role="BAILLEUR", structure_id=structure, nb_comptes=accounts, nb_jamais_connectes=never)
    marts.add("agg_compte", role="INSTRUCTEUR", structure_id="c", nb_comptes=8, nb_jamais_connectes=0)

    assert marts.told("A-05.part") == {"ensemble": 25}
    assert marts.told("A-05.part", "role") == {"BAILLEUR": 50, "INSTRUCTEUR": 0}


def test_returns_are_counted_on_the_files_that_were_validated(marts: Marts) -> None:
    for dossier in "12":
        passage(marts, dossier, "validation", "2026-03-01")
    passage(marts, "1", "correction", "2026-01-01")
    passage(marts, "1", "correction", "2026-02-01")
    passage(marts, "3", "correction", "2026-02-01")

    assert marts.told("T-06.retours_pour_100") == {"ensemble": 100}
    assert marts.told("T-06.part_sans_retour") == {"ensemble": 50}


def test_the_figures_of_today_keep_only_the_files_that_still_wait(marts: Marts) -> None:
    created = {"creation_utc": datetime.fromisoformat("2026-01-01")}
    for dossier, submitted, validated, now in (
        ("1", "2026-01-11", "2026-01-31", "A_SIGNER"),
        ("2", "2026-01-21", "2026-04-01", "A_SIGNER"),
        ("3", "2026-01-02", "2026-01-03", "SIGNEE"),
    ):
        passage(marts, dossier, "soumission", submitted, **created, statut_courant=now)
        passage(marts, dossier, "validation", validated, **created, statut_courant=now)
    passage(marts, "4", "correction", "2026-11-05", **created, statut_courant="CORRECTION")

    assert marts.told("T-01-STATS.moyenne") == {"ensemble": 15}
    assert marts.told("T-03-STATS.moyenne") == {"ensemble": 45}
    assert marts.told("T-14-STATS.moyenne") == {"ensemble": 60}
    assert marts.told("T-04-STATS.moyenne") == {"ensemble": 10}


def test_friction_is_told_for_a_hundred_submitted_files(marts: Marts) -> None:
    for dossier in "12":
        passage(marts, dossier, "soumission", "2026-01-01")
    passage(marts, "3", "soumission", "2026-01-01", statut_courant="CORRECTION")
    passage(marts, "3", "correction", "2026-11-05", statut_courant="CORRECTION")

    assert marts.told("S-08.retours_pour_100") == {"ensemble": 33.3333}
    assert marts.told("S-08.age_correction") == {"ensemble": 10}

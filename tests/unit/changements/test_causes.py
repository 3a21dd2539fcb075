"""Why something changed, from what two manifests do not share."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from data_contracts.changements import reference
from data_contracts.changements.causes import Cause, Comparison

Manifest = dict[str, Any]


def delivery(source: str, livraison_id: str = "l1") -> Manifest:
    return {
        "source": source,
        "livraison_id": livraison_id,
        "contrat_sha256": "c1",
        "recue_le": "2026-11-03T08:00:00Z",
        "departements": [],
    }


def rule(**changes: Any) -> Manifest:  # noqa: ANN401 - what a manifest holds
    kept = {"version": 1, "empreinte": "r1", "parametres": [], "couvre": [], "croise_avec": [], "lit_date": False}
    return kept | changes


def manifest() -> Manifest:
    return {
        "version_code": "v1",
        "date_reference": "2026-11-01",
        "decisions": {"empreinte": "d1"},
        "livraisons": [delivery("ecoloweb"), delivery("rpls")],
        "droit": {
            "empreinte": "e1",
            "parametres": {"pls_min": [{"depuis": None, "valeur": 15}]},
            "regles": {
                "DUR-003": rule(parametres=["pls_min"]),
                "DUR-001": rule(),
                "PUB-001": rule(lit_date=True),
                "SUR-013": rule(croise_avec=["rpls"]),
                "DUR-004": rule(couvre=["DUR-001"]),
            },
        },
    }


BEFORE = manifest()


def changed(*what: str) -> Manifest:
    """Return the manifest of a run where these things are not the same."""
    after = deepcopy(BEFORE)
    edits = {
        "livraison": lambda: after["livraisons"].__setitem__(0, delivery("ecoloweb", "l2")),
        "rpls": lambda: after["livraisons"].__setitem__(1, delivery("rpls", "l2")),
        "version": lambda: after["droit"]["regles"]["DUR-003"].update(version=2),
        "texte": lambda: after["droit"]["regles"]["DUR-003"].update(empreinte="r2"),
        "retrait": lambda: after["droit"]["regles"].pop("DUR-003"),
        "couvrante": lambda: after["droit"]["regles"]["DUR-004"].update(version=2),
        "parametre": lambda: after["droit"]["parametres"].update(pls_min=[{"depuis": None, "valeur": 20}]),
        "date": lambda: after.update(date_reference="2026-12-01"),
        "code": lambda: after.update(version_code="v2"),
    }
    for one in what:
        edits[one]()
    return after


@pytest.mark.parametrize(
    ("what", "cause", "detail"),
    [
        (["livraison"], Cause.LIVRAISON, "nouvelle livraison Ecoloweb du 03/11/2026"),
        (["livraison", "code", "date", "rpls"], Cause.LIVRAISON, "nouvelle livraison Ecoloweb du 03/11/2026"),
        (["rpls"], Cause.LIVRAISON, "nouvelle livraison RPLS du 03/11/2026"),
        (["code", "date"], Cause.CODE, "code passé de v1 à v2"),
        (["date"], Cause.DATE_REFERENCE, "date de référence passée du 01/11/2026 au 01/12/2026"),
        ([], Cause.CODE, "code modifié sans nouvelle version (v1)"),
    ],
)
def test_an_agreement_follows_its_delivery_then_the_others_then_the_code(what: list[str], cause: Cause, detail: str) -> None:
    why = Comparison(BEFORE, changed(*what)).of_agreement("ecoloweb")

    assert (why.cause, why.detail) == (cause, detail)


@pytest.mark.parametrize(
    ("regle", "what", "cause", "detail"),
    [
        ("DUR-003", ["version"], Cause.REGLE, "règle DUR-003 passée de la version 1 à 2"),
        ("DUR-003", ["texte"], Cause.REGLE, "règle DUR-003 réécrite sans changer de version"),
        ("DUR-003", ["retrait"], Cause.REGLE, "règle DUR-003 retirée"),
        ("DUR-001", ["couvrante"], Cause.REGLE, "règle DUR-004 passée de la version 1 à 2"),
        ("DUR-003", ["parametre"], Cause.PARAMETRE, "paramètre pls_min passé de 15 à 20"),
        ("DUR-003", ["version", "parametre", "livraison"], Cause.REGLE, "règle DUR-003 passée de la version 1 à 2"),
        ("DUR-003", ["parametre", "livraison", "date"], Cause.PARAMETRE, "paramètre pls_min passé de 15 à 20"),
        ("DUR-001", ["version", "parametre", "livraison"], Cause.LIVRAISON, "nouvelle livraison Ecoloweb du 03/11/2026"),
        ("PUB-001", ["date", "livraison"], Cause.DATE_REFERENCE, "date de référence passée du 01/11/2026 au 01/12/2026"),
        ("DUR-003", ["date", "livraison"], Cause.LIVRAISON, "nouvelle livraison Ecoloweb du 03/11/2026"),
        ("SUR-013", ["rpls", "code"], Cause.LIVRAISON, "nouvelle livraison RPLS du 03/11/2026"),
        ("DUR-003", ["code"], Cause.CODE, "code passé de v1 à v2"),
        ("DUR-003", ["date"], Cause.DATE_REFERENCE, "date de référence passée du 01/11/2026 au 01/12/2026"),
    ],
)
def test_a_finding_of_an_untouched_agreement_follows_its_rule_first(regle: str, what: list[str], cause: Cause, detail: str) -> None:
    why = Comparison(BEFORE, changed(*what)).of_finding(regle, "ecoloweb", is_touched=False)

    assert (why.cause, why.detail) == (cause, detail)


@pytest.mark.parametrize("other", ["version", "parametre", "date", "code"])
def test_a_finding_of_an_agreement_that_a_delivery_changed_follows_the_delivery(other: str) -> None:
    assert (
        Comparison(BEFORE, changed("livraison", other)).of_finding("DUR-003", "ecoloweb", is_touched=True).cause is Cause.LIVRAISON
    )


def test_an_added_rule_and_a_first_delivery_are_told_as_such() -> None:
    before, after = deepcopy(BEFORE), deepcopy(BEFORE)
    del before["droit"]["regles"]["PUB-001"]
    del before["livraisons"][0]
    comparison = Comparison(before, after)

    assert comparison.of_finding("PUB-001", "rpls", is_touched=False).detail == "règle PUB-001 ajoutée"
    assert comparison.of_agreement("ecoloweb").detail == "première livraison Ecoloweb du 03/11/2026"
    assert Comparison(after, before).of_agreement("ecoloweb").detail == "plus de livraison Ecoloweb"


def test_every_rule_and_source_of_both_runs_has_its_causes() -> None:
    before, after = changed("retrait"), deepcopy(BEFORE)
    rows = list(Comparison(before, after).rows())
    keys = {(row["regle_id"], row["source"], row["est_touchee"]) for row in rows}

    assert len(keys) == len(rows) == 2 * (1 + 2 * 5)
    assert ("DUR-003", "rpls", False) in keys


@pytest.mark.parametrize("what", ["livraison", "date", "code"])
def test_runs_made_from_something_else_have_another_fingerprint(what: str) -> None:
    assert reference.fingerprint(changed(what)) != reference.fingerprint(BEFORE)
    assert reference.fingerprint(deepcopy(BEFORE)) == reference.fingerprint(BEFORE)

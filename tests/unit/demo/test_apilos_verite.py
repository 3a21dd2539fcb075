"""The truth of APiLos: one identity an act, one state an agreement, and findings that say of each case what it says."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from data_contracts.rule_loader import catalogue
from ingest.demo import generate
from ingest.demo.apilos import generation
from ingest.demo.apilos.cas_natifs import CAS_NATIFS
from ingest.demo.apilos.deformations import DEFORMATIONS
from ingest.demo.apilos.oracle import mig
from ingest.demo.apilos.verite import REGLES
from ingest.demo.oracle import Severite

if TYPE_CHECKING:
    from tests.unit.demo.conftest import Demo

NATIVES_OU_DE_LA_REPRISE = {"MIG-002"}
"""Rules that owners, drawn wrong or right, feed without a case of their own."""


def lus(demo: Demo, nom: str) -> list[dict[str, Any]]:
    noms = demo.verite_apilos["champs"][nom]
    return [dict(zip(noms, valeurs, strict=True)) for valeurs in demo.verite_apilos[nom]]


def test_the_rules_are_known_and_fed_by_apilos() -> None:
    regles = catalogue().rules
    assert [regle for regle in REGLES if regle not in regles] == []


def test_every_severity_of_a_rule_is_one_that_the_catalogue_gives() -> None:
    regles = catalogue().rules
    plantees = {(cas.regle, str(cas.severite)) for cas in (*DEFORMATIONS, *CAS_NATIFS) if cas.severite}
    possibles = {(regle, str(cas.niveau)) for regle, _ in plantees for cas in regles[regle].severite}
    assert plantees - possibles == set()


@pytest.mark.parametrize(
    "regle",
    [
        *(f"MIG-{rang:03}" for rang in range(1, 13)),
        "AVE-002",
        "AVE-013",
        "AVE-014",
        "DUP-002",
        "STA-004",
        "STA-007",
        "DUR-015",
        "LOY-001",
        "MIX-003",
    ],
)
def test_a_rule_has_cases_and_near_misses(regle: str) -> None:
    attendus = {cas.severite is not None for cas in (*DEFORMATIONS, *CAS_NATIFS) if cas.regle == regle}
    assert attendus == (set() if regle in NATIVES_OU_DE_LA_REPRISE else {True, False})


def test_a_sentence_tells_one_case_of_a_rule() -> None:
    fois = Counter((cas.regle, cas.phrase) for cas in (*DEFORMATIONS, *CAS_NATIFS))
    assert [cas for cas, nombre in fois.items() if nombre > 1] == []


def test_the_demo_that_people_see_holds_every_case(demo: Demo) -> None:
    plantes = {(cas["regle"], cas["cas"]) for cas in demo.verite_apilos["cas"]}
    assert [cas.phrase for cas in (*DEFORMATIONS, *CAS_NATIFS) if (cas.regle, cas.phrase) not in plantes] == []


def test_the_findings_say_of_each_case_what_it_says(demo: Demo) -> None:
    trouves = {(regle, objet) for regle, _, _, objet in demo.verite_apilos["constats"]}
    cas = demo.verite_apilos["cas"]
    assert [un for un in cas if ((un["regle"], un["objet"]) in trouves) is not un["attendu"]] == []


def test_without_planted_case_only_what_the_import_loses_or_has_no_word_for_is_wrong(reglementaire: Demo) -> None:
    graves = {
        regle for regle, severite, _, _ in reglementaire.verite_apilos["constats"] if severite in {"non_reglementaire", "anomalie"}
    }
    assert reglementaire.verite_apilos["cas"] == []
    assert graves <= {"MIG-002", "MIG-008", "ORP-004"}


def test_findings_are_counted_by_rule_and_never_twice(demo: Demo) -> None:
    constats = [tuple(constat) for constat in demo.verite_apilos["constats"]]
    assert len(constats) == len(set(constats))
    regles = {regle: fois for regle, fois in demo.verite_apilos["regles"].items() if fois}
    assert Counter(regle for regle, *_ in constats) == regles


def test_a_finding_that_no_longer_holds_is_one_of_ecoloweb(demo: Demo) -> None:
    leves = {tuple(constat) for constat in demo.verite_apilos["constats_leves"]}
    assert set() != leves <= {tuple(constat) for constat in demo.verite["constats"]}


def test_an_act_taken_over_has_the_identity_of_ecoloweb_and_a_native_one_its_own(demo: Demo) -> None:
    for acte in lus(demo, "actes"):
        if acte["cle"] is None:
            assert acte["objet_id"] == f"apilos:{acte['uuid']}"
        elif not acte["est_avenant"] and acte["cle"].endswith(":0"):
            assert acte["objet_id"] == acte["convention_id"] == f"ecoloweb:{acte['cle'].split(':')[0]}"
        else:
            assert acte["convention_id"] == f"ecoloweb:{acte['cle'].split(':')[0]}"


def test_acts_are_the_rows_of_the_dump(demo: Demo) -> None:
    uuids = [acte["uuid"] for acte in lus(demo, "actes")]
    assert sorted(uuids) == sorted(uuid for (uuid,) in demo.lignes("select uuid from conventions_convention"))


def test_every_agreement_has_one_state(demo: Demo) -> None:
    etats = [etat["convention_id"] for etat in lus(demo, "etats")]
    attendus = {f"ecoloweb:{valeurs[0]}" for valeurs in demo.verite["conventions"]}
    attendus |= {acte["convention_id"] for acte in lus(demo, "actes") if acte["convention_id"]}
    assert len(etats) == len(set(etats))
    assert set(etats) == attendus


def test_agreements_split_by_financing_are_regrouped(demo: Demo) -> None:
    comptes = Counter(acte["convention_id"] for acte in lus(demo, "actes") if not acte["est_avenant"])
    dits = {etat["convention_id"]: etat["nb_conventions_apilos"] for etat in lus(demo, "etats")}
    assert {convention: nombre for convention, nombre in dits.items() if nombre} == comptes
    assert max(comptes.values()) > 1


def test_the_state_of_apilos_wins_where_something_happened_there(demo: Demo) -> None:
    gagnes = {etat["convention_id"] for etat in lus(demo, "etats") if etat["source"] == "apilos"}
    signes = {
        acte["convention_id"]
        for acte in lus(demo, "actes")
        if acte["cle"] is None and acte["est_avenant"] and acte["statut"] in {"SIGNEE", "PUBLIEE"}
    }
    assert {convention for convention in signes if convention} <= gagnes
    assert {
        etat["statut"] for etat in lus(demo, "etats") if etat["convention_id"] in gagnes if "ecoloweb" in etat["convention_id"]
    } >= {
        "PUBLIEE",
        "RESILIEE",
    }


def test_every_rule_of_the_migration_finds_something(demo: Demo) -> None:
    assert [regle for regle in mig.REGLES if not demo.verite_apilos["regles"][regle]] == []


def test_a_case_that_the_oracle_does_not_find_stops_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    faux = replace(next(cas for cas in CAS_NATIFS if cas.regle == "STA-004"), severite=Severite.INFORMATION)
    monkeypatch.setattr(generation, "CAS_NATIFS", (faux,))
    with pytest.raises(ValueError, match=r"STA-004.*le cas attend information"):
        generate(400, 1, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("graine", range(4))
def test_other_frances_hold_their_cases_as_well(graine: int, tmp_path: Path) -> None:
    verite = json.loads(generate(400, graine, tmp_path).verite_apilos.read_text(encoding="utf-8"))
    assert len({cas["cas"] for cas in verite["cas"] if not cas["regle"].startswith("MIG")}) > 30

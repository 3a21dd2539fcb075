"""Lives of acts in APiLos: what the history records, what it does not, and how long stages took."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from dateutil.easter import easter

from ingest.demo.apilos.faits import Statut
from ingest.demo.apilos.jours_ouvres import jours_ouvres, paques

if TYPE_CHECKING:
    from tests.unit.demo.conftest import Demo

PARIS = ZoneInfo("Europe/Paris")
NATIFS = """
    select c.* from conventions_convention c
    anti join (select * from ecoloweb_ecoloreference where apilos_model = 'conventions.Convention') r on r.apilos_id = c.id"""
TRACES = {
    ("1. Projet", "2. Instruction requise"),
    ("1. Projet", "8. Annulée en suivi"),
    ("2. Instruction requise", "3. Corrections requises"),
    ("2. Instruction requise", "4. A signer"),
    ("2. Instruction requise", "8. Annulée en suivi"),
    ("3. Corrections requises", "2. Instruction requise"),
    ("3. Corrections requises", "8. Annulée en suivi"),
    ("4. A signer", "2. Instruction requise"),
    ("4. A signer", "8. Annulée en suivi"),
    ("5. Publication en cours", "5. Signée"),
    ("8. Annulée en suivi", "1. Projet"),
}


@pytest.mark.parametrize("annee", range(1977, 2041))
def test_easter_is_that_of_the_church(annee: int) -> None:
    assert paques(annee) == easter(annee)


@pytest.mark.parametrize(
    ("debut", "fin", "departement", "attendu"),
    [
        (date(2024, 4, 30), date(2024, 5, 2), "33", 1),
        (date(2024, 3, 28), date(2024, 4, 2), "33", 2),
        (date(2024, 3, 28), date(2024, 4, 2), "67", 1),
        (date(2024, 12, 19), date(2024, 12, 20), "974", 0),
        (date(2024, 12, 19), date(2024, 12, 20), "33", 1),
        (date(2024, 6, 7), date(2024, 6, 7), "33", 0),
        (date(2024, 6, 7), date(2024, 6, 10), "33", 1),
    ],
)
def test_working_days_are_counted_after_the_first_day_and_with_the_last(
    debut: date, fin: date, departement: str, attendu: int
) -> None:
    assert jours_ouvres(debut, fin, departement) == attendu


def test_the_history_records_only_what_the_application_writes(demo: Demo) -> None:
    passages = demo.lignes("select distinct statut_convention_precedent, statut_convention from conventions_conventionhistory")
    assert set(passages) == TRACES


def test_no_agreement_taken_over_has_a_history(demo: Demo) -> None:
    assert demo.lignes(
        f"select count(*) from conventions_conventionhistory where convention_id not in (select id from ({NATIFS}))"
    ) == [(0,)]


def test_moves_follow_one_another(demo: Demo) -> None:
    for _, passages in histoires(demo):
        assert [avant[0] <= apres[0] for avant, apres in pairwise(passages)] == [True] * (len(passages) - 1)
        enchaines = [avant[2] == apres[1] for avant, apres in pairwise(passages) if apres[1] != Statut.PUBLICATION.value]
        assert all(enchaines)


def histoires(demo: Demo) -> list[tuple[int, list[tuple[datetime, str, str]]]]:
    """Return the history of each act, in order."""
    lignes = demo.lignes("""
        select convention_id, cree_le, statut_convention_precedent, statut_convention from conventions_conventionhistory
        order by convention_id, id""")
    par_acte: dict[int, list[tuple[datetime, str, str]]] = {}
    for acte, quand, avant, apres in lignes:
        par_acte.setdefault(acte, []).append((quand, avant, apres))
    return list(par_acte.items())


def test_an_act_was_sent_back_up_to_four_times(demo: Demo) -> None:
    nombres = {nombre for _, nombre in demo.verite_apilos["allers_retours"]}
    assert nombres == {0, 1, 2, 3, 4}


def test_returns_are_counted_from_the_history(demo: Demo) -> None:
    comptes = dict(
        demo.lignes("""
        select 'apilos:' || any_value(c.uuid), count(*) filter (h.statut_convention = '3. Corrections requises')
        from conventions_convention c join conventions_conventionhistory h on h.convention_id = c.id
        where c.premiere_soumission_le is not null group by c.id""")
    )
    dits = dict(demo.verite_apilos["allers_retours"])
    assert {objet: nombre for objet, nombre in comptes.items() if objet in dits} == dits


DEBUTS_ET_FINS = {
    "T-01": ("cree_le", "premiere_soumission_le"),
    "T-03": ("premiere_soumission_le", "valide_le"),
    "T-07": ("valide_le", "televersement_convention_signee_le"),
    "T-15": ("premiere_soumission_le", "valide_le"),
}


@pytest.mark.parametrize("etape", DEBUTS_ET_FINS)
def test_a_stage_is_told_by_the_days_of_paris_of_its_columns(etape: str, demo: Demo) -> None:
    debut, fin = DEBUTS_ET_FINS[etape]
    colonnes = {uuid: (jour(d), jour(f)) for uuid, d, f in demo.lignes(f"select uuid, {debut}, {fin} from conventions_convention")}
    siens = [delai for delai in delais(demo) if delai["etape"] == etape]
    assert len(siens) > 100
    for delai in siens:
        assert (delai["debut"], delai["fin"]) == colonnes[delai["objet_id"].removeprefix("apilos:")]


def delais(demo: Demo) -> list[dict[str, Any]]:
    noms = demo.verite_apilos["champs"]["delais"]
    return [dict(zip(noms, valeurs, strict=True)) for valeurs in demo.verite_apilos["delais"]]


def jour(valeur: date | datetime | None) -> str | None:
    """Return a day as text; that of Paris, of an instant in UTC."""
    if isinstance(valeur, datetime):
        return valeur.replace(tzinfo=UTC).astimezone(PARIS).date().isoformat()
    return valeur.isoformat() if valeur else None


def test_durations_are_those_between_their_days_and_open_ones_stop_at_the_date_of_reference(demo: Demo) -> None:
    for delai in delais(demo):
        fin = date.fromisoformat(delai["fin"] or demo.verite_apilos["date_reference"])
        ecart = (fin - date.fromisoformat(delai["debut"])).days
        assert delai["est_censure"] is (delai["fin"] is None)
        assert 0 <= delai["jours_ouvres"] <= delai["jours"] <= ecart
        assert delai["jours"] == ecart or delai["etape"] in {"T-04", "T-05"}


def test_spells_under_instruction_and_in_correction_fill_the_time_until_validation(demo: Demo) -> None:
    par_objet: dict[str, dict[str, int]] = {}
    for delai in delais(demo):
        if not delai["est_censure"]:
            par_objet.setdefault(delai["objet_id"], {})[delai["etape"]] = delai["jours"]
    complets = [etapes for etapes in par_objet.values() if {"T-03", "T-05"} <= etapes.keys()]
    exacts = [etapes["T-03"] <= etapes["T-05"] + etapes.get("T-04", 0) for etapes in complets]
    assert len(exacts) > 300
    assert all(exacts)


def test_open_acts_of_every_status_are_in_stock_with_their_age(demo: Demo) -> None:
    stock = demo.verite_apilos["stock"]
    assert {statut for _, statut, _, _ in stock} == {"PROJET", "INSTRUCTION", "CORRECTION", "A_SIGNER"}
    reference = np.datetime64(demo.verite_apilos["date_reference"])
    assert all((reference - np.datetime64(entree)).astype(int) == age for _, _, entree, age in stock)


def test_every_status_is_that_of_a_native_agreement(demo: Demo) -> None:
    ended = {"7. Dénoncée"}
    statuts = demo.lignes(f"select distinct statut from ({NATIFS}) where parent_id is null")
    assert {statut for (statut,) in statuts} == {statut.value for statut in Statut} - ended

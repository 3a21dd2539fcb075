"""The real report of the agréments of the Bouches-du-Rhône: no row lost, what it lacks is told, what can be repaired is."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.integration.agrement.conftest import Published

NO_BREAK_SPACE = "\u00a0"


@pytest.fixture(scope="session")
def raw(shared_data: Path) -> list[dict[str, str]]:
    """The rows of the file, read without any of the project's readers."""
    with (shared_data / "sisal_13_2015-2018.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    return [dict(zip(lines[3], line, strict=True)) for line in lines[4:]]


def test_the_commands_say_that_every_row_is_kept_and_has_its_commune(real: Published) -> None:
    assert "1\u202f109 lignes reçues, 1\u202f109 posées, 0 en quarantaine, 0 valeur illisible" in real.said
    assert "SISAL : 1\u202f109 lignes reprises sur 1\u202f109 (100,00\u202f%)" in real.said
    assert "SISAL : 1\u202f109 communes rattachées au code officiel sur 1\u202f109 (100,00\u202f%)" in real.said


def test_every_row_is_in_an_agrement_and_none_in_two(real: Published, raw: list[dict[str, str]]) -> None:
    keys = {(row["N° Opération GALION"], row["Produit"]) for row in raw}

    [(agrements, rows)] = real.rows("select count(*), sum(nb_lignes_source) from fct_agrement")

    assert (agrements, rows) == (len(keys), len(raw)) == (1067, 1109)


def test_dwellings_and_areas_are_those_of_the_file_thousands_and_commas_read(real: Published, raw: list[dict[str, str]]) -> None:
    spaced = [row for row in raw if NO_BREAK_SPACE in row["SU totale"]]
    assert len(spaced) == 266
    wanted: dict[tuple[str, str], Decimal] = {}
    for row in raw:
        area = Decimal(row["SU totale"].replace(NO_BREAK_SPACE, "").replace(",", ".") or 0)
        key = row["N° Opération GALION"], row["Produit"]
        wanted[key] = wanted.get(key, Decimal(0)) + area

    found = real.rows("select numero_operation, aide_source, surface_utile_m2 from fct_agrement where surface_utile_m2 is not null")

    assert len(found) == 935
    assert {(number, product): area for number, product, area in found}.items() <= wanted.items()
    assert real.rows("select sum(nb_logements) from fct_agrement") == [(sum(int(row["Nb logts"]) for row in raw),)]


def test_what_the_file_lacks_is_kept_and_counted(real: Published) -> None:
    measured = dict(real.rows("select mesure, nb from rec_agrement where source = 'sisal'"))

    assert measured == {
        "lignes_reprises": 1109,
        "communes_rattachees": 1109,
        "siret_repares": 155,
        "siret_faux": 0,
        "maitres_ouvrage_inconnus": 1,
        "surfaces_vides": 7,
        "lignes_sans_logement": 3,
        "zones_inversees": 0,
    }


def test_a_siret_regains_its_zero_and_the_original_stays(real: Published) -> None:
    repaired = real.rows(
        "select distinct bailleur.siret, agrement.siret_source from fct_agrement as agrement "
        "join dim_bailleur as bailleur using (bailleur_id) where list_contains(signalements, 'SIRET_SANS_ZERO')"
    )

    assert repaired
    assert all(siret == source.zfill(14) and len(source) == 13 for siret, source in repaired)


def test_communes_are_official_ones_of_the_names_given(real: Published) -> None:
    methods = dict(real.rows("select methode_commune, sum(nb_lignes_source) from fct_agrement group by all"))
    places = real.rows("select distinct nom_commune_source, code_commune_source, code_commune from fct_agrement")

    assert methods == {"nom_et_parcelle": 742, "nom_et_departement": 367}
    assert {("Marseille - 13e arrondissement", "13213", "13055"), ("La Roque-d'Anthéron", "13084", "13084")} <= set(places)
    assert all(code.startswith("13") for _, code, _ in places)


def test_the_only_finding_is_the_area_that_no_dwelling_has(real: Published, raw: list[dict[str, str]]) -> None:
    [(rule, agrement, evidence)] = real.rows("select regle_id, objet_id, preuve from fct_anomalie")

    assert (rule, agrement) == ("AGR-016", "sisal:2016DD0130003:PLAI")
    assert {field: json.loads(evidence)[field] for field in ("surface_utile_m2", "nb_logements")} == {
        "surface_utile_m2": 2865.5,
        "nb_logements": 11,
    }
    lines = [row for row in raw if (row["N° Opération GALION"], row["Produit"]) == ("2016DD0130003", "PLAI")]
    assert sum(int(row["Nb logts"]) for row in lines) == 11

"""The official geography: how the files are made from the package, and that the files of the project hold together."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from data_contracts.errors import BadInputError
from data_contracts.geographie import build as geography
from data_contracts.geographie import zonage as zoning

FOLDER = Path(geography.__file__).parent
BASE = {"zone": "metro", "departement": "01", "region": "84"}
TODAY = {**BASE, "code": "01033", "nom": "Valserhône", "type": "commune-actuelle"}


def rows(name: str, folder: Path = FOLDER) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def former(*communes: dict[str, Any]) -> dict[str, str]:
    return {row["code_ancien"]: row["code_commune"] for row in geography.former_rows(list(communes))}


def test_a_former_code_leads_to_the_commune_that_lists_it() -> None:
    assert former({**TODAY, "anciensCodes": ["01018", "01205"]}) == {"01018": "01033", "01205": "01033"}


def test_a_delegated_commune_leads_to_its_chef_lieu() -> None:
    assert former(TODAY, {**BASE, "code": "01091", "type": "commune-deleguee", "chefLieu": "01033"}) == {"01091": "01033"}


def test_the_chef_lieu_wins_over_the_other_heir_of_a_split_commune() -> None:
    heir = {**TODAY, "code": "01002", "anciensCodes": ["01091"]}

    assert former(heir, TODAY, {**BASE, "code": "01091", "type": "commune-associee", "chefLieu": "01033"}) == {"01091": "01033"}


def test_a_code_in_use_is_never_a_former_code() -> None:
    assert former(TODAY, {**BASE, "code": "01033", "type": "commune-deleguee", "chefLieu": "01033"}) == {}


def test_a_former_code_of_two_communes_is_refused() -> None:
    with pytest.raises(BadInputError, match="01091 mène à 01002 et à 01033"):
        former({**TODAY, "code": "01002", "anciensCodes": ["01091"]}, {**TODAY, "anciensCodes": ["01091"]})


def test_a_district_names_its_commune() -> None:
    district = {
        **BASE,
        "code": "69381",
        "nom": "Lyon 1er",
        "type": "arrondissement-municipal",
        "commune": "69123",
        "codesPostaux": ["69001"],
    }

    (row,) = geography.commune_rows([district])

    assert (row["code_commune_parent"], row["codes_postaux"], row["siren"], row["population"]) == ("69123", "69001", "", "")


def test_the_files_are_written_from_the_package(tmp_path: Path) -> None:
    package, target = tmp_path / "package", tmp_path / "target"
    (package / "data").mkdir(parents=True)
    target.mkdir()
    ain, overseas = (
        {"code": "01", "nom": "Ain", "region": "84", "zone": "metro"},
        {"code": "975", "nom": "SPM", "region": "975", "zone": "com"},
    )
    region, collectivity = {"code": "84", "nom": "AURA", "zone": "metro"}, {"code": "975", "nom": "SPM", "zone": "com"}
    for name, content in {
        "communes": [{**TODAY, "anciensCodes": ["01018"]}],
        "departements": [overseas, ain],
        "regions": [collectivity, region],
    }.items():
        (package / "data" / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")

    geography.build(package, target)

    assert (target / "departement.csv").read_text(encoding="utf-8") == (
        "code_departement,nom_departement,code_region,est_outre_mer\n01,Ain,84,false\n975,SPM,,true\n"
    )
    assert rows("region", target) == [{"code_region": "84", "nom_region": "AURA"}]
    assert [row["nom_commune"] for row in rows("commune", target)] == ["Valserhône"]


def test_a_folder_without_the_package_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"communes\.json est illisible"):
        geography.build(tmp_path, tmp_path)


@pytest.mark.parametrize(
    ("name", "key"), [("commune", "code_commune"), ("departement", "code_departement"), ("region", "code_region")]
)
def test_a_file_is_sorted_by_a_unique_code(name: str, key: str) -> None:
    codes = [row[key] for row in rows(name)]

    assert codes == sorted(set(codes))


def test_every_commune_has_a_departement_and_every_departement_a_known_region() -> None:
    departements = {row["code_departement"]: row["code_region"] for row in rows("departement")}
    regions = {row["code_region"] for row in rows("region")} | {""}

    assert {row["code_departement"] for row in rows("commune")} == set(departements)
    assert set(departements.values()) == regions


def test_every_former_code_leads_to_a_commune_of_today_and_is_none_itself() -> None:
    today = {row["code_commune"] for row in rows("commune")}
    former_codes = {row["code_ancien"]: row["code_commune"] for row in rows("commune_ancienne")}

    assert set(former_codes.values()) <= today
    assert not set(former_codes) & today


def test_former_codes_are_resolved_for_corse_and_for_the_communes_that_left_guadeloupe() -> None:
    former_codes = {row["code_ancien"]: row["code_commune"] for row in rows("commune_ancienne")}

    assert [former_codes[code] for code in ("20004", "97123", "97127", "55273", "60455")] == [
        "2A004",
        "97701",
        "97801",
        "55386",
        "60694",
    ]


def test_the_departements_are_those_of_today_with_the_overseas_marked() -> None:
    overseas = {row["code_departement"]: row["est_outre_mer"] == "true" for row in rows("departement")}

    assert len(overseas) == 101 + 8
    assert all(is_overseas == (code[:2] in {"97", "98"}) for code, is_overseas in overseas.items())
    assert len(rows("region")) == 18


def test_a_published_zoning_keeps_its_codes_and_zones_only(tmp_path: Path) -> None:
    published = tmp_path / "zonage.csv"
    published.write_text("CODGEO;LIBGEO;Zone depuis le 5 juillet 2024\n46042;Cahors;B2\n01001;Ambérieu;C\n", encoding="latin-1")

    zoning.build("ABC", published, tmp_path)

    assert (tmp_path / "zonage_abc.csv").read_text(encoding="utf-8") == "code_commune,zone\n01001,C\n46042,B2\n"


def test_a_file_without_zones_is_refused(tmp_path: Path) -> None:
    published = tmp_path / "zonage.csv"
    published.write_text("CODGEO;LIBGEO\n46042;Cahors\n", encoding="utf-8")

    with pytest.raises(BadInputError, match="n'a pas les colonnes CODGEO"):
        zoning.build("ABC", published, tmp_path)


@pytest.mark.parametrize(
    ("name", "zones"), [("zonage_abc", {"Abis", "A", "B1", "B2", "C"}), ("zonage_123", {"1bis", "1", "2", "3"})]
)
def test_the_zones_of_the_project_are_those_of_communes_of_today_or_of_yesterday(name: str, zones: set[str]) -> None:
    known = {row["code_commune"] for row in rows("commune")} | {row["code_ancien"] for row in rows("commune_ancienne")}
    listed = rows(name)

    assert {row["zone"] for row in listed} == zones
    assert {row["code_commune"] for row in listed} <= known
    assert len({row["code_commune"] for row in listed}) == len(listed)

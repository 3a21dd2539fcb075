"""The code lists cover every code of the real reference rows, keep their labels and give the agreed vocabulary."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from data_contracts.loader import source_tables
from data_contracts.rule_loader import catalogue

if TYPE_CHECKING:
    from .conftest import Sample

SEEDS = Path(__file__).parents[3] / "dbt" / "seeds"
SUBTYPES = {
    "etat_convention": "ECO",
    "type_avenant": "TAV",
    "type_annexe": "TAN",
    "type_piece_jointe": "TPJ",
    "type_logement": "TLO",
    "type_surface": "TSU",
    "nature_operation": "NOP",
}
TABLES = {"nature_logement": "naturelogement", "nature_bailleur": "naturebailleur", "sous_nature_bailleur": "sousnaturebailleur"}

NATURES_OF_AGREMENTS = {"RU", "PENSION_FAMILLE", "RESIDENCE_ACCUEIL", "HEBERGEMENT", "RHVS", "FOYER_AUTRE"}
"""Natures that SIAP knows beside those of Ecoloweb."""
VOCABULARY = {
    ("aide_siap", "famille_financement"): {"PLUS", "PLAI", "PLS", "PLI", "ANAH", "SANS_FINANCEMENT", "OUTRE_MER"},
    ("etape_delai", "objet_type"): {"convention", "avenant"},
    ("etat_convention", "statut"): {"INSTRUCTION", "OPPOSABLE", "RESILIEE", "DENONCEE", "ABANDONNEE", "ANNULEE"},
    ("financement", "financement"): {"PLUS", "PLAI", "PLS", "PALULOS", "PAM", "ANAH", "SANS_FINANCEMENT"},
    ("financement", "famille_financement"): {"PLUS", "PLAI", "PLS", "PLI", "ANAH", "SANS_FINANCEMENT", "OUTRE_MER"},
    ("financement", "famille_source"): {"PLUS", "PLAI", "PLS", "PLI"},
    ("financement", "categorie_source"): {"CL", "IN", "PA", "TS"},
    ("financement_rpls", "financement"): {"PLUS", "PLAI", "PLS", "PLI", "AUTRE"},
    ("financement_rpls", "famille_financement"): {"PLUS", "PLAI", "PLS", "PLI"},
    ("nature_bailleur", "nature_bailleur"): {"HLM", "SEM", "AUTRE", "PRIVE"},
    ("nature_logement", "nature_logement"): {
        "ORDINAIRE",
        "FOYER_PA",
        "FOYER_PH",
        "FTM",
        "FJT",
        "RESIDENCE_SOCIALE",
        "FOYER_INCLUSIF",
    },
    ("nature_siap", "nature_logement"): {"ORDINAIRE", "RESIDENCE_SOCIALE"} | NATURES_OF_AGREMENTS,
    ("public_sisal", "nature_foyer"): {"FOYER_PA", "FOYER_PH", "FTM", "FJT"},
    ("sous_nature_bailleur", "nature_bailleur"): {"HLM", "SEM", "AUTRE", "PRIVE"},
    ("statut_apilos", "statut"): {
        "PROJET",
        "INSTRUCTION",
        "CORRECTION",
        "A_SIGNER",
        "SIGNEE",
        "PUBLICATION",
        "PUBLIEE",
        "RESILIEE",
        "DENONCEE",
        "ANNULEE",
    },
    ("statut_apilos", "phase"): {"BAILLEUR", "INSTRUCTEUR", "PARTIES", "PUBLICITE_FONCIERE", "ACHEVEE", "FIN"},
    ("type_evenement", "etape"): {"DEPOT", "INSTRUCTION", "SIGNATURE", "RECTIFICATION", "PUBLICATION", "CAF", "FIN", "AUTRE"},
    ("type_logement", "typologie"): {"T1", "T1bis", "T1prime", "T2", "T3", "T4", "T5", "T6"},
    ("type_surface", "unite_loyer"): {"mois", "an"},
}
"""What a column of a code list may hold, the empty value aside."""
MAY_BE_EMPTY = {
    ("aide_siap", "famille_financement"),
    ("aide_siap", "est_conventionnable"),
    ("aide_siap", "produit_sisal"),
    ("nature_siap", "nature_sisal"),
    ("financement", "est_valide_jusqu_au"),
    ("financement_rpls", "famille_financement"),
    ("jour_ferie", "mois_jour"),
    ("jour_ferie", "jours_apres_paques"),
    ("jour_ferie", "departements"),
    ("jour_ferie", "depuis"),
    ("sous_nature_apilos", "codes_ecoloweb"),
    ("type_surface", "unite_loyer"),
}


def seed(name: str) -> list[dict[str, str]]:
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def column(name: str, value: str, key: str = "code") -> dict[str, str]:
    return {row[key]: row[value] for row in seed(name)}


def financing(*codes: str) -> set[tuple[str, str, str]]:
    return {
        (row["financement"], row["famille_financement"], row["est_anah"])
        for row in seed("financement")
        if row["code_typefinancement"] in codes
    }


def labels(rows: dict[str, str | None]) -> dict[str, str]:
    return {code: (label or "").strip() for code, label in rows.items()}


@pytest.mark.parametrize(("name", "subtype"), SUBTYPES.items())
def test_a_small_list_has_the_codes_and_labels_of_the_sample(sample: Sample, name: str, subtype: str) -> None:
    assert column(name, "libelle") == labels(sample.codes(subtype))


@pytest.mark.parametrize(("name", "table"), TABLES.items())
def test_a_reference_table_has_the_codes_and_labels_of_the_sample(sample: Sample, name: str, table: str) -> None:
    assert column(name, "libelle") == labels({str(row["code"]): row["libelle"] for row in sample.rows(f"ecolo_{table}")})


def test_the_financing_list_is_that_of_the_sample(sample: Sample) -> None:
    families = {row["id"]: row["code"] for row in sample.rows("ecolo_famillefinancement")}
    categories = {row["id"]: row["code"] for row in sample.rows("ecolo_categoriefinancement")}
    real = {
        (
            row["code"],
            row["libelle"],
            families[row["famillefinancement_id"]],
            categories[row["categoriefinancement_id"]],
            row["finvalidite"] or "",
        )
        for row in sample.rows("ecolo_typefinancement")
    }

    names = ("code_typefinancement", "libelle", "famille_source", "categorie_source", "est_valide_jusqu_au")
    assert {tuple(row[name] for name in names) for row in seed("financement")} == real


def test_an_owner_kind_has_the_nature_of_the_sample(sample: Sample) -> None:
    natures = column("nature_bailleur", "nature_bailleur")
    codes = {row["id"]: str(row["code"]) for row in sample.rows("ecolo_naturebailleur")}

    assert column("sous_nature_bailleur", "nature_bailleur") == {
        str(row["code"]): natures[codes[row["naturebailleur_id"]]] for row in sample.rows("ecolo_sousnaturebailleur")
    }


@pytest.mark.parametrize(
    ("name", "key", "table"),
    [
        ("financement", "code_typefinancement", "typefinancement"),
        *(("nature_bailleur" if table == "naturebailleur" else name, "code", table) for name, table in TABLES.items()),
    ],
)
def test_a_list_holds_the_codes_that_the_contract_allows(name: str, key: str, table: str) -> None:
    allowed = source_tables("ecoloweb")[f"ecolo_{table}"].column("code").valeurs

    assert allowed
    assert {row[key] for row in seed(name)} == set(allowed)


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (("7",), ("PALULOS", "PLUS", "false")),
        (("8",), ("PAM", "PLUS", "false")),
        (("17", "19", "81"), ("ANAH", "ANAH", "true")),
        (("18",), ("SANS_FINANCEMENT", "SANS_FINANCEMENT", "true")),
        (("22", "93"), ("SANS_FINANCEMENT", "SANS_FINANCEMENT", "false")),
        (("1", "2", "20", "23"), ("PLUS", "PLUS", "false")),
        (("3", "4", "5", "6", "89"), ("PLAI", "PLAI", "false")),
        (("9", "10", "11", "12", "13", "90"), ("PLS", "PLS", "false")),
    ],
)
def test_a_financing_code_gives_its_financing_and_family(codes: tuple[str, ...], expected: tuple[str, str, str]) -> None:
    assert financing(*codes) == {expected}


def test_every_other_financing_code_keeps_the_family_of_the_source() -> None:
    moved = {row["code_typefinancement"] for row in seed("financement") if row["famille_financement"] != row["famille_source"]}

    assert moved == {"17", "18", "19", "22", "81", "93"}


def test_an_overseas_aid_is_of_the_overseas_family() -> None:
    families = column("aide_siap", "famille_financement", "aide")

    assert {families[aid] for aid in ("LLS", "LLTS", "LLTSA", "PLS_DOM", "SALLS_R", "SALLS_P")} == {"OUTRE_MER"}
    assert (families["PLAI_ADP"], families["PLUS_CD"], families["PALULOS"], families["LLI"]) == ("PLAI", "PLUS", "PLUS", "PLI")


def test_an_aid_that_leads_to_no_agreement_of_its_own_is_told() -> None:
    own = column("aide_siap", "est_conventionnable", "aide")

    assert {aid for aid, value in own.items() if value == "false"} == {"PSLA", "LLI", "PSH", "RHVS", "PLAI_ADP"}


def test_the_statuses_of_an_operation_are_those_of_the_contract_and_an_abandoned_one_is_not_engaged() -> None:
    rows = {row["statut"]: row for row in seed("statut_siap")}
    engaged = [name for name, row in rows.items() if row["est_engagee"] == "true"]

    assert tuple(rows) == source_tables("siap")["operation"].column("statut_operation").valeurs
    assert (engaged[0], engaged[-1]) == ("ENGAGEE", "SOLDEE")
    assert {name for name in engaged if rows[name]["est_acompte_demande"] == "false"} == {"ENGAGEE"}
    assert {name for name, row in rows.items() if row["est_abandonnee"] == "true"} == {"SUPPRIMEE", "ANNULEE"}


def test_the_statuses_of_apilos_are_those_of_its_contract_in_the_order_of_the_life_of_an_agreement() -> None:
    rows = seed("statut_apilos")

    assert tuple(row["libelle"] for row in rows) == source_tables("apilos")["conventions_convention"].column("statut").valeurs
    assert [int(row["ordre"]) for row in rows] == list(range(1, 11))
    assert [row["statut"] for row in rows if row["est_signee"] == "true"] == ["SIGNEE", "PUBLICATION", "PUBLIEE"]


def test_a_typology_stands_for_a_nature_that_siap_knows() -> None:
    known = set(column("nature_siap", "nature_logement"))

    assert set(column("typologie_siap", "code_nature", "typologie").values()) <= known
    assert known == set(source_tables("siap")["operation"].column("nature_logement").valeurs or ())


def test_the_states_give_the_agreed_status() -> None:
    assert column("etat_convention", "statut") == {
        "INS": "INSTRUCTION",
        "OPP": "OPPOSABLE",
        "RES": "RESILIEE",
        "DEN": "DENONCEE",
        "ANI": "ABANDONNEE",
        "ANS": "ANNULEE",
    }
    assert [row["code"] for row in seed("etat_convention") if row["est_en_vigueur"] == "true"] == ["OPP"]


def test_offices_stay_offices_and_the_public_hospital_stays_public() -> None:
    kinds = column("sous_nature_bailleur", "sous_nature_bailleur")

    assert {kinds[code] for code in ("110", "112", "114")} == {"OFFICE_PUBLIC_HLM"}
    assert (kinds["316"], kinds["320"], kinds["321"]) == ("HOPITAL_PUBLIC", "ENTREPRISE_COMMERCIALE", "SA_NON_HLM")


def test_garages_parkings_and_boxes_are_the_parking_places() -> None:
    assert [row["code"] for row in seed("type_annexe") if row["est_stationnement"] == "true"] == ["1", "2", "8"]


def test_type_1_prime_is_not_a_type_1_bis() -> None:
    typologies = column("type_logement", "typologie")

    assert (typologies["T1P"], typologies["T1B"], typologies["ST1"]) == ("T1prime", "T1bis", "T1")


def test_rents_are_monthly_by_useful_area_and_yearly_by_corrected_area() -> None:
    assert column("type_surface", "unite_loyer") == {"SU": "mois", "SC": "an", "SH": "", "RD": ""}


def test_every_seed_is_described_column_by_column() -> None:
    described = {
        entry["name"]: [item["name"] for item in entry["columns"] if item["description"]]
        for entry in yaml.safe_load((SEEDS / "_seeds.yml").read_text(encoding="utf-8"))["seeds"]
    }

    assert described == {path.stem: list(seed(path.stem)[0]) for path in sorted(SEEDS.glob("*.csv"))}


def test_every_code_stands_once() -> None:
    repeated = {
        path.stem: codes
        for path in sorted(SEEDS.glob("*.csv"))
        if len(set(codes := [next(iter(row.values())) for row in seed(path.stem)])) < len(codes)
    }

    assert repeated == {}


def test_only_the_optional_values_are_missing() -> None:
    missing = {
        (path.stem, name) for path in SEEDS.glob("*.csv") for row in seed(path.stem) for name, value in row.items() if not value
    }

    assert missing == MAY_BE_EMPTY


@pytest.mark.parametrize(("name", "value"), VOCABULARY)
def test_a_value_is_a_word_of_the_vocabulary(name: str, value: str) -> None:
    assert {row[value] for row in seed(name)} - {""} <= VOCABULARY[name, value]


def test_the_matching_reads_every_criterion_of_its_list() -> None:
    macros = (SEEDS.parent / "macros" / "rapprochement.sql").read_text(encoding="utf-8")
    criteria = [row["critere"] for row in seed("critere_rapprochement")]

    assert [name for name in criteria if f"'{name}'" not in macros] == []


def test_a_resemblance_never_reaches_the_confidence_of_a_number() -> None:
    worth = {row["critere"]: float(row["valeur"]) for row in seed("critere_rapprochement")}
    best = ("poids_bailleur", "poids_commune", "poids_financement", "poids_taille", "poids_annees_pleines", "poids_parcelle")

    assert sum(worth[name] for name in best) < worth["confiance_numero_exact"]
    assert worth["seuil_proposition"] < worth["seuil_lien"] < 1


def test_the_rule_on_badly_formed_numbers_knows_the_forms_that_the_matching_knows() -> None:
    macros = (SEEDS.parent / "macros" / "rapprochement.sql").read_text(encoding="utf-8")
    form = macros.split("macro forme_du_numero_operation() -%}\n")[1].split("\n")[0]

    assert form in catalogue().rules["AGR-012"].condition

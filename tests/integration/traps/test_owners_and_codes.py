"""Lines 21 to 23, 26 and 27 of migration-traps.md: owners, and what codes mean."""

from __future__ import annotations

import pytest

from tests.integration.traps.parc import Parc, case, eco
from tests.support.made_delivery import MadeDelivery


@case
def owners_whose_sirets_end_alike(made: MadeDelivery) -> tuple[int, int]:
    first = made.bailleur(nom="PREMIER INVENTE", codesiret="12345678900012")
    return first, made.bailleur(nom="SECOND INVENTE", codesiret="98765678900012")


@case
def owners_without_identity(made: MadeDelivery) -> tuple[int, int]:
    return made.bailleur(nom="OFFICE INVENTE"), made.bailleur(nom="OFFICE INVENTE")


@case
def an_owner_with_its_siren_for_siret(made: MadeDelivery) -> int:
    return made.bailleur(nom="TROISIEME INVENTE", codesiret="123456782")


def test_trap_21_the_siren_is_the_beginning_of_the_siret(parc: Parc) -> None:
    first, second = parc.of(owners_whose_sirets_end_alike)
    sirens = parc.rows("select nom, siren from dim_bailleur where bailleur_id in (?, ?) order by nom", first, second)
    assert sirens == [("PREMIER INVENTE", "123456789"), ("SECOND INVENTE", "987656789")]


def test_trap_21_owners_are_never_merged_on_a_guess(parc: Parc) -> None:
    first, second = parc.of(owners_without_identity)
    assert parc.rows("select siren from dim_bailleur where bailleur_id in (?, ?)", first, second) == [(None,), (None,)]


def test_trap_21_a_siren_typed_as_siret_is_still_a_siren(parc: Parc) -> None:
    identity = "select siren, siret, code_siret_source from dim_bailleur where bailleur_id = ?"
    assert parc.row(identity, parc.of(an_owner_with_its_siren_for_siret)) == ("123456782", None, "123456782")


@case
def two_anah_owners(made: MadeDelivery) -> tuple[int, int]:
    fake = {"nom": "ANAH", "codesiren": "999999999", "codesiret": "99999999900001"}
    return made.bailleur("611", codepersonne="A1", **fake), made.bailleur("338", codepersonne="A2", **fake)


@case
def an_owner_with_a_contact_without_first_name(made: MadeDelivery) -> int:
    return made.add("contactbailleur", nom="NOM INVENTE", prenom=None, bailleur_id=made.bailleur(nom="QUATRIEME INVENTE"))


def test_trap_22_anah_is_a_category_and_no_identity(parc: Parc) -> None:
    first, second = parc.of(two_anah_owners)
    owners = parc.rows(
        "select bailleur_id, nom, est_anah, est_personne_physique, siren, siret"
        " from dim_bailleur where bailleur_id in (?, ?) order by all",
        first,
        second,
    )
    assert owners == [(eco(owner), "ANAH", True, False, None, None) for owner in (first, second)]


def test_trap_22_a_contact_without_first_name_lands(parc: Parc) -> None:
    parc.of(an_owner_with_a_contact_without_first_name)
    contacts = parc.row("select nb_recus, nb_poses, nb_staging from rec_table where table_source = 'ecolo_contactbailleur'")
    assert contacts == (1, 1, 1)


OWNER_KINDS = {
    "110": ("HLM", "OFFICE_PUBLIC_HLM"),
    "112": ("HLM", "OFFICE_PUBLIC_HLM"),
    "114": ("HLM", "OFFICE_PUBLIC_HLM"),
    "130": ("HLM", "COOPERATIVE_HLM"),
    "140": ("HLM", "SACICAP"),
    "210": ("SEM", "SEM_EPL"),
    "316": ("AUTRE", "HOPITAL_PUBLIC"),
    "320": ("AUTRE", "ENTREPRISE_COMMERCIALE"),
    "321": ("AUTRE", "SA_NON_HLM"),
    "611": ("PRIVE", "PERSONNE_PHYSIQUE"),
}


@case
def owners_of_every_kind(made: MadeDelivery) -> dict[str, int]:
    return {code: made.bailleur(code, nom=f"BAILLEUR {code}") for code in OWNER_KINDS}


@pytest.mark.parametrize("code", OWNER_KINDS)
def test_trap_23_the_kind_of_an_owner_comes_from_the_code_list(parc: Parc, code: str) -> None:
    owner = parc.of(owners_of_every_kind)[code]
    kind = parc.row("select code_sous_nature, nature_bailleur, sous_nature_bailleur from dim_bailleur where bailleur_id = ?", owner)
    assert kind == (code, *OWNER_KINDS[code])


@case
def an_agreement_for_migrant_workers(made: MadeDelivery) -> int:
    convention = made.convention()
    made.periode(convention, naturelogement_id=made.code("naturelogement", "4"))
    return convention


@case
def a_type_one_prime(made: MadeDelivery) -> int:
    return made.logement(made.programme(made.periode(made.convention())), "T1P")


OPERATIONS = {
    "4": "ACQUISITION_MILIEU_OCCUPE",
    "5": "AMELIORATION",
    "6": "CONSTRUCTION_DEMOLITION",
    "7": "ANAH",
    "80": "PARC_EXISTANT",
}


@case
def operations_of_odd_kinds(made: MadeDelivery) -> dict[str, int]:
    periode = made.periode(made.convention())
    return {code: made.programme(periode, natureoperation_id=made.valeur("NOP", code)) for code in OPERATIONS}


def test_trap_26_migrant_workers_have_one_kind_of_dwellings(parc: Parc) -> None:
    convention = parc.of(an_agreement_for_migrant_workers)
    assert parc.value("select nature_logement from fct_convention where convention_id = ?", convention) == "FTM"
    assert parc.value("select nature_logement from fct_convention_version where convention_id = ?", convention) == "FTM"


def test_trap_26_type_one_prime_is_no_type_one_bis(parc: Parc) -> None:
    assert parc.value("select typologie from fct_logement where logement_id = ?", parc.of(a_type_one_prime)) == "T1prime"


@pytest.mark.parametrize("code", OPERATIONS)
def test_trap_26_an_operation_is_told_by_its_code(parc: Parc, code: str) -> None:
    lot = parc.of(operations_of_odd_kinds)[code]
    assert parc.value("select nature_operation from fct_lot where lot_id = ?", lot) == OPERATIONS[code]


@case
def a_lot_of_the_family_pli(made: MadeDelivery) -> tuple[int, int]:
    pli = made.add(
        "typefinancement",
        code="24",
        libelle="PLI",
        famillefinancement_id=made.code("famillefinancement", "PLI"),
        categoriefinancement_id=made.code("categoriefinancement", "IN"),
    )
    convention = made.convention()
    periode = made.periode(convention)
    made.programme(periode, "1")
    return convention, made.programme(periode, typefinancement_id=pli)


def test_trap_27_a_lot_of_the_family_pli_is_kept(parc: Parc) -> None:
    convention, lot = parc.of(a_lot_of_the_family_pli)
    assert parc.row("select code_typefinancement, famille_source, famille_financement from fct_lot where lot_id = ?", lot) == (
        "24",
        "PLI",
        "PLI",
    )
    assert parc.value("select familles_financement from fct_convention where convention_id = ?", convention) == ["PLI", "PLUS"]


def test_trap_27_a_financing_code_unknown_to_the_contract_is_flagged(parc: Parc) -> None:
    parc.of(a_lot_of_the_family_pli)
    (control,) = [
        control
        for control in parc.run.manifest["controles"]
        if (control["objet"], control["nom"]) == ("ecoloweb.ecolo_typefinancement", "valeurs_code")
    ]
    assert (control["gravite"], control["succes"], control["observe"]) == ("alerte", False, 1)

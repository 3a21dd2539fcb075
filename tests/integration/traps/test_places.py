"""Lines 17, 18, 24 and 25 of migration-traps.md: parcels, addresses, communes and postal codes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.integration.traps.parc import Parc, case
from tests.support.made_delivery import MadeDelivery


@case
def parcels_as_they_are_typed(made: MadeDelivery) -> int:
    programme = made.programme(made.periode(made.convention()))
    made.parcelle(programme, "AB", "194", 1250.5)
    made.parcelle(programme, "AC", "0084", 300)
    made.parcelle(programme, "AD", "12/13 & 14", 900)
    made.parcelle(programme, "AE", "056AE0007", 75)
    return programme


def test_trap_17_parcels_are_split_and_padded_and_keep_section_prefix_and_area(parc: Parc) -> None:
    parcels = parc.rows(
        "select section, prefixe, numero, superficie_m2, superficie_champ_m2"
        " from fct_parcelle where lot_id = ? order by section, numero",
        parc.of(parcels_as_they_are_typed),
    )
    assert parcels == [
        ("AB", None, "0194", Decimal("1250.50"), Decimal("1250.50")),
        ("AC", None, "0084", Decimal("300.00"), Decimal("300.00")),
        ("AD", None, "0012", None, Decimal("900.00")),
        ("AD", None, "0013", None, Decimal("900.00")),
        ("AD", None, "0014", None, Decimal("900.00")),
        ("AE", "056", "0007", Decimal("75.00"), Decimal("75.00")),
    ]


@case
def an_address_with_empty_lines(made: MadeDelivery) -> int:
    programme = made.programme(made.periode(made.convention()))
    made.adresse(programme, ligne1=None, ligne2=" 12 RUE INVENTEE", ligne3="", ligne4=None, codepostal="33150", ville="CENON")
    return programme


@case
def two_addresses(made: MadeDelivery) -> int:
    programme = made.programme(made.periode(made.convention()))
    made.adresse(programme, ligne1="3 RUE DU MOULIN", codepostal="33150", ville="CENON")
    made.adresse(programme, ligne1="5 RUE DU MOULIN", codepostal="33150", ville="CENON")
    return programme


def test_trap_18_an_empty_line_never_empties_an_address(parc: Parc) -> None:
    assert (
        parc.value("select adresse from fct_lot where lot_id = ?", parc.of(an_address_with_empty_lines))
        == "12 RUE INVENTEE, 33150 CENON"
    )


def test_trap_18_every_address_is_kept(parc: Parc) -> None:
    assert parc.row("select nb_adresses, adresse from fct_lot where lot_id = ?", parc.of(two_addresses)) == (
        2,
        "3 RUE DU MOULIN, 33150 CENON\n5 RUE DU MOULIN, 33150 CENON",
    )


@case
def places_of_odd_codes(made: MadeDelivery) -> dict[str, int]:
    bordeaux = made.commune("A3063", siren="213300635")
    ajaccio = made.commune("20004", departement="2A")
    periode = made.periode(made.convention())
    return {code: made.programme(periode, commune=commune) for code, commune in (("A3063", bordeaux), ("20004", ajaccio))}


@pytest.mark.parametrize(("source", "official"), [("A3063", "33063"), ("20004", "2A004")])
def test_trap_24_an_odd_commune_code_is_resolved_and_kept(parc: Parc, source: str, official: str) -> None:
    lot = parc.of(places_of_odd_codes)[source]
    assert parc.row("select code_commune, code_commune_source from fct_lot where lot_id = ?", lot) == (official, source)


@case
def an_agreement_in_aquitaine(made: MadeDelivery) -> int:
    convention = made.convention()
    made.programme(made.periode(convention), commune=made.commune("33119"))
    return convention


@case
def an_agreement_in_corsica(made: MadeDelivery) -> int:
    convention = made.convention()
    made.programme(made.periode(convention), commune=made.commune("20033", departement="2B"))
    return convention


@case
def an_agreement_of_a_corsican_office(made: MadeDelivery) -> int:
    convention = made.convention(entitecreatrice_id=made.office("DD02B"))
    made.periode(convention)
    return convention


def test_trap_24_the_region_is_that_of_today_and_corsica_has_two_departements(parc: Parc) -> None:
    place = "select code_region, code_departement, code_commune from fct_convention where convention_id = ?"
    assert parc.row(place, parc.of(an_agreement_in_aquitaine)) == ("75", "33", "33119")
    assert parc.row(place, parc.of(an_agreement_in_corsica)) == ("94", "2B", "2B033")
    assert parc.row(place, parc.of(an_agreement_of_a_corsican_office)) == ("94", "2B", None)


@case
def postal_codes_that_are_insee_codes(made: MadeDelivery) -> dict[str, int]:
    bruges, bordeaux = made.commune("33075"), made.commune("A3300", siren="213300635")
    periode = made.periode(made.convention())
    lots = {"33075": made.programme(periode, commune=bruges), "33063": made.programme(periode, commune=bordeaux)}
    for insee, programme in lots.items():
        made.adresse(programme, ligne1="1 PLACE INVENTEE", codepostal=insee)
    return lots


@pytest.mark.parametrize(("insee", "postal"), [("33075", "33520"), ("33063", None)])
def test_trap_24_an_insee_code_is_no_postal_code(parc: Parc, insee: str, postal: str | None) -> None:
    lot = parc.of(postal_codes_that_are_insee_codes)[insee]
    assert parc.row("select code_postal, adresse from fct_lot where lot_id = ?", lot) == (postal, f"1 PLACE INVENTEE, {insee}")


@case
def a_commune_of_several_postal_codes(made: MadeDelivery) -> tuple[int, int]:
    commune = made.commune("33522")
    made.add("codepostal", codeinsee="33522", codepostal="33400")
    made.add("codepostal", codeinsee="33522", codepostal="33405")
    periode = made.periode(made.convention())
    addressed, silent = made.programme(periode, commune=commune), made.programme(periode, commune=commune)
    made.adresse(addressed, ligne1="2 RUE INVENTEE", codepostal="33402", ville="TALENCE")
    return addressed, silent


def test_trap_25_several_postal_codes_never_repeat_a_lot(parc: Parc) -> None:
    addressed, silent = parc.of(a_commune_of_several_postal_codes)
    assert parc.value("select count(*) from fct_lot where lot_id in (?, ?)", addressed, silent) == 2


def test_trap_25_the_address_s_own_postal_code_comes_first(parc: Parc) -> None:
    addressed, _ = parc.of(a_commune_of_several_postal_codes)
    assert parc.value("select code_postal from fct_lot where lot_id = ?", addressed) == "33402"

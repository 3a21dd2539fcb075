"""Lines 12 to 16 of migration-traps.md: dwellings, programmes, rents and annexes of the lots."""

from __future__ import annotations

from decimal import Decimal

from tests.integration.traps.parc import Parc, case, eco
from tests.support.made_delivery import MadeDelivery


@case
def dwellings_of_a_mixed_agreement(made: MadeDelivery) -> dict[int, int]:
    periode = made.periode(made.convention())
    plus, plai = made.programme(periode, "1"), made.programme(periode, "3")
    return {made.logement(programme): programme for programme in (plus, plus, plai, plus, plai)}


def test_trap_12_each_dwelling_of_a_mixed_agreement_is_in_its_own_lot(parc: Parc) -> None:
    for dwelling, programme in parc.of(dwellings_of_a_mixed_agreement).items():
        assert parc.value("select lot_id from fct_logement where logement_id = ?", dwelling) == eco(programme)


@case
def rows_that_stand_for_several_dwellings(made: MadeDelivery) -> int:
    programme = made.programme(made.periode(made.convention()), logementsnombretotal=0)
    made.logement(programme, nblogements=4)
    made.logement(programme, nblogements=2)
    made.logement(programme)
    return programme


def test_trap_13_the_dwellings_a_row_stands_for_are_counted(parc: Parc) -> None:
    lot = parc.of(rows_that_stand_for_several_dwellings)
    assert parc.rows("select nb_logements from fct_logement where lot_id = ? order by all", lot) == [(1,), (2,), (4,)]
    assert parc.row("select nb_logements_lignes, nb_logements from fct_lot where lot_id = ?", lot) == (7, 7)


@case
def dwellings_sold_and_still_counted(made: MadeDelivery) -> int:
    programme = made.programme(made.periode(made.convention()), logementsnombretotal=4)
    for status in ("OC", "OC", "VP", "DE"):
        made.logement(programme, statutlogement_id=made.valeur("SLO", status))
    return programme


@case
def dwellings_sold_and_no_longer_counted(made: MadeDelivery) -> int:
    programme = made.programme(made.periode(made.convention()), logementsnombretotal=2)
    for status in ("OC", "OC", "VP", "DE"):
        made.logement(programme, statutlogement_id=made.valeur("SLO", status))
    return programme


def test_dwellings_that_left_are_taken_away_once(parc: Parc) -> None:
    counts = "select nb_logements, nb_logements_sortis, nb_logements_restants from fct_lot where lot_id = ?"

    assert parc.row(counts, parc.of(dwellings_sold_and_still_counted)) == (4, 2, 2)
    assert parc.row(counts, parc.of(dwellings_sold_and_no_longer_counted)) == (2, 2, 2)


@case
def two_programmes_of_one_financing(made: MadeDelivery) -> int:
    convention = made.convention()
    periode = made.periode(convention)
    first = made.programme(periode, "1", description="LES TILLEULS", surfaceutile=650.5, logementsnombretotal=10)
    second = made.programme(periode, "1", description="LES ORMES", surfaceutile=320.25, logementsnombretotal=5)
    made.adresse(first, ligne1="1 RUE DES TILLEULS", codepostal="33150", ville="CENON")
    made.adresse(second, ligne1="8 RUE DES ORMES", codepostal="33150", ville="CENON")
    return convention


def test_trap_14_each_programme_of_one_financing_is_a_lot_with_its_own_name_surface_and_address(parc: Parc) -> None:
    lots = parc.rows(
        "select libelle, surface_utile_m2, adresse from fct_lot where convention_id = ? order by ordre",
        parc.of(two_programmes_of_one_financing),
    )
    assert lots == [
        ("LES TILLEULS", Decimal("650.50"), "1 RUE DES TILLEULS, 33150 CENON"),
        ("LES ORMES", Decimal("320.25"), "8 RUE DES ORMES, 33150 CENON"),
    ]


def test_trap_14_the_agreement_adds_its_programmes_up(parc: Parc) -> None:
    totals = "select nb_lots, surface_utile_m2, nb_logements from fct_convention where convention_id = ?"
    assert parc.row(totals, parc.of(two_programmes_of_one_financing)) == (2, Decimal("970.75"), 15)


@case
def a_collective_lot_by_useful_surface(made: MadeDelivery) -> int:
    return made.programme(
        made.periode(made.convention()),
        typesurface_id=made.valeur("TSU", "SU"),
        logementsnombrecoltotal=10,
        montantplafondloyerindinitial=0,
        montantplafondloyercolinitial=4.914956,
    )


@case
def a_lot_of_both_kinds_by_corrected_surface(made: MadeDelivery) -> int:
    return made.programme(
        made.periode(made.convention()),
        typesurface_id=made.valeur("TSU", "SC"),
        logementsnombreindtotal=9,
        logementsnombrecoltotal=1,
        montantplafondloyerindinitial=35.5,
        montantplafondloyercolinitial=33.53878,
    )


def test_trap_15_a_collective_lot_has_its_own_ceiling_rent_by_month(parc: Parc) -> None:
    rents = "select loyer_m2_eur, loyer_individuel_m2_eur, loyer_collectif_m2_eur, unite_loyer from fct_lot where lot_id = ?"
    assert parc.row(rents, parc.of(a_collective_lot_by_useful_surface)) == (Decimal("4.914956"), None, Decimal("4.914956"), "mois")


def test_trap_15_both_ceiling_rents_are_kept_and_corrected_surface_is_by_year(parc: Parc) -> None:
    rents = "select loyer_m2_eur, loyer_individuel_m2_eur, loyer_collectif_m2_eur, unite_loyer from fct_lot where lot_id = ?"
    assert parc.row(rents, parc.of(a_lot_of_both_kinds_by_corrected_surface)) == (
        Decimal("35.500000"),
        Decimal("35.500000"),
        Decimal("33.538780"),
        "an",
    )


@case
def annexes_of_every_kind(made: MadeDelivery) -> int:
    programme = made.programme(made.periode(made.convention()))
    for code in range(1, 10):
        made.annexe(programme, str(code), nombre=10 + code)
    return programme


def test_trap_16_annexes_are_told_by_their_code(parc: Parc) -> None:
    annexes = parc.rows(
        "select code_typeannexe, nb_annexes, est_stationnement, lower(strip_accents(type))"
        " from fct_annexe where lot_id = ? order by 1",
        parc.of(annexes_of_every_kind),
    )
    assert annexes == [
        ("1", 11, True, "garage"),
        ("2", 12, True, "parking"),
        ("3", 13, False, "jardin"),
        ("4", 14, False, "cour"),
        ("5", 15, False, "terrasse"),
        ("6", 16, False, "veranda"),
        ("7", 17, False, "cave"),
        ("8", 18, True, "box"),
        ("9", 19, False, "autre"),
    ]


def test_trap_16_garages_parkings_and_boxes_are_the_parking_places(parc: Parc) -> None:
    assert parc.row("select nb_stationnements, nb_annexes from fct_lot where lot_id = ?", parc.of(annexes_of_every_kind)) == (
        41,
        135,
    )

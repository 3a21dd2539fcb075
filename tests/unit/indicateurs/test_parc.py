"""Each indicator of the parc and of adoption on made rows, against a value worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support import made_marts
from tests.support.made_marts import Marts, day


@pytest.fixture
def marts() -> Iterator[Marts]:
    with made_marts.marts() as made:
        yield made


def test_only_agreements_in_force_outside_anah_are_counted(marts: Marts) -> None:
    marts.convention("a")
    marts.convention("b", code_departement="24", code_commune="24037")
    marts.convention("c", est_en_vigueur=False, statut="RESILIEE")
    marts.convention("d", est_anah=True, nature_bailleur="PRIVE")

    assert marts.told("P-01.nb_conventions") == {"ensemble": 2}
    assert marts.told("P-01.nb_conventions", "departement") == {"33": 1, "24": 1}


def test_dwellings_that_left_are_not_counted_and_foyers_are_apart(marts: Marts) -> None:
    marts.convention("a", {"nb_logements_restants": 10, "nb_logements_sortis": 2}, {"nb_logements_restants": 5})
    marts.convention("b", {"nb_logements_restants": 0, "nb_logements_sortis": 0})
    marts.convention("c", {"nb_logements_restants": 40, "nb_lits": 60}, est_foyer=True)
    marts.convention("d", {"nb_logements_restants": None})

    assert marts.told("P-02.nb_logements") == {"ensemble": 15}
    assert marts.told("P-02.nb_logements_foyers") == {"ensemble": 40}
    assert marts.told("P-02.nb_lits") == {"ensemble": 60}
    assert marts.told("P-02.nb_sortis") == {"ensemble": 2}


def test_a_mixed_agreement_counts_in_each_of_its_financings_and_anah_has_its_own(marts: Marts) -> None:
    plai = {"famille_financement": "PLAI", "financement": "PLAI", "nb_logements_restants": 3}
    palulos = {"financement": "PALULOS", "nb_logements_restants": 4}
    anah = {"famille_financement": "ANAH", "financement": "ANAH", "nb_logements_restants": 1}
    marts.convention("a", {"nb_logements_restants": 7}, plai, est_mixte=True)
    marts.convention("b", palulos)
    marts.convention("c", anah, est_anah=True, nature_bailleur="PRIVE")

    assert marts.told("P-03.nb_conventions", "famille_financement") == {"PLUS": 2, "PLAI": 1, "ANAH": 1}
    assert marts.told("P-03.nb_logements", "famille_financement") == {"PLUS": 11, "PLAI": 3, "ANAH": 1}
    assert marts.told("P-03.nb_logements", "financement") == {"PLUS": 7, "PALULOS": 4, "PLAI": 3, "ANAH": 1}


def test_a_lot_counts_in_its_own_commune_and_a_lot_without_one_in_the_departement_of_its_agreement(marts: Marts) -> None:
    marts.convention("a", {"nb_logements_restants": 7}, {"nb_logements_restants": 2, "code_commune": "24037"})
    marts.convention("b", {"nb_logements_restants": 5, "code_commune": None})

    assert marts.told("P-04.nb_logements", "departement") == {"33": 12, "24": 2}
    assert marts.told("P-04.nb_logements", "commune") == {"33063": 7, "24037": 2, "33 · non renseigné": 5}
    assert marts.told("P-04.nb_conventions", "region") == {"75": 2}


def test_owners_who_may_be_persons_are_counted_together(marts: Marts) -> None:
    marts.add("dim_bailleur", bailleur_id="oph", nature_bailleur="HLM", est_personne_physique=False)
    marts.add("dim_bailleur", bailleur_id="sci", nature_bailleur="PRIVE", est_personne_physique=False)
    marts.add("dim_bailleur", bailleur_id="mme", nature_bailleur="PRIVE", est_personne_physique=True)
    for name, owner in (("a", "oph"), ("b", "sci"), ("c", "mme"), ("d", None)):
        marts.convention(name, {"bailleur_id": owner, "nb_logements_restants": 1})

    assert marts.told("P-05.nb_conventions", "bailleur") == {"oph": 1, "privés, de nature inconnue ou sans bailleur": 3}


def test_a_term_counts_in_its_year_a_tacit_renewal_apart_and_a_term_without_renewal_apart_again(marts: Marts) -> None:
    lot = {"nb_logements_restants": 10}
    marts.convention("a", lot, date_expiration=day("2026-12-31"), date_echeance_tacite=day("2026-12-31"))
    marts.convention("b", lot, date_expiration=day("2041-06-30"), date_echeance_tacite=day("2041-06-30"))
    marts.convention("c", lot, date_expiration=day("2042-06-30"), date_echeance_tacite=day("2042-06-30"))
    marts.convention("d", lot, date_expiration=day("2020-06-30"), date_echeance_tacite=day("2029-06-30"))
    marts.convention("e", lot, date_expiration=day("2020-06-30"), date_echeance_tacite=None)

    assert marts.told("P-06.nb_logements") == {"2026": 10, "2041": 10}
    assert marts.told("P-06.nb_conventions_tacite") == {"2029": 1}
    assert marts.told("P-06.nb_conventions_echues") == {"ensemble": 1}


def test_an_agreement_leaves_in_the_year_of_its_termination_or_of_the_demand(marts: Marts) -> None:
    gone = {"est_en_vigueur": False}
    marts.convention("a", **gone, statut="RESILIEE", date_resiliation=day("2020-05-04"), nb_logements=12)
    marts.convention("b", **gone, statut="DENONCEE", date_demande_denonciation=day("2020-01-02"), nb_logements=3)
    marts.convention("c", **gone, statut="DENONCEE", nb_logements=4)
    marts.convention("d", **gone, statut="ANNULEE", date_annulation=day("2020-01-02"), nb_logements=9)

    assert marts.told("P-07.nb_conventions") == {"2020": 2, "sans date": 1}
    assert marts.told("P-07.nb_logements", "statut") == {
        ("RESILIEE", "2020"): 12,
        ("DENONCEE", "2020"): 3,
        ("DENONCEE", "sans date"): 4,
    }


def test_mixed_agreements_are_counted_before_and_since_the_notice_of_2024(marts: Marts) -> None:
    for name, signed, mixed in (("a", "2024-02-07", True), ("b", "2020-01-01", False), ("c", "2024-02-08", True)):
        families = ["PLAI", "PLUS"] if mixed else ["PLUS"]
        marts.convention(name, date_signature=day(signed), est_mixte=mixed, familles_financement=families)
    marts.convention("d", est_mixte=True, familles_financement=["PLAI", "PLUS"])

    assert marts.told("P-08.part_mixtes", "regime_mixite") == {"avant l'avis loyers 2024": 50, "depuis l'avis loyers 2024": 100}
    assert marts.told("P-08.part_plus_plai") == {"ensemble": 66.6667}


def test_amendments_are_told_for_a_hundred_agreements_whole_and_by_type(marts: Marts) -> None:
    for name in "abcd":
        marts.convention(name)
    marts.add("fct_avenant", avenant_id="1", convention_id="a", types=["5", "8"], est_annule=False)
    marts.add("fct_avenant", avenant_id="2", convention_id="a", types=[], est_annule=False)
    marts.add("fct_avenant", avenant_id="3", convention_id="b", types=["5"], est_annule=True)
    marts.add("fct_anomalie", anomalie_id="x", convention_id="c", regle_id="AVE-008", est_a_traiter=True)
    marts.add("fct_anomalie", anomalie_id="y", convention_id="d", regle_id="AVE-008", est_a_traiter=False)

    assert marts.told("P-09.avenants_pour_100") == {"ensemble": 50}
    assert marts.told("P-09.avenants_du_type_pour_100", "type_avenant") == {"5": 25, "8": 25, "non renseigné": 25}
    assert marts.told("P-09.part_sans_avenant_attendu") == {"ensemble": 25}


def test_the_median_rent_leaves_out_annual_rents_foyers_and_what_was_signed_before_the_useful_area(marts: Marts) -> None:
    rent = {"type_surface": "SU", "unite_loyer": "mois"}
    signed = day("1996-07-01")
    marts.convention("a", {**rent, "loyer_m2_eur": 5}, {**rent, "loyer_m2_eur": 6}, date_signature=signed)
    marts.convention("b", {**rent, "loyer_m2_eur": 8}, date_signature=signed)
    marts.convention("c", {**rent, "loyer_m2_eur": 90}, date_signature=day("1996-06-30"))
    marts.convention("d", {"type_surface": "SC", "unite_loyer": "an", "loyer_m2_eur": 30}, date_signature=signed)
    marts.convention("e", {**rent, "loyer_m2_eur": 90}, date_signature=signed, est_foyer=True)

    assert marts.told("P-10.mediane") == {"ensemble": 6}
    assert marts.told("P-10.p75", "financement_departement") == {"PLUS, 33": 7}


def test_the_rate_of_publication_leaves_out_overseas_foyers(marts: Marts) -> None:
    marts.convention("a", date_publication=day("2020-01-01"))
    marts.convention("b", nature_bailleur="SEM")
    marts.convention("c", est_foyer=True, est_outre_mer=True)

    assert marts.told("P-11.taux") == {"ensemble": 50}
    assert marts.told("P-11.taux", "nature_bailleur") == {"HLM": 100, "SEM": 0}


def test_the_share_born_in_apilos_waits_for_its_delivery(marts: Marts) -> None:
    marts.convention("a", date_signature=day("2025-03-01"))
    marts.convention("apilos:b", date_signature=day("2025-04-01"), source="apilos")
    marts.convention("c", date_signature=day("2025-04-01"), statut="ANNULEE")
    marts.convention("ecoloweb:d", date_signature=day("2025-04-01"), source="apilos")
    marts.convention("apilos:e", date_signature=day("2025-04-01"), source="apilos", est_reprise=True)

    assert marts.told("A-06.nb_signees") == {"2025": 4}
    assert marts.told("A-06.part_dematerialisee") == {"2025": None}

    marts.add("dim_livraison", livraison_id="x", source="apilos")
    assert marts.told("A-06.part_dematerialisee") == {"2025": 25}


def test_amendments_are_told_for_a_hundred_agreements_of_a_year(marts: Marts) -> None:
    marts.convention("a", date_signature=day("2020-03-01"))
    marts.convention("b", date_signature=day("2020-04-01"))
    marts.convention("c", date_signature=day("2021-04-01"))
    marts.add("fct_avenant", avenant_id="1", convention_id="a", est_annule=False)
    marts.add("fct_avenant", avenant_id="2", convention_id="b", est_annule=True)

    assert marts.told("A-07.nb_conventions") == {"2020": 2, "2021": 1}
    assert marts.told("A-07.avenants_pour_100") == {"2020": 50, "2021": 0}
    assert marts.told("A-07.avenants_pour_100", "departement") == {("33", "2020"): 50, ("33", "2021"): 0}


def test_the_open_stock_is_told_by_bands_of_age(marts: Marts) -> None:
    for name, days in (("a", 30), ("b", 31), ("c", 180), ("d", 181)):
        stage = {"etape_id": "T-16", "convention_id": name, "objet_id": name, "est_censure": True, "est_suivi": True}
        marts.add("fct_delai", **stage, statut="INSTRUCTION", duree_jours=days)
    marts.add("fct_delai", etape_id="T-16", convention_id="e", objet_id="e", est_censure=True, est_suivi=False, duree_jours=5)

    bands = {
        band: marts.told(f"T-16.{band}")["ensemble"]
        for band in ("nb_dossiers", "nb_0_30", "nb_31_60", "nb_61_90", "nb_91_180", "nb_plus_180")
    }
    assert bands == {"nb_dossiers": 4, "nb_0_30": 1, "nb_31_60": 1, "nb_61_90": 0, "nb_91_180": 1, "nb_plus_180": 1}


def test_the_clean_up_is_told_month_by_month(marts: Marts) -> None:
    common = {"severite": "anomalie", "etat": "ouverte", "est_a_traiter": True}
    marts.add("fct_anomalie", anomalie_id="a", premiere_vue=day("2026-09-03"), **common)
    marts.add("fct_anomalie", anomalie_id="b", premiere_vue=day("2026-09-03"), **common)
    closed = {**common, "etat": "resolue", "est_a_traiter": False, "date_resolution": day("2026-11-02")}
    marts.add("fct_anomalie", anomalie_id="c", premiere_vue=day("2026-09-03"), **closed)

    assert marts.told("Q-06.nb_apparus") == {"2026-09": 3, "2026-10": 0, "2026-11": 0}
    assert marts.told("Q-06.nb_clos_du_mois") == {"2026-09": 0, "2026-10": 0, "2026-11": 1}
    assert marts.told("Q-06.nb_restants") == {"2026-09": 3, "2026-10": 3, "2026-11": 2}


def test_the_age_of_a_source_is_told_from_its_delivery_and_from_its_last_change(marts: Marts) -> None:
    marts.add("dim_livraison", livraison_id="x", source="ecoloweb", date_reception=day("2026-11-10"), nb_poses=3)
    marts.convention("a", date_modification=day("2026-10-16"))
    marts.convention("b", date_modification=day("2027-01-01"))

    assert marts.told("Q-07.age_livraison", "source") == {"ecoloweb": 5}
    assert marts.told("Q-07.age_modification", "source") == {"ecoloweb": 30}


def test_divergence_is_a_share_of_the_agreements_that_both_sources_know(marts: Marts) -> None:
    for name in "abc":
        marts.convention(name)
    for name, source in (("a", "ecoloweb"), ("a", "apilos"), ("b", "ecoloweb"), ("b", "apilos"), ("c", "ecoloweb")):
        marts.add("dim_convention_alias", convention_id=name, source=source, cle_source=name)
    for name in "ac":
        marts.add("fct_anomalie", anomalie_id=name, convention_id=name, regle_id="MIG-001", est_a_traiter=True)

    assert marts.told("Q-08.part_divergente") == {"ensemble": 50}

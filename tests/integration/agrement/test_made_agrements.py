"""What an agrément becomes, whichever source gives it, in a warehouse without agreements."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb


def one(marts: duckdb.DuckDBPyConnection, agrement: str, columns: str) -> tuple[object, ...]:
    [row] = marts.execute(f"select {columns} from fct_agrement where agrement_id = ?", [agrement]).fetchall()
    return row


def test_kinds_of_housing_are_added_up_and_the_adapted_plai_counts_with_the_plai(marts: duckdb.DuckDBPyConnection) -> None:
    columns = "nb_logements, nb_logements_adaptes_compris, type_construction, est_conventionnable"

    assert one(marts, "sisal:2016130550001:PLUS", columns) == (12, 12, "MIXTE", True)
    assert one(marts, "sisal:2016130550001:PLAI", columns) == (5, 6, "COLLECTIF", True)
    assert one(marts, "sisal:2016130550001:PLAI_ADP", columns) == (1, 1, "COLLECTIF", False)


def test_a_commune_is_official_and_an_arrondissement_is_brought_to_its_commune(marts: duckdb.DuckDBPyConnection) -> None:
    columns = "code_commune, code_commune_source, code_departement, methode_commune"

    assert one(marts, "sisal:2016130550002:PLUS", columns) == ("13055", "13213", "13", "nom_et_departement")
    assert one(marts, "sisal:2016130550003:PLUS", columns) == ("84089", "84089", "84", "nom_et_region")
    assert one(marts, "siap:20221200002:PLUS", columns) == ("13055", "13210", "13", "code")


def test_a_commune_that_is_not_found_is_listed_and_stops_nothing(marts: duckdb.DuckDBPyConnection) -> None:
    [(rate, keys)] = marts.execute(
        "select taux_pct, cles from rec_agrement where source = 'sisal' and mesure = 'communes_rattachees'"
    ).fetchall()

    assert one(marts, "sisal:2016130550004:PLUS", "code_commune, code_departement, signalements") == (
        None,
        "13",
        ["COMMUNE_INCONNUE"],
    )
    assert keys == ["sisal:2016130550004:PLUS"]
    assert 0 < rate < 100


def test_zones_written_one_for_the_other_come_back_in_their_place(marts: duckdb.DuckDBPyConnection) -> None:
    columns = "zone_123, zone_abc, list_contains(signalements, 'ZONES_INVERSEES')"

    assert one(marts, "siap:20221200002:PLUS", columns) == ("2", "A", False)
    assert one(marts, "siap:20221200003:PLUS", columns) == ("2", "A", True)


def test_the_life_of_an_operation_is_read_in_its_status(marts: duckdb.DuckDBPyConnection) -> None:
    columns = "statut, est_engagee, est_acompte_demande, est_abandonnee, annee"

    assert one(marts, "siap:20221200002:PLUS", columns) == ("ENGAGEE", True, False, False, 2022)
    assert one(marts, "siap:20221200003:PLUS", columns) == ("ANNULEE", False, False, True, 2022)
    assert one(marts, "sisal:2016130550001:PLUS", columns) == (None, None, None, False, 2016)


def test_an_operation_without_works_nor_aid_is_an_agrement_without_financing(marts: duckdb.DuckDBPyConnection) -> None:
    columns = "financement, famille_financement, nb_logements, est_sans_travaux"

    assert one(marts, "siap:20221200004:SANS_FINANCEMENT", columns) == ("SANS_FINANCEMENT", "SANS_FINANCEMENT", None, True)


def test_a_person_has_no_name_and_an_owner_unknown_has_no_identity(marts: duckdb.DuckDBPyConnection) -> None:
    names = marts.execute(
        "select agrement_id, nom, bailleur.siren, est_personne_physique from fct_agrement left join dim_bailleur as bailleur "
        "using (bailleur_id) where agrement_id in ('siap:20221200004:SANS_FINANCEMENT', 'sisal:2016130550005:PLUS') order by 1"
    ).fetchall()

    assert names == [
        ("siap:20221200004:SANS_FINANCEMENT", "Personne physique", None, True),
        ("sisal:2016130550005:PLUS", "Bailleur de nature inconnue", None, False),
    ]


def test_an_operation_that_both_sources_give_is_told_in_sisal_and_judged_once(marts: duckdb.DuckDBPyConnection) -> None:
    assert one(marts, "sisal:2016130550006:PLUS", "est_reprise_siap") == (True,)
    assert one(marts, "siap:2016130550006:PLUS", "est_reprise_siap, annee") == (False, None)


def test_the_delivery_of_siap_bears_its_clearance_to_the_readers(marts: duckdb.DuckDBPyConnection) -> None:
    rows = marts.execute("select source, habilitation from dim_livraison order by source").fetchall()

    assert rows == [("siap", "12, Service départemental, DD013 - DDTM inventée"), ("sisal", None)]


def test_each_table_received_is_reconciled(marts: duckdb.DuckDBPyConnection) -> None:
    rows = marts.execute("select source, table_source from rec_table where ecart <> 0 or nb_staging <> nb_poses").fetchall()

    assert rows == []

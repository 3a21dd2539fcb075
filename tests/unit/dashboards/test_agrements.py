from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboards.filtres.agrements import CHOIX_AVANCEMENT, CHOIX_VUE, Filtres, lire_adresse
from dashboards.filtres.communs import TOUT, Communs
from dashboards.requetes import agrements as requetes_agrements
from dashboards.requetes import communs as requetes_communs
from dashboards.requetes import ensembles, ensembles_agrements
from dashboards.requetes.ensembles import Ensemble
from data_contracts.layout import Home
from tests.support.indicator_figures import told
from tests.unit.dashboards import made_agrements, made_rows, made_run

if TYPE_CHECKING:
    from data_contracts.publication import PublishedRun

OpenPage = Callable[..., AppTest]
Shown = Callable[[AppTest], str]
SETS = [un for un in vars(ensembles_agrements).values() if isinstance(un, Ensemble)]
SANS = ensembles_agrements.SANS_CONVENTION


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PublishedRun]:
    """The made run, with agréments."""
    home = Home(tmp_path_factory.mktemp("agrements"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(made_run, "MARTS", made_rows.MARTS | made_agrements.MARTS)
        published = made_run.write_run(home)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARC_HOME", str(home.root))
        yield published


@pytest.fixture(scope="module")
def open_agrements(open_screen: Callable[..., AppTest]) -> OpenPage:
    return lambda **address: open_screen("agrements", **address)


def listed(run: PublishedRun, ensemble: Ensemble, filters: Communs = TOUT) -> list[str]:
    """Return the agréments of a set, by their identifier."""
    return [row["agrement_id"] for row in ensembles.Lignes(run, filters, ensemble)]


def count(run: PublishedRun, ensemble: Ensemble, filters: Communs = TOUT) -> int:
    return ensembles.compter(run, filters, [ensemble])[ensemble.code]


def test_the_figures_are_told_in_a_sentence(open_agrements: OpenPage, shown: Shown) -> None:
    text = shown(open_agrements())
    assert "3 opérations sur 9 (33,3 %) ont une convention ; 7 agréments sur 10 (70 %), soit 60 logements, n'en ont aucune." in text
    assert "Logements sans convention 60 1 agrément sans nombre connu" in text
    assert "Rapprochements à vérifier 1 pour 1 agrément sans convention" in text
    assert "L'extraction du SIAP ne montre que ce que son habilitation permet de voir : 1, France entière." in text


def test_coverage_is_that_of_the_indicator_each_year_too(run: PublishedRun) -> None:
    whole, *years = requetes_agrements.couverture(run, TOUT)
    covered = told(run, "A-08.part_couverte")
    assert len(covered) == len([row for row in years if row["annee"] is not None]) + 1
    for row in (whole, *years[:-1]):
        share = covered["ensemble", None if row is whole else str(row["annee"])]
        assert float(share or 0) == pytest.approx(100 * row["couvertes"] / row["operations"], abs=5e-5)
    entirely = told(run, "A-08.part_entierement_couverte")["ensemble", None]
    assert float(entirely or 0) == pytest.approx(100 * whole["entierement"] / whole["operations"], abs=5e-5)


def test_the_years_to_the_signature_are_those_of_the_indicator(run: PublishedRun) -> None:
    rows = {(row["origine"], str(row["annee"])): row["mediane"] for row in requetes_agrements.delais(run, TOUT) if row["annee"]}
    measures = {"programmation": "T-12.mediane_annees", "numero": "T-12.mediane_annees_creation"}
    expected = {
        (origin, period): float(figure or 0)
        for origin, measure in measures.items()
        for (_, period), figure in told(run, measure).items()
    }
    assert rows == expected
    assert expected == {("programmation", "1993"): 2, ("numero", "1993"): -28}


def test_what_is_received_leads_to_what_is_counted(open_agrements: OpenPage, run: PublishedRun, shown: Shown) -> None:
    assert requetes_agrements.recus(run, TOUT) == {
        "recus": 14,
        "repris": 1,
        "aide_inconnue": 1,
        "non_conventionnables": 1,
        "abandonnes": 1,
        "comptes": 10,
    }
    text = shown(open_agrements())
    assert "Agréments de la publication 14 − de SISAL, que le SIAP donne aussi 1" in text
    assert "= agréments à conventionner, comptés ici 10" in text


@pytest.mark.parametrize(
    ("ensemble", "agrements"),
    [
        (ensembles_agrements.ACOMPTE, [made_agrements.ACOMPTE]),
        (ensembles_agrements.ENGAGEE, [made_agrements.SANS_PLAI, "siap:1900VIEUX:PLUS"]),
        (ensembles_agrements.SANS_TRAVAUX, [made_agrements.SANS_TRAVAUX]),
        (ensembles_agrements.AVANT, [made_agrements.AVANT]),
        (ensembles_agrements.INCONNU, [made_agrements.INCONNU, made_agrements.SUR_ANNULEE]),
        (ensembles_agrements.ABANDONNEE, [made_agrements.ANNULE]),
        (ensembles_agrements.ANCIENS, [made_agrements.INCONNU, made_agrements.SUR_ANNULEE, made_agrements.SANS_PLAI]),
        (ensembles_agrements.PROPOSITIONS, [made_agrements.ACOMPTE]),
    ],
    ids=lambda value: value.code if isinstance(value, Ensemble) else None,
)
def test_each_state_is_told_apart(run: PublishedRun, ensemble: Ensemble, agrements: list[str]) -> None:
    assert listed(run, ensemble) == agrements


@pytest.mark.parametrize(
    ("filters", "operations", "sans"),
    [
        (TOUT, 9, 7),
        (Communs(("33",)), 4, 3),
        (Communs(("region-53",)), 4, 4),
        (Communs(depuis=date(2024, 2, 8)), 2, 2),
        (Communs(jusqua=date(2015, 1, 1)), 3, 2),
        (Communs(depuis=date(2021, 12, 31), jusqua=date(2021, 12, 31)), 1, 1),
        (Communs(familles=("PLAI",)), 2, 2),
        (Communs(familles=("PLS",)), 2, 2),
        (Communs(bailleur="deux rives"), 4, 3),
        (Communs(bailleur="100000017"), 4, 3),
        (Communs(sources=("sisal",)), 4, 2),
        (Communs(sources=("ecoloweb",)), 0, 0),
    ],
)
def test_each_filter_keeps_what_it_says(run: PublishedRun, filters: Communs, operations: int, sans: int) -> None:
    assert count(run, ensembles_agrements.OPERATIONS_COMPTEES, filters) == operations
    assert count(run, SANS, filters) == sans


FILTERS = st.builds(
    Communs,
    territoires=st.lists(st.sampled_from(["33", "29", "974", "region-53"]), unique=True).map(tuple),
    depuis=st.none() | st.dates(date(2009, 1, 1), date(2026, 12, 31)),
    jusqua=st.none() | st.dates(date(2009, 1, 1), date(2026, 12, 31)),
    familles=st.lists(st.sampled_from(["PLUS", "PLAI", "PLS"]), unique=True).map(tuple),
    bailleur=st.sampled_from(["", "armor", "100000009"]),
    sources=st.lists(st.sampled_from(["siap", "sisal"]), unique=True).map(tuple),
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(filters=FILTERS)
def test_every_way_of_spreading_adds_up_to_the_same(run: PublishedRun, filters: Communs) -> None:
    received = requetes_agrements.recus(run, filters)
    parts = ("repris", "aide_inconnue", "non_conventionnables", "abandonnes", "comptes")
    assert sum(received[part] for part in parts) == received["recus"]
    whole = requetes_agrements.chiffres(run, filters)
    assert whole["agrements"] == received["comptes"] == count(run, ensembles_agrements.A_CONVENTIONNER, filters)
    assert whole["sans_convention"] == count(run, SANS, filters)
    assert whole["agrements"] - whole["sans_convention"] == count(run, ensembles_agrements.RELIES, filters)
    states = requetes_agrements.par_avancement(run, filters)
    states.pop("abandonnee", None)
    spreads = [
        list(states.values()),
        requetes_agrements.par_annee(run, filters),
        requetes_agrements.par_age(run, filters),
        requetes_agrements.par_departement(run, filters),
        requetes_agrements.par_aide(run, filters),
        requetes_agrements.par_bailleur(run, filters),
    ]
    for spread in spreads:
        for measure in ("sans_convention", "logements", "sans_nombre", "a_verifier"):
            assert sum(row[measure] for row in spread) == whole[measure]
    for row in requetes_agrements.par_age(run, filters):
        assert row["sans_convention"] == sum(row[code] for code in ("acompte", "engagee", "sans_travaux", "avant", "inconnu"))


@pytest.mark.parametrize("ensemble", SETS, ids=lambda ensemble: ensemble.code)
def test_a_set_lists_as_many_rows_as_it_counts(run: PublishedRun, ensemble: Ensemble) -> None:
    assert len(list(ensembles.Lignes(run, TOUT, ensemble))) == count(run, ensemble) > 0


@pytest.mark.parametrize("ensemble", {un.genre.code: un for un in SETS}.values(), ids=lambda ensemble: ensemble.genre.code)
def test_the_rows_behind_a_figure_can_be_seen(open_screen: OpenPage, shown: Shown, ensemble: Ensemble) -> None:
    text = shown(open_screen("lignes", ensemble=ensemble.code))
    assert ensemble.titre in text
    assert " ligne" in text


@pytest.mark.parametrize(
    ("agrement", "raisons"),
    [
        (made_agrements.SANS_PLAI, ["NUMERO_ABSENT"]),
        (made_agrements.ACOMPTE, ["A_VERIFIER"]),
        (made_agrements.AVANT, ["NUMERO_ABSENT", "SANS_NOMBRE"]),
        (made_agrements.SUR_ANNULEE, ["CONVENTION_ANNULEE"]),
        (made_agrements.INCONNU, ["NUMERO_ABSENT", "NUMERO_MAL_FORME", "SANS_SIREN", "SANS_COMMUNE"]),
    ],
)
def test_why_an_agrement_has_no_agreement_is_said(run: PublishedRun, agrement: str, raisons: list[str]) -> None:
    rows = {row["agrement_id"]: row for row in ensembles.Lignes(run, TOUT, SANS)}
    assert rows[agrement]["raisons"] == raisons


def test_the_agreement_to_look_at_is_the_one_that_was_found(run: PublishedRun) -> None:
    found = {row["agrement_id"]: row["convention_id"] for row in ensembles.Lignes(run, TOUT, SANS)}
    assert found[made_agrements.ACOMPTE] == made_rows.SANS_PUBLICATION
    assert found[made_agrements.SUR_ANNULEE] == made_rows.NUE
    assert found[made_agrements.SANS_PLAI] is None


def test_what_is_to_be_checked_is_explained_and_leads_to_the_agreement(open_agrements: OpenPage, shown: Shown) -> None:
    app = open_agrements(vue="verifier")
    assert "87,7 % Ouvrir Ressemblance sans numéro commun ; même bailleur <100000009> ; 2 conventions se valent" in shown(app)
    links = [block.value for block in app.get("html") if "fiche_convention?convention=ecoloweb%3A456142" in block.value]
    assert len(links) == 1
    assert f"publication={made_run.FIRST}" in links[0]


def test_the_list_chosen_is_in_the_address(open_agrements: OpenPage, shown: Shown) -> None:
    app = open_agrements()
    assert "7 lignes." in shown(app)
    app.selectbox(key="agrements_avancement").set_value("abandonnee").run()
    assert app.query_params == {"avancement": "abandonnee"}
    assert "opération annulée, cherchée par son seul numéro" in shown(app)
    app.selectbox(key="agrements_vue").set_value("rapproches").run()
    assert app.query_params == {"vue": "rapproches", "avancement": "abandonnee"}
    assert "4 lignes." in shown(app)


@pytest.mark.parametrize("vue", CHOIX_VUE)
@pytest.mark.parametrize("avancement", CHOIX_AVANCEMENT)
def test_an_address_gives_back_the_filters_that_wrote_it(run: PublishedRun, vue: str, avancement: str) -> None:
    filters = Filtres(vue, avancement, Communs(("33",), familles=("PLUS",)))
    assert lire_adresse(filters.adresse, requetes_communs.connus(run)).filtres == filters


def test_what_makes_no_sense_in_the_address_is_left_out_and_named(open_agrements: OpenPage, shown: Shown) -> None:
    text = shown(open_agrements(vue="oublies", avancement="?", source="rpls"))
    assert "laissés de côté, car inconnus de cette publication : vue=oublies, avancement=?, source=rpls." in text
    assert "7 lignes." in text


def test_every_chart_has_its_sentence_and_every_table_its_files(open_agrements: OpenPage) -> None:
    app = open_agrements()
    charts = app.get("vega_lite_chart")
    assert len(charts) == 5
    assert all(len(chart.proto.alt) > 40 for chart in charts)
    assert len(app.get("download_button")) == 3 * len([block for block in app.get("html") if "<table" in block.value])


def test_filters_that_keep_nothing_are_one_sentence(open_agrements: OpenPage, shown: Shown) -> None:
    text = shown(open_agrements(source="ecoloweb"))
    assert "Aucun agrément à conventionner ne répond à ces filtres." in text
    assert "Couverture des agréments" not in text


def test_without_agrement_the_page_says_how_to_add_some(empty_home: Home, open_agrements: OpenPage, shown: Shown) -> None:
    made_run.write_run(empty_home)
    text = shown(open_agrements())
    assert "Aucun agrément n'est dans cette publication" in text
    assert "parc import siap https://serveur" in text
    assert "parc import sisal EXPORT.csv" in text
    assert " 0 " not in text


def test_without_source_of_agreements_nothing_is_said_to_lack_one(
    empty_home: Home, open_agrements: OpenPage, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliveries = {"dim_livraison": made_agrements.MARTS["dim_livraison"][1:]}
    monkeypatch.setattr(made_run, "MARTS", made_rows.MARTS | made_agrements.MARTS | deliveries)
    made_run.write_run(empty_home)
    text = shown(open_agrements())
    assert "rien ne dit lesquels ont la leur" in text
    assert "parc import ecoloweb SAUVEGARDE" in text
    assert "Agréments sans convention 7" not in text


def test_a_run_of_zero_rows_says_what_is_missing(
    empty_home: Home, open_agrements: OpenPage, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(made_run, "MARTS", {})
    made_run.write_run(empty_home)
    assert "Aucun agrément n'est dans cette publication" in shown(open_agrements())

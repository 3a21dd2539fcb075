from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboards import donnees
from dashboards.filtres.communs import TOUT, Communs
from dashboards.requetes import completude as requetes_completude
from dashboards.requetes import score as requetes_score
from data_contracts.extraits import formats
from data_contracts.layout import Home
from tests.unit.dashboards import made_qualite, made_rows, made_run

if TYPE_CHECKING:
    from data_contracts.publication import PublishedRun

OpenPage = Callable[..., AppTest]
Shown = Callable[[AppTest], str]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PublishedRun]:
    """The made run with scores, fields and uses, in the home that the application reads."""
    published = made_qualite.publish(Home(tmp_path_factory.mktemp("qualite")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARC_HOME", str(published.home.root))
        yield published


@pytest.fixture(scope="module")
def open_view(open_screen: Callable[..., AppTest]) -> OpenPage:
    return lambda vue, **address: open_screen("qualite", vue=vue, **address)


def links(app: AppTest) -> set[str]:
    return {link.proto.query_string for link in app.main.get("page_link") if link.proto.page == "lignes"}


def test_the_page_opens_on_the_verdict_of_the_quality_report(open_screen: OpenPage, shown: Shown) -> None:
    text = shown(open_screen("qualite"))
    assert "Peut-on se fier à cette publication ? ▲ Oui, avec précaution" in text
    assert "mais 2 lignes refusées sur 12 357" not in text
    assert "1 dérive et 1 usage limité sur 2." in text
    assert "S'en servir avec précaution pour connaître les loyers (Ecoloweb)." in text
    assert "Lire les lignes refusées et les faire corriger" in text


def test_the_score_is_the_one_that_sql_gives(open_view: OpenPage, shown: Shown, run: PublishedRun) -> None:
    [sql] = donnees.lire(
        run,
        "select avg(score_qualite) as mean, count(score_qualite) as scored, count(*) as whole, "
        "count(*) filter (score_qualite < 100) as failing from fct_convention",
    )
    text = shown(open_view("score"))
    mean = formats.mesure(sql["mean"], "%").replace(formats.INSECABLE, " ")
    assert f"Score moyen {mean} sur {sql['scored']} conventions notées" in text
    assert f"Avec un défaut {sql['failing']} " in text
    assert f"Sans score {sql['whole'] - sql['scored']} " in text
    assert "Définition, population, source et date de Q-01" in text


def test_every_figure_of_the_score_leads_to_its_rows(open_view: OpenPage) -> None:
    assert links(open_view("score")) == {"ensemble=notees", "ensemble=en_defaut", "ensemble=sans_score"}


def test_scores_spread_in_bands_that_hold_every_agreement(open_view: OpenPage, shown: Shown) -> None:
    text = shown(open_view("score"))
    assert "« Score de 100 % » : 8 conventions sur 14 (57,1 %)." in text
    assert "95 à moins de 99 % 2 14,3 % Voir" in text
    assert "Sous 50 % 3 21,4 % Voir" in text
    assert "Conventions sans score 1 7,1 % Voir" in text


def test_departements_are_ranked_the_worst_first_when_they_have_agreements_enough(
    open_view: OpenPage, shown: Shown, run: PublishedRun
) -> None:
    found = [(row["code"], row["notees"], round(row["score"], 2)) for row in requetes_score.par_departement(run, TOUT)]
    assert found == [("35", 2, 40), ("33", 5, 88), ("29", 6, 99.17)]
    text = shown(open_view("score"))
    assert "Le plus bas : « Gironde (33) », 88 % sur 5 conventions notées, parmi 2 départements d'au moins 5" in text
    assert "1 département sous 5 conventions notées : dans le tableau, hors du classement." in text


def test_owners_who_may_be_persons_are_told_together(open_view: OpenPage, shown: Shown, run: PublishedRun) -> None:
    found = [(row["code"], row["notees"], float(row["score"])) for row in requetes_score.par_bailleur(run, TOUT)]
    assert found == [(None, 5, 88), (made_qualite.SOCIAL, 6, pytest.approx(99.1667, abs=1e-3))]
    assert requetes_score.bailleurs(run, TOUT) == {"classes": 2, "ecartes": 1}
    assert list(requetes_score.tous_les_bailleurs(run, TOUT)) == requetes_score.par_bailleur(run, TOUT)
    text = shown(open_view("score"))
    assert "Privés, de nature inconnue ou sans bailleur 88 %" in text
    assert "Personne physique" not in text
    assert "1 bailleur sous 5 conventions notées, hors du classement." in text


@pytest.mark.parametrize(
    ("filters", "scored"),
    [
        (Communs(("29",)), 6),
        (Communs(sources=("apilos",)), 2),
        (Communs(bailleur="Deux Rives"), 6),
        (Communs(familles=("PLS",)), 0),
    ],
)
def test_shared_filters_choose_the_agreements_scored(run: PublishedRun, filters: Communs, scored: int) -> None:
    assert requetes_score.ensemble(run, filters)["notees"] == scored


def test_agreements_that_nothing_judges_are_said_not_to_be_scored(open_view: OpenPage, shown: Shown) -> None:
    text = shown(open_view("score", territoire="35", source="apilos", depuis="2010-01-14"))
    assert "1 convention, et aucune n'est notée" in text
    assert "Score moyen" not in text


def test_the_emptiest_fields_come_first_with_the_words_of_the_report(open_view: OpenPage, shown: Shown, run: PublishedRun) -> None:
    found = [(row["mart"], row["champ"], row["renseignees"], row["attendues"]) for row in requetes_completude.par_champ(run, TOUT)]
    assert found == [
        ("fct_convention", "date_depot", 88, 142),
        ("fct_logement", "typologie", 9, 10),
        ("fct_convention", "nb_logements", 60, 60),
    ]
    text = shown(open_view("completude"))
    assert "2 champs sur 3 à moins de 95 %." in text
    assert "Convention · Dépôt de la demande (Ecoloweb) 61,9 % 88 142 33 (50 %) Voir fct_convention date_depot" in text
    assert "Logement · Typologie (APiLos) 90 % 9 10 — — fct_logement typologie" in text


def test_a_field_is_told_by_departement_the_emptiest_first(open_view: OpenPage, shown: Shown) -> None:
    text = shown(open_view("completude", champ="fct_convention.date_depot"))
    assert "Le moins renseigné : « Gironde (33) », 50 % de 100 valeurs attendues, parmi 2 départements." in text
    assert "Sous 20 valeurs attendues, un département est dans le tableau seul." in text
    assert "Ille-et-Vilaine (35) Bretagne 0 % 0 2" in text


def test_without_a_field_departement_the_told_by_how_many_they_leave_empty(open_view: OpenPage, shown: Shown) -> None:
    assert "1 département sur 2 où un champ est renseigné à moins de 95 % ; « Gironde (33) » en a 1 sur 2." in shown(
        open_view("completude")
    )


def test_the_address_keeps_the_field_and_the_view(open_view: OpenPage) -> None:
    app = open_view("completude", territoire="33")
    app.selectbox(key="completude_champ").select("fct_convention.date_depot").run()
    assert app.query_params == {"vue": "completude", "territoire": "33", "champ": "fct_convention.date_depot"}
    assert app.button(key="effacer").click().run().query_params == {"vue": "completude"}


def test_uses_are_told_by_source_with_the_demand_that_decides(open_view: OpenPage, shown: Shown) -> None:
    text = shown(open_view("usages"))
    assert "1 usage sur 2 sans réserve ; un usage compte une fois par source." in text
    assert "Connaître les loyers Ecoloweb ▲ Avec précaution Loyer du logement : 90 % au lieu de 95 % au moins." in text
    assert "Connaître les loyers Ecoloweb 1 0 1 Gironde" in text
    assert "Loyer du logement 90 % 95 % 80 % 90 100 2 3 Quels sont les loyers ?" in text


def test_uses_of_a_territory_come_with_the_worst_first(open_view: OpenPage, shown: Shown) -> None:
    text = shown(open_view("usages", territoire="33,29"))
    assert "1 usage sur 2 sans réserve ; un usage compte une fois par source et par département." in text
    assert text.index("✖ Non utilisable") < text.index("✔ Utilisable")
    assert "Aucun usage ne se juge dans ce territoire" in shown(open_view("usages", territoire="974"))


def test_everything_received_is_accounted_for(open_view: OpenPage, shown: Shown) -> None:
    app = open_view("reconciliation")
    text = shown(app)
    assert "5 tables : aucune ligne ne s'est perdue, 2 lignes en quarantaine." in text
    assert "1 convention publiée sur 2 reçues." in text
    assert "id déjà porté par une ligne précédente" in text
    assert "garde 1 enregistrement sur 3 (33,3 %)" in text
    assert "Perdu Financement perdu" in text
    assert "étapes dont la fin précède le début 2" in text
    assert links(app) == {"ensemble=non_publiees", "ensemble=perdues_apilos", "ensemble=quarantaine"}


def test_agreements_brought_together_are_counted_on_one_line_not_one_by_one(
    empty_home: Home, open_view: OpenPage, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    received = {"source": "apilos", "destin": "publiee", "nb_lignes": 1}
    together = [received | {"cle_source": key, "motif": f"regroupée avec ecoloweb:{key}"} for key in ("1", "2", "3")]
    monkeypatch.setitem(made_run.MARTS, "rec_convention", together)
    made_run.write_run(empty_home)
    assert "Publiée APiLos regroupée avec une convention déjà connue 3 3" in shown(open_view("reconciliation"))


def test_refused_rows_are_told_by_reason_with_how_to_correct_them(open_view: OpenPage, shown: Shown) -> None:
    text = shown(open_view("reconciliation"))
    assert "2 lignes refusées à l'import, absentes des chiffres." in text
    assert "État : 1 refusée ; 1 corrigée, à rejouer." in text
    assert "Ecoloweb ecolo_conventiontype id déjà porté par une ligne précédente 2 12, clé non affichée" in text
    assert "« parc quarantaine rejouer »" in text
    assert "Jeanne" not in text


def test_a_source_that_received_nothing_says_so(open_view: OpenPage, shown: Shown) -> None:
    text = shown(open_view("reconciliation", source="apilos"))
    assert "Aucune table n'est reçue : rien à réconcilier." in text
    assert "l'import officiel d'APiLos n'a rien à reprendre" in text
    assert "Aucune ligne n'est reçue : rien n'a pu être refusé." in text


def test_checks_are_counted_and_alerts_show_the_keys_to_look_at(open_view: OpenPage, shown: Shown) -> None:
    text = shown(open_view("controles"))
    assert "2 contrôles : 1 réussi, 1 alerte, 0 blocage." in text
    assert "commune_id ne désigne aucune ligne de commune 7 0 61, 62, 63, 64, 65 et 2 autres" in text
    assert "Test des modèles 1 1 0 0" in text


def test_a_view_that_no_filter_touches_says_so_and_shows_no_field(open_view: OpenPage, shown: Shown) -> None:
    app = open_view("controles", territoire="33")
    assert "Sans effet sur cette page, et gardé pour les autres : Territoire : 33 Gironde." in shown(app)
    assert not app.multiselect


def test_a_delivery_is_named_with_its_file_its_counts_its_departements_and_its_hash(open_view: OpenPage, shown: Shown) -> None:
    text = shown(open_view("livraisons"))
    assert f"Publication {made_run.FIRST}, construite par la version 0.1.0 en 3,2 s." in text
    assert "ecoloweb_inventee.pgsql 31/10/2026 à 18 h 05 12 368 12 366 2 33, 29 a1b2c3d4e5f6 sauvegarde PostgreSQL 7" in text


def test_sources_are_told_by_their_age_against_their_contract(open_view: OpenPage, shown: Shown) -> None:
    text = shown(open_view("livraisons"))
    assert "Toutes les sources livrées ont l'âge que leur contrat permet." in text
    assert "Ecoloweb ✔ Fraîche 31/10/2026 1 400 33, 29" in text
    assert "Définition, population, source et date de Q-07" in text


def test_drift_is_told_with_its_gravity(open_view: OpenPage, shown: Shown) -> None:
    text = shown(open_view("livraisons"))
    assert "1 dérive depuis la livraison précédente ou le contrat." in text
    assert "▲ Alerte Ecoloweb ecolo_typefinancement code ecolo_typefinancement, colonne code : 2 codes jamais livrés." in text


def test_views_are_links_that_keep_the_shared_filters(open_view: OpenPage) -> None:
    app = open_view("usages", territoire="33", champ="fct_convention.date_depot")
    assert app.button(key="onglet_livraisons").click().run().query_params == {"vue": "livraisons", "territoire": "33"}


def test_an_unknown_view_or_field_is_left_out_and_named(open_view: OpenPage, shown: Shown) -> None:
    text = shown(open_view("pixels", champ="fct_convention.couleur"))
    assert "Filtres de l'adresse laissés de côté" in text
    assert "champ=fct_convention.couleur, vue=pixels" in text
    assert "Score moyen" in text


@pytest.mark.parametrize("view", ["score", "completude", "usages", "reconciliation", "controles", "livraisons"])
def test_a_run_without_a_row_says_what_is_missing(
    empty_home: Home, open_view: OpenPage, shown: Shown, monkeypatch: pytest.MonkeyPatch, view: str
) -> None:
    for mart in list(made_rows.MARTS):
        monkeypatch.setitem(made_rows.MARTS, mart, [])
    monkeypatch.setattr(made_run, "CHECKS", [])
    made_run.write_run(empty_home)
    said = {
        "score": "Aucune convention ne répond à ces filtres",
        "completude": "Aucun champ n'est attendu : la complétude ne se mesure pas.",
        "usages": "Aucune donnée ne permet de juger un usage.",
        "reconciliation": "Aucune ligne n'est reçue : rien n'a pu être refusé.",
        "controles": "Aucun contrôle n'est enregistré pour cette publication.",
        "livraisons": "Cette publication ne mesure pas les dérives.",
    }
    assert said[view] in shown(open_view(view))


@pytest.mark.usefixtures("empty_home")
def test_a_run_of_an_earlier_version_says_to_build_another(open_view: OpenPage, shown: Shown) -> None:
    run = made_run.write_run(Home.from_environment())
    with duckdb.connect(str(run.database)) as connection:
        connection.execute("drop table marts.agg_usage")
    assert "en construire une avec « parc run »" in shown(open_view("score"))


def test_every_chart_has_its_sentence_and_its_table(open_view: OpenPage) -> None:
    for view in ("score", "completude"):
        app = open_view(view)
        charts = app.get("vega_lite_chart")
        assert charts
        assert all(len(chart.proto.alt) > 40 for chart in charts)
        assert len(app.get("download_button")) >= 3 * len(charts)

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.components import liste_regles, regle
from tests.unit.dashboards import made_rows, made_run

if TYPE_CHECKING:
    from data_contracts.layout import Home

OpenPage = Callable[..., AppTest]
Shown = Callable[[AppTest], str]


@pytest.fixture(scope="module")
def open_regles(open_screen: Callable[..., AppTest]) -> OpenPage:
    return lambda **address: open_screen("regles", **address)


@pytest.fixture(scope="module")
def pls(open_regles: OpenPage) -> AppTest:
    return open_regles(regle="DUR-003")


def _listed(app: AppTest) -> list[str]:
    """Identifiers of the rules listed."""
    return [button.key.removeprefix("ouvrir_") for button in app.button if button.key.startswith("ouvrir_")]


@pytest.mark.parametrize(
    ("address", "rules"),
    [
        ({}, ["FIN-002", "DUR-003", "DUR-008", "DUR-014", "GEO-001", "GEO-007"]),
        ({"recherche": "duree PLS"}, ["DUR-003"]),
        ({"recherche": "dur003"}, ["DUR-003"]),
        ({"recherche": "PALULOS"}, ["DUR-003"]),
        ({"recherche": "r. 353-61"}, ["DUR-003"]),
        ({"recherche": "duree minimale PLS_MIN"}, ["DUR-003"]),
        ({"recherche": "TRANCHER par lo3"}, ["DUR-003"]),
        ({"recherche": "nulle part"}, []),
        ({"famille": "GEO"}, ["GEO-001", "GEO-007"]),
        ({"severite": "a_verifier"}, ["DUR-003", "DUR-014", "GEO-001"]),
        ({"etat": "en_attente_de_source"}, ["GEO-007"]),
        ({"source_lue": "apilos"}, ["DUR-003", "GEO-007"]),
        ({"famille": "GEO", "etat": "active"}, ["GEO-001"]),
        ({"source_lue": "siap", "severite": "anomalie"}, ["GEO-007"]),
        (
            {"famille": "XYZ", "severite": "grave", "source_lue": "papier"},
            ["FIN-002", "DUR-003", "DUR-008", "DUR-014", "GEO-001", "GEO-007"],
        ),
    ],
)
def test_rules_are_found_by_words_family_severity_state_and_source(
    open_regles: OpenPage, address: dict[str, str], rules: list[str]
) -> None:
    assert _listed(open_regles(**address)) == rules


def test_the_catalogue_counts_rules_and_open_cases(open_regles: OpenPage, shown: Shown) -> None:
    assert "6 règles, dont 4 actives : 26 cas ouverts dans cette publication." in shown(open_regles())


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ({"etat": "active"}, "4 règles actives : 26 cas ouverts dans cette publication."),
        ({"recherche": "dur-003"}, "1 règle active : 1 cas ouvert dans cette publication."),
        ({"etat": "non_derivable"}, "1 règle, aucune active : 0 cas ouvert dans cette publication."),
    ],
)
def test_the_count_says_only_what_differs(open_regles: OpenPage, shown: Shown, address: dict[str, str], words: str) -> None:
    assert words in shown(open_regles(**address))


def test_too_many_rules_are_shown_as_families_that_lead_to_them(
    open_regles: OpenPage, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(liste_regles, "REGLES_MONTREES", 2)
    app = open_regles(etat="active")
    assert _listed(app) == []
    families = [button.label.replace("\\", "") for button in app.button if button.key.startswith("famille_")]
    assert families == ["FIN · Financement", "DUR · Durée et date de fin", "GEO · Géographie"]
    assert "2 règles actives : 25 cas ouverts" in shown(app)

    app.button(key="famille_DUR").click().run()

    assert app.query_params == {"etat": "active", "famille": "DUR"}
    assert _listed(app) == ["DUR-003", "DUR-008"]


def test_one_family_is_shown_whole_however_many_its_rules(open_regles: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(liste_regles, "REGLES_MONTREES", 2)
    assert _listed(open_regles(famille="DUR")) == ["DUR-003", "DUR-008", "DUR-014"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({}, "pas encore de décision"),
        ({"taux_faux_positifs_pct": None, "nb_faux_positifs": 0}, "pas encore de décision"),
        ({"taux_faux_positifs_pct": Decimal("0.0"), "nb_faux_positifs": 0}, "0\u00a0% (0 constat)"),
        ({"taux_faux_positifs_pct": Decimal("12.5"), "nb_faux_positifs": 3}, "12,5\u00a0% (3 constats)"),
    ],
)
def test_the_share_of_false_positives_waits_for_a_decision(row: dict[str, Any], words: str) -> None:
    assert regle.faux_positifs(row) == words


def test_a_rule_leads_to_its_open_cases_and_its_informations(open_regles: OpenPage) -> None:
    links = {
        link.label.replace("\\", ""): (link.proto.page, link.proto.query_string) for link in open_regles().main.get("page_link")
    }
    assert links["Voir les 24 cas ouverts de DUR-008"] == ("cas", "regles=DUR-008&severite=tous")
    assert links["Voir l'information de FIN-002"] == ("cas", "regles=FIN-002&severite=information")


def test_a_filter_that_changes_rewrites_the_address(open_regles: OpenPage) -> None:
    app = open_regles()
    app.text_input(key="regles_recherche").set_value(" zone ").run()
    app.selectbox(key="regles_famille").set_value("GEO").run()
    app.selectbox(key="regles_source_lue").set_value("siap").run()
    assert app.query_params == {"recherche": "zone", "famille": "GEO", "source_lue": "siap"}


def test_a_rule_opens_from_the_catalogue_and_leads_back_to_it(open_regles: OpenPage, shown: Shown) -> None:
    app = open_regles(famille="DUR")
    app.button(key="ouvrir_DUR-003").click().run()
    assert app.query_params == {"famille": "DUR", "regle": "DUR-003"}
    assert "Pièges connus" in shown(app)
    assert app.button(key="retour").click().run().query_params == {"famille": "DUR"}


@pytest.mark.parametrize(
    "words",
    [
        "Non réglementaire À vérifier Active",
        "À vérifier : si est_foyer Non réglementaire : sinon",
        "La convention d'un lot PLS expire moins de quinze ans après sa prise d'effet.",
        "Vérifier le contrat de prêt, puis avenant de durée.",
        "FAQ réglementaire d'APiLos, « Date fin de convention »",
        "PALULOS n'est pas du PLS.",
        "Durée minimale d'une convention PLS 12 ans toujours CCH R. 353-61 Lecture à trancher par LO3.",
        "Durée minimale d'une convention PLS 15 ans 03/05/2002",
        "2 exemples, qui sont ses tests : elle se déclenche sur 1, pas sur 1.",
        "Se déclenche Non réglementaire — PLS non renseigné 01/07/2010",
        "Ne se déclenche pas — Le seuil d'avant ; Durée minimale d'une convention PLS : 12 Sans financement",
        "Cas ouverts 1 Informations 0 Résolus 0 Faux positifs pas encore de décision",
        "date_expiration_initiale < date_effet + to_years($pls_min) - interval 1 day",
    ],
)
def test_a_rule_is_shown_whole(pls: AppTest, shown: Shown, words: str) -> None:
    assert words in shown(pls)


def test_a_rule_leads_to_those_that_it_silences(pls: AppTest) -> None:
    app = pls.button(key="autre_DUR-008").click().run()
    assert app.query_params == {"regle": "DUR-008"}
    assert app.button(key="autre_DUR-003").label.replace("\\", "") == "DUR-003 · Durée d'une convention PLS inférieure à 15 ans"


def test_a_rule_that_sleeps_says_what_it_waits_for(open_regles: OpenPage, shown: Shown) -> None:
    assert "attend une source que la publication n'a pas : APiLos ou SIAP." in shown(open_regles(regle="GEO-007"))
    assert "En attente d'une source Attend APiLos ou SIAP." in shown(open_regles())


def test_a_rule_that_no_source_can_answer_says_why(open_regles: OpenPage, shown: Shown) -> None:
    text = shown(open_regles(regle="DUR-014"))
    assert "Aucune source ne dit ce que cette règle demande" in text
    assert "Le bail est un texte que personne ne lit." in text


def test_an_unknown_rule_is_one_clear_sentence(open_regles: OpenPage, shown: Shown) -> None:
    assert "Aucune règle « *DUR* » dans la publication du 01/11/2026" in shown(open_regles(regle="*DUR*"))


def test_a_run_without_rule_says_so(empty_home: Home, open_regles: OpenPage, shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(made_rows.MARTS, "dim_regle", [])
    made_run.write_run(empty_home)
    assert "Cette publication a été construite sans règle." in shown(open_regles(regle="DUR-003"))

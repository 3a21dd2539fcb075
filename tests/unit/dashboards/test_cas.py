from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.filtres.cas import Filtres
from dashboards.filtres.communs import Communs
from dashboards.requetes import cas as requetes_cas
from data_contracts.layout import Home
from tests.unit.dashboards import made_rows, made_run

if TYPE_CHECKING:
    from data_contracts.publication import PublishedRun

OpenPage = Callable[..., AppTest]
Shown = Callable[[AppTest], str]
EVERYTHING = {"severite": "tous", "etat": "tous"}


@pytest.fixture(scope="module")
def open_cas(open_screen: Callable[..., AppTest]) -> OpenPage:
    return lambda **address: open_screen("cas", **address)


def test_cases_shown_first_are_open_and_certain(open_cas: OpenPage, shown: Shown) -> None:
    text = shown(open_cas())
    assert "Cas 25 1 non réglementaire, 24 anomalies" in text
    assert "Convention mixte signée" not in text
    assert "n'est pas un code de commune" not in text


@pytest.mark.parametrize(
    ("filters", "number"),
    [
        (Filtres(), 25),
        (Filtres(severite="non_reglementaire"), 1),
        (Filtres(severite="a_verifier"), 1),
        (Filtres(severite="information"), 1),
        (Filtres(etat="resolue"), 1),
        (Filtres(severite="tous", etat="tous"), 27),
        (Filtres(regles=("DUR-003",)), 1),
        (Filtres(regles=("DUR",)), 25),
        (Filtres(regles=("DUR-003", "GEO"), severite="tous"), 2),
        (Filtres(communs=Communs(("33",))), 1),
        (Filtres(communs=Communs(("region-53",))), 24),
        (Filtres(communs=Communs(("region-53", "33"))), 25),
        (Filtres(communs=Communs(("974",))), 0),
        (Filtres(communs=Communs(bailleur="deux RIVES")), 1),
        (Filtres(communs=Communs(bailleur="100000017")), 24),
        (Filtres(communs=Communs(bailleur="100000")), 0),
        (Filtres(communs=Communs(bailleur="%")), 25),
        (Filtres(communs=Communs(depuis=date(1993, 6, 1), jusqua=date(1993, 12, 31))), 1),
        (Filtres(communs=Communs(depuis=date(1994, 1, 1))), 0),
        (Filtres(communs=Communs(bailleur="' or 1=1 --")), 0),
    ],
)
def test_each_filter_keeps_what_it_says(run: PublishedRun, filters: Filtres, number: int) -> None:
    assert requetes_cas.chiffres(run, filters)["constats"] == number
    assert len(list(requetes_cas.tous(run, filters))) == number


def test_agreements_and_their_dwellings_are_counted_once(run: PublishedRun) -> None:
    counted = requetes_cas.chiffres(run, Filtres(regles=("DUR",), etat="tous", communs=Communs(("33",))))
    assert (counted["constats"], counted["conventions"], counted["logements"]) == (2, 1, 25)


def test_a_case_on_a_commune_counts_without_agreement(open_cas: OpenPage, shown: Shown) -> None:
    assert "Conventions concernées 0 1 constat sans convention" in shown(open_cas(severite="a_verifier"))


def test_every_spread_has_its_sentence_and_its_table(open_cas: OpenPage) -> None:
    app = open_cas()
    spoken = [" ".join(chart.proto.alt.split()) for chart in app.get("vega_lite_chart")]
    assert "Constats par règle. « DUR-008 · Durée saisie différente de la durée calculée » : 24 constats sur 25 (96 %)" in spoken[0]
    assert "Constats par département. « Finistère (29) » : 8 constats sur 25 (32 %)" in spoken[1]
    assert any("Constats par département" in button.label for button in app.get("download_button"))


def test_findings_are_counted_by_owner(run: PublishedRun) -> None:
    counted = [(row["nom"], row["constats"]) for row in requetes_cas.par_bailleur(run, Filtres())]
    assert counted == [("Logis de l'Armor", 24), ("Habitat des Deux Rives", 1)]


def test_the_trend_tells_what_came_went_and_stayed_whatever_the_state_asked_for(run: PublishedRun) -> None:
    days = requetes_cas.tendance(run, Filtres(communs=Communs(("33",))))
    assert [(day["jour"], day["apparus"], day["resolus"], day["ouverts"]) for day in days] == [
        (date(2026, 8, 1), 1, 0, 1),
        (date(2026, 9, 1), 1, 0, 2),
        (date(2026, 11, 1), 0, 1, 1),
    ]


def test_the_trend_is_said_and_drawn(open_cas: OpenPage, shown: Shown) -> None:
    app = open_cas(territoire="33")
    assert "1 constat ouvert au 01/11/2026, 1 au 01/08/2026 ; depuis, 1 apparu et 1 résolu." in shown(app)
    assert any(chart.proto.alt.startswith("Constats ouverts à chaque date de référence") for chart in app.get("vega_lite_chart"))


def test_one_date_makes_no_trend(open_cas: OpenPage, shown: Shown) -> None:
    text = shown(open_cas(severite="a_verifier"))
    assert "Une seule date de référence connaît ces constats, le 01/11/2026 : la tendance se lira" in text


def test_a_row_of_the_list_says_what_where_who_and_since_when(open_cas: OpenPage, shown: Shown) -> None:
    app = open_cas(territoire="33")
    assert app.button(key=f"ouvrir_{made_rows.COURTE}").label.replace("\\", "") == f"DUR-003 · {made_rows.NUMERO}"
    assert (
        "Non réglementaire Durée d'une convention PLS inférieure à 15 ans PLS : la convention expire moins de 15 ans après sa "
        "prise d'effet (01/07/1993). Bordeaux (33) · Habitat des Deux Rives · signée le 01/07/1993 · vu depuis le 01/09/2026"
    ) in shown(app)


def test_the_most_serious_come_first(run: PublishedRun) -> None:
    listed = requetes_cas.liste(run, Filtres(severite="tous"), 1)
    assert [row["severite"] for row in listed[:2]] == ["non_reglementaire", "anomalie"]


def test_the_list_goes_page_by_page_and_the_page_is_in_the_address(open_cas: OpenPage, shown: Shown) -> None:
    first = open_cas(territoire="33,region-53")
    assert "Page 1 sur 2 : constats 1 à 20" in shown(first)
    second = first.button(key="page_suivante").click().run()
    assert second.query_params == {"territoire": "33,region-53", "page": "2"}
    assert "Page 2 sur 2 : constats 21 à 25" in shown(second)


@pytest.mark.parametrize("page", ["0", "-1", "deux", "99", "²"])
def test_a_page_that_does_not_exist_shows_the_first_one(open_cas: OpenPage, shown: Shown, page: str) -> None:
    assert "Page 1 sur 2" in shown(open_cas(page=page))


def test_a_filter_that_changes_rewrites_the_address_from_the_first_page(open_cas: OpenPage) -> None:
    app = open_cas(page="2")
    app.multiselect(key="commun_territoires").set_value(["region-53", "33"]).run()
    app.text_input(key="commun_bailleur").set_value(" armor ").run()
    app.selectbox(key="cas_severite").set_value("tous").run()
    assert app.query_params == {"territoire": "region-53,33", "bailleur": "armor", "severite": "tous"}


def test_the_widgets_follow_the_address(open_cas: OpenPage) -> None:
    app = open_cas(territoire="33", depuis="1993", regles="DUR")
    app.query_params.clear()
    app.query_params["territoire"] = "region-53"
    app.run()
    assert app.multiselect(key="commun_territoires").value == ["region-53"]
    assert app.multiselect(key="cas_regles").value == []
    assert app.date_input(key="commun_depuis").value is None


def test_filters_are_cleared_at_once(open_cas: OpenPage) -> None:
    app = open_cas(territoire="33", etat="tous")
    assert app.button(key="effacer").click().run().query_params == {}


def test_a_value_of_the_address_that_means_nothing_is_named_and_left_out(open_cas: OpenPage, shown: Shown) -> None:
    text = shown(open_cas(territoire="999", severite="*grave*"))
    assert "laissés de côté, car inconnus de cette publication : severite=*grave*, territoire=999." in text
    assert "Cas 25" in text


def test_informations_are_reached_apart_and_never_called_cases(open_cas: OpenPage, shown: Shown) -> None:
    app = open_cas(territoire="33")
    app.button(key="voir_information").click().run()
    text = shown(app)
    assert app.query_params == {"territoire": "33", "severite": "information"}
    assert "Une information n'est pas un cas" in text
    assert "Informations 1 rien à corriger" in text


def test_no_finding_for_these_filters_is_one_sentence(open_cas: OpenPage, shown: Shown) -> None:
    assert "Aucun constat ne répond à ces filtres. En élargir un, ou les effacer." in shown(open_cas(bailleur="nul nom"))


@pytest.mark.usefixtures("empty_home")
def test_a_run_without_finding_says_so(open_cas: OpenPage, shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(made_rows.MARTS, "fct_anomalie", [])
    made_run.write_run(Home.from_environment())
    assert "Cette publication ne porte aucun constat : aucune règle ne s'est déclenchée." in shown(open_cas())


@pytest.mark.usefixtures("empty_home")
def test_a_run_without_rule_says_so(open_cas: OpenPage, shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(made_rows.MARTS, "dim_regle", [])
    made_run.write_run(Home.from_environment())
    assert "Cette publication a été construite sans règle." in shown(open_cas())


def test_a_finding_opens_from_the_list_and_leads_back_to_it(open_cas: OpenPage, shown: Shown) -> None:
    app = open_cas(territoire="33")
    app.button(key=f"ouvrir_{made_rows.COURTE}").click().run()
    assert app.query_params == {"territoire": "33", "constat": made_rows.COURTE}
    assert "Valeurs qui ont déclenché la règle" in shown(app)
    assert app.button(key="retour").click().run().query_params == {"territoire": "33"}


@pytest.mark.parametrize(
    "words",
    [
        "Prise d'effet 01/07/1993 Expiration initiale non renseigné Famille de financement Sans financement loyer_inconnu 4,5",
        "Convention ANAH non Codes postaux de la commune 33000, 33100",
        "Durée minimale d'une convention PLS 15 ans CCH R. 353-61 Lecture à trancher par LO3.",
        "Vérifier le contrat de prêt, puis avenant de durée.",
        "La convention d'un lot PLS expire moins de quinze ans après sa prise d'effet.",
        "Table ecolo_programmelogement Identifiant (id) 61 Ligne du fichier reçu 2",
        "Livraison Ecoloweb : ecoloweb_inventee.pgsql, reçue le 31/10/2026 à 18 h 05",
        "Vu depuis le 01/09/2026 Vu pour la dernière fois le 01/11/2026",
        "ecoloweb:9 : absente de cette publication.",
    ],
)
def test_a_finding_shows_its_evidence_its_law_and_its_source(open_cas: OpenPage, shown: Shown, words: str) -> None:
    assert words in shown(open_cas(constat=made_rows.COURTE))


def test_a_finding_leads_to_its_agreement_its_rule_and_its_counterparts(open_cas: OpenPage) -> None:
    links = {(link.proto.page, link.proto.query_string) for link in open_cas(constat=made_rows.COURTE).main.get("page_link")}
    assert links == {
        ("fiche_convention", "convention=ecoloweb%3A423085"),
        ("fiche_convention", "convention=ecoloweb%3A456142"),
        ("regles", "regle=DUR-003"),
    }


def test_a_finding_on_a_commune_has_its_page_and_its_message_is_escaped(open_cas: OpenPage, shown: Shown) -> None:
    app = open_cas(constat=made_rows.CODE_INCONNU)
    text = shown(app)
    assert "Objet constaté Commune de la source ecoloweb:7" in text
    assert any("commune &lt;b&gt;" in block.value for block in app.get("html"))


def test_an_unknown_finding_is_one_clear_sentence(open_cas: OpenPage, shown: Shown) -> None:
    text = shown(open_cas(constat="<b>*1*</b>"))
    assert "Aucun constat « <b>*1*</b> » dans la publication du 01/11/2026 à 10 h 12 : vérifier l'adresse de la page" in text

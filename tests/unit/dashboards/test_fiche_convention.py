from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.requetes import convention as requetes_convention
from tests.unit.dashboards import made_rows, made_run

if TYPE_CHECKING:
    from data_contracts.layout import Home
    from data_contracts.publication import PublishedRun

OpenFiche = Callable[..., AppTest]
Shown = Callable[[AppTest], str]


@pytest.fixture(scope="module")
def mixte(open_fiche: OpenFiche) -> AppTest:
    return open_fiche(convention=made_rows.MIXTE)


@pytest.fixture(scope="module")
def text(mixte: AppTest, shown: Shown) -> str:
    return shown(mixte)


@pytest.mark.parametrize(
    "spelling",
    [
        "33/2/061993/851231/1/033012/1333",
        "33 2 061993 851231 1 033012 1333",
        "33-2-061993.851231-1-033012_1333",
        "  33206199385123110330121333 ",
        "33 n 1 1 93 7 s 1333",
        "ecoloweb:423085",
        "423085",
        "423085:PLUS:0",
    ],
)
def test_an_agreement_is_found_first_by_its_number_in_any_spelling_and_by_its_keys(run: PublishedRun, spelling: str) -> None:
    assert requetes_convention.chercher(run, spelling)[0]["convention_id"] == made_rows.MIXTE


@pytest.mark.parametrize(
    ("searched", "number", "how"),
    [
        ("logis de l’ARMOR", 25, "bailleur"),
        ("100000017", 25, "bailleur"),
        ("hdr", 1, "bailleur"),
        ("sainte marie", 1, "commune"),
        ("QUÌMPER", 8, "commune"),
        ("29232", 8, "commune"),
        ("Anah-0007", 1, "numéro"),
    ],
)
def test_agreements_are_found_by_owner_and_commune(run: PublishedRun, searched: str, number: int, how: str) -> None:
    found = requetes_convention.chercher(run, searched)
    assert (found[0]["nb_trouvees"], found[0]["trouvee_par"]) == (number, how)


@pytest.mark.parametrize("searched", ["", " - / ", "%", "' or 1=1 --", "nulle part", "ecoloweb:1"])
def test_a_search_that_matches_nothing_finds_nothing(run: PublishedRun, searched: str) -> None:
    assert requetes_convention.chercher(run, searched) == []


def test_the_number_spelled_whole_comes_before_those_that_only_hold_it(run: PublishedRun) -> None:
    found = requetes_convention.chercher(run, "29 3 06 2005 4000")
    assert [row["numero"] for row in found] == ["29 3 06 2005 4000"]
    assert requetes_convention.chercher(run, "3062005")[0]["nb_trouvees"] == 24


def test_the_search_form_writes_what_is_searched_in_the_address(open_fiche: OpenFiche, shown: Shown) -> None:
    app = open_fiche()
    app.text_input[0].set_value(" 33.2.061993-851231 ")
    app.button[0].click().run()
    assert app.query_params == {"recherche": "33.2.061993-851231"}
    assert "1 convention trouvée pour « 33.2.061993-851231 »." in shown(app)
    assert "Bordeaux (33) · Habitat des Deux Rives · PLAI, PLUS · 25 logements · trouvée par : numéro · ecoloweb:423085" in shown(
        app
    )


def test_a_result_opens_its_agreement_and_the_way_back_leads_to_the_results(open_fiche: OpenFiche, shown: Shown) -> None:
    app = open_fiche(recherche="061993/851231")
    app.button(key=f"ouvrir_{made_rows.MIXTE}").click().run()
    assert app.query_params == {"recherche": "061993/851231", "convention": made_rows.MIXTE}
    assert "Histoire de la convention" in shown(app)
    app.button(key="retour").click().run()
    assert app.query_params == {"recherche": "061993/851231"}
    assert "1 convention trouvée" in shown(app)


def test_results_come_twenty_to_a_page_and_the_page_is_in_the_address(open_fiche: OpenFiche, shown: Shown) -> None:
    first = open_fiche(recherche="armor")
    assert "25 conventions trouvées pour « armor », page 1 sur 2." in shown(first)
    second = first.button(key="page_suivante").click().run()
    assert second.query_params == {"recherche": "armor", "page": "2"}
    assert "page 2 sur 2" in shown(second)
    assert shown(second).count("trouvée par : bailleur") == 5


@pytest.mark.parametrize("page", ["0", "-1", "deux", "99", "²"])
def test_a_page_that_does_not_exist_shows_the_first_one(open_fiche: OpenFiche, shown: Shown, page: str) -> None:
    assert "page 1 sur 2" in shown(open_fiche(recherche="armor", page=page))


def test_nothing_found_is_one_sentence(open_fiche: OpenFiche, shown: Shown) -> None:
    assert "Aucune convention pour « *nulle* part »." in shown(open_fiche(recherche="*nulle* part"))


@pytest.mark.parametrize("address", [{"recherche": made_rows.REFUSEE}, {"recherche": "700404"}, {"convention": made_rows.REFUSEE}])
def test_an_agreement_in_quarantine_is_named_with_its_reason(
    open_fiche: OpenFiche,
    shown: Shown,
    address: dict[str, str],
) -> None:
    text = shown(open_fiche(**address))
    assert "La convention 700404 d'Ecoloweb a été reçue et mise en quarantaine : id déjà porté par une ligne précédente." in text


def test_an_unknown_agreement_in_the_address_is_one_clear_sentence(open_fiche: OpenFiche, shown: Shown) -> None:
    text = shown(open_fiche(convention="ecoloweb:1"))
    assert "Aucune convention « ecoloweb:1 » dans la publication du 01/11/2026 à 10 h 12 : vérifier l'adresse de la page" in text


@pytest.mark.parametrize(
    "words",
    [
        "Opposable En vigueur Mixte",
        "Identifiant ecoloweb:423085",
        "Nature des logements Logements ordinaires",
        "Département Gironde (33)",
        "Bailleur principal Habitat des Deux Rives",
        "Nature du bailleur Organisme d'HLM",
        "Service créateur DDTM de la Gironde",
        "Publication 26/11/1998",
        "Durée saisie 34 ans",
        "Surface utile 1 625,5 m²",
        "Reprise d'un ancien système oui",
        "Score de qualité —",
    ],
)
def test_the_identity_of_an_agreement_is_written_in_french(text: str, words: str) -> None:
    assert words in text


def test_fields_are_defined_by_the_contract_of_the_mart(text: str) -> None:
    assert "Prise d'effet Prise d'effet : signature pour HLM, SEM et foyers d'outre-mer, publication pour les autres." in text


def test_periods_and_amendments_have_a_line_of_time_its_sentence_and_their_tables(mixte: AppTest, text: str) -> None:
    sentence = "3 périodes et 2 avenants. Période courante : opposable, depuis le 12/05/2003 ; expiration le 30/06/2036."
    assert sentence in text
    assert sentence in mixte.main.get("vega_lite_chart")[0].proto.alt
    assert "3 Opposable 12/05/2003 — oui 1 01/07/1993" in text
    assert "1 Prorogation de la durée Neuf ans de plus après travaux 12/05/2003 01/09/2003 2003 P n° 112 30/06/2036 non" in text


def test_lots_show_dwellings_areas_and_rents_with_their_unit(text: str) -> None:
    assert "1 Bâtiment A PLUS 2 PLA CDC 15 4,91 €/m² par mois surface utile 1 000,5" in text
    assert "2 Bâtiment B PLAI 3 PLA d'intégration 10 33,54 €/m² par an surface corrigée 625" in text
    assert "12 rue des Acacias 14 rue des Acacias" in text
    assert "1 T3 10" in text


@pytest.mark.parametrize(
    "words",
    [
        "AB 0194",
        "Parking 12 oui 22,50 €",
        "Convention numérisée 01/12/1998 convention_1333.pdf 15 PLUS et 10 PLAI",
        "20/06/1993 Envoi au préfet",
        "423085:PLAI:1 PLAI 1 Perdu Financement perdu",
    ],
)
def test_every_list_of_the_agreement_is_shown_or_said_empty(text: str, words: str) -> None:
    assert words in text


def test_findings_stand_high_on_the_page(mixte: AppTest) -> None:
    assert [header.value for header in mixte.header][:3] == ["Histoire de la convention", "Constats", "Périodes et avenants"]


def test_open_findings_come_by_severity_with_what_to_do_and_why(text: str) -> None:
    assert "1 cas ouvert et 1 information, sans rien à corriger." in text
    assert text.index("Non réglementaire Durée d'une convention PLS") < text.index("Information Convention mixte")
    assert "À faire : Vérifier le contrat de prêt, puis avenant de durée. Sources du droit : CCH R. 353-61" in text


def test_resolved_findings_stand_apart(mixte: AppTest, text: str) -> None:
    assert [folded.label for folded in mixte.expander if "résolu" in folded.label] == ["1 constat résolu"]
    assert text.index("Information Convention mixte") < text.index("Anomalie Résolu Durée saisie")
    assert "pour la dernière fois le 01/10/2026" in text


def test_a_finding_of_the_agreement_leads_to_its_evidence(mixte: AppTest) -> None:
    links = {link.label: (link.proto.page, link.proto.query_string) for link in mixte.main.get("page_link")}
    assert links["Voir le constat DUR\\-003 et ses preuves"] == ("cas", f"constat={made_rows.COURTE}")


def test_an_agreement_without_finding_says_so(open_fiche: OpenFiche, shown: Shown) -> None:
    assert "Aucun constat sur cette convention." in shown(open_fiche(convention=made_rows.NUE))


def test_source_rows_come_with_their_line_their_meaning_and_the_file_they_are_from(text: str) -> None:
    assert "Livraison Ecoloweb « ecoloweb_inventee.pgsql », reçue le 31/10/2026 à 18 h 05, sha256 a1b2c3d4e5f6" in text
    assert "Conventions APL : 1 ligne de ecolo_conventionapl" in text
    assert "Ligne de la source 1 Ligne du fichier reçu" in text
    assert "id 423085 Identifiant de la convention" in text


def test_a_source_table_is_read_when_it_is_opened(open_fiche: OpenFiche, shown: Shown) -> None:
    app = open_fiche(convention=made_rows.MIXTE)
    assert "lignes de ecolo_programmelogement" not in shown(app)
    app.session_state["source_ecolo_programmelogement"] = True
    app.session_state["source_ecolo_annexe"] = True
    opened = shown(app.run())
    assert "6 lignes de ecolo_programmelogement" in opened
    assert "La livraison est venue sans la table ecolo_annexe." in opened


def test_a_deleted_landing_is_said_clearly(empty_home: Home, open_fiche: OpenFiche, shown: Shown) -> None:
    made_run.write_run(empty_home)
    shutil.rmtree(empty_home.landing)
    text = shown(open_fiche(convention=made_rows.MIXTE))
    assert "La livraison a1b2c3d4e5f60718 a été supprimée depuis la publication, et ses lignes avec elle." in text


def test_an_agreement_without_number_nor_period_still_has_its_page(open_fiche: OpenFiche, shown: Shown) -> None:
    text = shown(open_fiche(convention=made_rows.NUE))
    assert "Convention sans numéro" in text
    assert "La source ne donne aucune période à cette convention." in text
    assert "Conventions APL : aucune ligne pour cette convention." in text

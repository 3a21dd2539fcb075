"""What the report of a published run says, in its page and in its workbook."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from data_contracts.layout import REPORT_FOLDER, Home
from data_contracts.publication import PublishedRun
from data_contracts.rapport.ecriture import ecrire
from data_contracts.source_contract import Severity
from tests.support.report import Page, book
from tests.unit.dagster_project.made import Row, control, land
from tests.unit.extraits.made_parc import constat
from tests.unit.rapport.made import TABLE, completude, publish, rows, usage

SHEETS = [
    "Lisez-moi",
    "Usages",
    "Fraîcheur",
    "Réconciliation",
    "Quarantaine",
    "Dérives",
    "Contrôles",
    "Complétude",
    "Constats",
    "Règles",
    "Tendance",
]
EMAIL = "jeanne.martin@exemple.fr"
LATER = "20261102T120000Z-bbbbbb"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> PublishedRun:
    """A sound run, which tests only read."""
    return publish(Home(tmp_path_factory.mktemp("sain") / "parc"), rows())


def refusal(**changes: object) -> Row:
    row = {"ligne": 3, "cle": "12", "clause": "obligatoire_id", "motif": "numéro absent", "etat": "refusee"}
    return {**TABLE, **row, **changes}


def test_a_sound_run_answers_first_that_it_can_be_trusted(sound: PublishedRun) -> None:
    page = Page(sound)

    assert "Peut-on s'y fier ? ✔ Oui Aucune ligne ne s'est perdue" in page.text
    assert page.text.index("Peut-on s'y fier") < page.text.index("Utilisable pour quoi")


def test_the_page_needs_nothing_but_itself(sound: PublishedRun) -> None:
    page = Page(sound)

    assert all(reference.startswith("#") for reference in page.references)
    assert "url(" not in page.html
    assert "@import" not in page.html
    assert "script" not in {tag for tag, _ in page.tags}


def test_every_link_of_the_contents_leads_to_a_heading(sound: PublishedRun) -> None:
    page = Page(sound)

    assert {reference.removeprefix("#") for reference in page.references} <= {attributes.get("id") for _, attributes in page.tags}


def test_every_cell_of_a_title_says_what_it_titles(sound: PublishedRun) -> None:
    page = Page(sound)

    assert {attributes.get("scope") for tag, attributes in page.tags if tag == "th"} == {"col", "row"}


def test_what_data_say_is_never_taken_for_html(home: Home) -> None:
    hostile = "<script>alert(1)</script>"
    page = Page(
        publish(
            home,
            rows(agg_usage=[usage(titre=hostile)], rec_quarantaine=[refusal(motif=hostile)]),
            controls=[control("douteux", succes=False, gravite=Severity.ALERTE, message=hostile)],
        )
    )

    assert hostile not in page.html
    assert page.text.count(hostile) >= 3


def test_the_workbook_has_a_sheet_a_subject(sound: PublishedRun) -> None:
    assert list(book(sound)) == SHEETS


def test_page_and_workbook_give_the_same_figures(home: Home) -> None:
    run = publish(home, rows(rec_quarantaine=[refusal(), refusal(ligne=7, cle="ligne 7")]))
    page, sheets = Page(run), book(run)

    [shown], [kept] = page.table("Lignes refusées, par motif"), sheets["Quarantaine"]
    assert (shown["Pourquoi"], shown["Lignes"], shown["Premières clés"]) == ("numéro absent", "2", "12, ligne 7")
    assert (kept["Pourquoi"], kept["Lignes"], kept["Premières clés"]) == ("numéro absent", 2, "12, ligne 7")


def test_a_use_that_does_not_hold_is_named_first_with_its_reason(home: Home) -> None:
    motif = "Loyer : 62,3 % au lieu de 95 % au moins."
    run = publish(
        home, rows(agg_usage=[usage(etat="non_utilisable", motif=motif), usage(code_departement="33", etat="non_utilisable")])
    )
    page = Page(run)

    assert "Ne pas s'en servir pour connaître les loyers (Ecoloweb)." in page.text
    assert page.table("Ce que chaque source permet") == [{"Usage": "Connaître les loyers", "Ecoloweb": "✖ Non utilisable"}]
    assert page.table("Ce qui limite chaque usage")[0]["Pourquoi"] == motif
    assert page.table("Par département")[0]["Non utilisable dans"] == "Gironde"
    assert "Faire compléter, dans Ecoloweb : Loyer." in page.text


@pytest.mark.parametrize(("day", "state", "age"), [(1, "✔ Fraîche", "0"), (-400, "✔ Fraîche", "400"), (-401, "▲ Ancienne", "401")])
def test_a_source_is_old_past_the_age_of_its_contract(home: Home, day: int, state: str, age: str) -> None:
    received = datetime(2026, 11, 1, 11, tzinfo=UTC) + timedelta(days=day)
    delivery = land(home, {"ecolo_region": [{"id": 1}]}, recue_le=received)
    page = Page(publish(home, rows(), deliveries=[delivery]))

    [line] = [line for line in page.table("Âge de chaque source à la date de référence") if line["Source"] == "Ecoloweb"]
    assert (line["État"], line["Âge (jours)"]) == (state, age)


def test_sources_never_delivered_are_listed_as_such(sound: PublishedRun) -> None:
    states = {line["Source"]: line["État"] for line in Page(sound).table("Âge de chaque source à la date de référence")}

    assert states["SISAL"] == "– Non livrée"


def test_received_equals_kept_and_refused(home: Home) -> None:
    page = Page(publish(home, rows(rec_table=[{**TABLE, "nb_recus": 1000, "nb_poses": 997, "nb_quarantaine": 3}])))

    assert "1 000 lignes reçues = 997 gardées + 3 en quarantaine : aucune ne s'est perdue." in page.text


def test_a_lost_row_forbids_trust(home: Home) -> None:
    page = Page(publish(home, rows(rec_table=[{**TABLE, "nb_recus": 10, "nb_poses": 9, "ecart": 1}])))

    assert "Peut-on s'y fier ? ✖ Non 1 ligne s'est perdue." in page.text
    assert "1 ligne manque entre la réception et la publication." in page.text


def test_agreements_grouped_one_by_one_are_one_line(home: Home) -> None:
    grouped = [
        {
            "source": "apilos",
            "cle_source": str(rank),
            "destin": "publiee",
            "nb_lignes": 1,
            "motif": f"regroupée avec ecoloweb:{rank}",
        }
        for rank in range(3)
    ]
    [line] = Page(publish(home, rows(rec_convention=grouped))).table("Conventions reçues")

    assert line["Ce qui est compté"] == "publiée : regroupée avec une convention déjà connue"
    assert (line["Nombre"], line["Part"]) == ("3", "100 %")


def test_a_published_breach_is_the_first_thing_said(home: Home) -> None:
    page = Page(publish(home, rows(), controls=[control(succes=False), control("autre", succes=False, gravite=Severity.ALERTE)]))

    assert "✖ Non 1 contrôle bloquant a échoué." in page.text
    assert [line["Gravité"] for line in page.table("Contrôles en défaut")] == ["✖ Bloquant", "▲ Alerte"]
    assert page.table("Contrôles en défaut")[0]["Premières clés"] == "12, 34"


def test_a_key_that_could_tell_of_a_person_is_nowhere(home: Home) -> None:
    marts = rows(
        rec_quarantaine=[refusal(cle=EMAIL), refusal(ligne=7)],
        fct_anomalie=[constat("a1", 1, convention_id=f"ecoloweb:{EMAIL}", objet_id=f"ecoloweb:{EMAIL}")],
    )
    run = publish(home, marts, controls=[control(succes=False, gravite=Severity.ALERTE, cles=(EMAIL, "34"))])

    assert EMAIL not in Page(run).html
    assert EMAIL not in str(book(run))
    assert Page(run).table("Contrôles en défaut")[0]["Premières clés"] == "clé non affichée, 34"


def test_the_emptiest_field_comes_first_and_full_ones_are_in_the_workbook_only(home: Home) -> None:
    fields = [completude(), completude(champ="adresse", nb_renseignes=90), completude(champ="type_surface", nb_renseignes=12)]
    run = publish(home, rows(agg_completude=fields))

    assert [line["Champ"] for line in Page(run).table("Champs renseignés à moins de 95 %")] == ["type_surface", "adresse"]
    assert [(line["Champ"], line["Renseigné (%)"]) for line in book(run)["Complétude"]] == [
        ("type_surface", 12),
        ("adresse", 90),
        ("loyer_m2_eur", 100),
    ]


def test_a_share_that_is_not_whole_is_never_written_100(home: Home) -> None:
    run = publish(home, rows(rec_rpls=[
        {"source": "rpls", "destin": "lie", "nb_logements": 99_999, "numero_norm": "1"},
        {"source": "rpls", "destin": "inconnu", "nb_logements": 1, "numero_norm": "2"},
    ]))  # fmt: skip

    assert [line["Part"] for line in Page(run).table("Logements du RPLS")] == ["moins de 0,1 %", "99,9 %"]


def test_only_open_findings_are_counted_and_informations_are_no_case(home: Home) -> None:
    findings = [
        constat("a1", 1),
        constat("a2", 2, severite="a_verifier", code_departement=None),
        constat("a3", 3, etat="resolue"),
        constat("a4", 4, severite="information"),
    ]
    page = Page(publish(home, rows(fct_anomalie=findings)))

    assert "2 cas ouverts" in page.text
    [gironde, nowhere] = page.table("Départements qui ont le plus de cas")
    assert (gironde["Non réglementaire"], gironde["Information"]) == ("1", "1")
    assert (nowhere["Département"], nowhere["À vérifier"]) == ("sans département", "1")


def test_the_trend_compares_publications(home: Home) -> None:
    publish(home, rows())
    now = [constat("a1", 1), constat("b1", 3, severite="anomalie"), constat("b2", 4, severite="anomalie")]
    run = publish(home, rows(fct_anomalie=now), LATER)
    page = Page(run)

    assert [line["Anomalie"] for line in page.table("Constats ouverts, publication par publication")] == ["1", "2"]
    assert page.table("Départements qui ont le plus de cas")[0]["Variation des cas"] == "+1"
    assert "depuis la publication précédente, 2 nouveaux et 1 disparu." in page.text
    assert "Anomalie : de 1 à 2" in page.text
    assert page.html.count("<polyline") == 3


def test_a_new_delivery_is_what_changed(home: Home) -> None:
    publish(home, rows())
    delivery = land(home, {"ecolo_region": [{"id": 1}]})

    assert "nouvelle livraison (Ecoloweb) ; les mêmes cas." in Page(publish(home, rows(), LATER, deliveries=[delivery])).text


def test_a_trend_goes_back_ten_publications_at_most(home: Home) -> None:
    for rank in range(12):
        run = publish(home, rows(), f"202611{rank + 1:02d}T120000Z-aaaaaa")

    assert len(book(run)["Tendance"]) == 10


def test_a_first_publication_has_no_trend_and_says_so(sound: PublishedRun) -> None:
    page = Page(sound)

    assert "Première publication : rien à quoi la comparer." in page.text
    assert page.table("Départements qui ont le plus de cas")[0]["Variation des cas"] == "—"
    assert "<svg" not in page.html


def test_a_run_of_nothing_says_it_in_sentences(home: Home) -> None:
    run = publish(home, {})
    page = Page(run)

    assert "✖ Non Aucune ligne n'est reçue : cette publication ne dit rien du parc." in page.text
    for said in (
        "Aucune donnée ne permet de juger un usage.",
        "Aucune source n'est livrée.",
        "Aucune ligne n'est reçue : rien à réconcilier.",
        "Aucune ligne n'est reçue : rien n'a pu être refusé.",
        "Aucun champ n'est attendu : la complétude ne se mesure pas.",
        "Aucun cas ouvert",
    ):
        assert said in page.text
    assert all(lines for lines in book(run).values())


def test_drift_is_told_only_where_the_run_measures_it(home: Home) -> None:
    run = publish(home, rows())
    assert "Cette publication ne mesure pas les dérives." in Page(run).text

    written(run.mart_path("rec_derive"), [("bloquante", "colonne inconnue"), ("information", "volume stable")])
    shutil.rmtree(run.path / REPORT_FOLDER)
    ecrire(run.path, {**run.manifest, "marts": {**run.manifest["marts"], "rec_derive": {}}}, ())

    page = Page(run)
    assert "mais 1 dérive." in page.text
    assert [line["Ce qui a changé"] for line in page.table("Ce qui a changé dans les livraisons")] == [
        "colonne inconnue",
        "volume stable",
    ]


def written(path: Path, drifts: Sequence[tuple[str, str]]) -> None:
    """Write drifts: their gravity and their message."""
    with duckdb.connect() as connection:
        connection.execute(
            "create table derive (source varchar, livraison_id varchar, nature varchar, table_source varchar, colonne varchar, "
            "gravite varchar, observe varchar, attendu varchar, message varchar)"
        )
        for gravity, message in drifts:
            connection.execute(
                "insert into derive values ('ecoloweb', 'a1', 'colonne', 'ecolo_avenant', 'code', ?, 'observé', 'attendu', ?)",
                [gravity, message],
            )
        connection.execute(f"copy derive to '{path}' (format parquet)")

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from data_contracts.decision import STATUTS, Titre
from data_contracts.extraits import constats, nettoyage
from data_contracts.extraits.selection import SANS_DEPARTEMENT, Selection
from tests.unit.extraits.made_parc import ARMOR, REFERENCE, REGLE, SHA256, constat, convention, decide, publish

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

    from data_contracts.publication import PublishedRun

GIRONDE = Selection(departements=("33",))
Cells = dict[str, openpyxl.cell.Cell]


def book_of(run: PublishedRun, selection: Selection = GIRONDE) -> Workbook:
    with run.connect() as connection:
        content, _ = nettoyage.en_classeur(connection, run, selection)
    return openpyxl.load_workbook(io.BytesIO(content))


def cells(book: Workbook, sheet: str) -> list[Cells]:
    titles, *lines = book[sheet].iter_rows()
    return [dict(zip([title.value for title in titles], line, strict=True)) for line in lines]


def values(book: Workbook, sheet: str) -> list[dict[str, Any]]:
    return [{title: cell.value for title, cell in line.items()} for line in cells(book, sheet)]


def findings(book: Workbook, sheet: str = "À traiter") -> list[str]:
    return [line[Titre.CONSTAT] for line in values(book, sheet)]


def said(book: Workbook, sheet: str = "Lisez-moi") -> dict[tuple[str, str], Any]:
    return {(topic, name): text for topic, name, text in book[sheet].iter_rows(min_row=2, values_only=True)}


def small_parc(folder: Path) -> PublishedRun:
    """Publish three agreements of Gironde, one of Corse-du-Sud, one of nowhere; findings of every kind."""
    rows = {
        "dim_regle": [REGLE, {**REGLE, "regle_id": "FIN-002", "titre": "Mixte d'avant 2024"}, {**REGLE, "regle_id": "GEO-001"}],
        "fct_convention": [
            convention(1, numero="33 B", numero_norm="33B"),
            convention(2, numero="33 A", numero_norm="33A", date_expiration=date(2031, 6, 30)),
            convention(3, bailleur_id=ARMOR),
            convention(4, code_departement="2A", bailleur_id=ARMOR),
            convention(5, code_departement=None),
        ],
        "fct_anomalie": [
            constat("verifier", 1, severite="a_verifier"),
            constat("anomalie", 1, severite="anomalie"),
            constat("grave_b", 1),
            constat("grave_a", 2),
            constat("decide", 2, severite="anomalie"),
            constat("resolu", 2, etat="resolue"),
            constat("info", 3, severite="information", regle_id="FIN-002"),
            constat("corse", 4, code_departement="33"),
            constat("commune", regle_id="GEO-001", severite="anomalie", objet_type="commune"),
            constat("nulle_part", 5, code_departement=None),
        ],
    }
    return publish(folder, rows)


@pytest.fixture(scope="module")
def parc(tmp_path_factory: pytest.TempPathFactory) -> PublishedRun:
    """The small parc, which tests only read."""
    return small_parc(tmp_path_factory.mktemp("parc"))


@pytest.fixture
def decided(tmp_path: Path) -> PublishedRun:
    """A small parc of one's own, to decide on."""
    return small_parc(tmp_path)


def test_open_cases_are_listed_the_most_serious_first_then_by_agreement(parc: PublishedRun) -> None:
    assert findings(book_of(parc)) == ["grave_a", "grave_b", "decide", "anomalie", "commune", "verifier"]


def test_informations_stand_apart(parc: PublishedRun) -> None:
    book = book_of(parc)
    assert findings(book, "Informations") == ["info"]
    assert Titre.STATUT not in values(book, "Informations")[0]


def test_a_finding_follows_its_agreement_whatever_the_departement_of_its_object(parc: PublishedRun) -> None:
    assert findings(book_of(parc, Selection(departements=("2A",)))) == ["corse"]


def test_the_workbook_of_an_owner_holds_its_agreements_of_every_departement(parc: PublishedRun) -> None:
    book = book_of(parc, Selection(siren="005520135"))
    assert findings(book) == ["corse"]
    assert findings(book, "Informations") == ["info"]


def test_every_open_finding_stands_in_one_workbook_of_a_departement_and_no_more(parc: PublishedRun) -> None:
    with parc.connect() as connection:
        codes = nettoyage.departements(connection)
    books = [book_of(parc, Selection(departements=(code,))) for code in codes]
    sheets = [(book, sheet) for book in books for sheet in ("À traiter", "Informations") if sheet in book.sheetnames]
    held = sorted(finding for book, sheet in sheets for finding in findings(book, sheet))
    assert codes == [SANS_DEPARTEMENT, "2A", "33"]
    assert held == ["anomalie", "commune", "corse", "decide", "grave_a", "grave_b", "info", "nulle_part", "verifier"]


def test_a_finding_reads_in_french_with_its_evidence_its_law_and_what_to_do(parc: PublishedRun) -> None:
    line = values(book_of(parc), "À traiter")[0]
    assert line["Sévérité"] == "Non réglementaire"
    assert line["Titre de la règle"] == "Durée inférieure à 9 ans"
    assert (line["N° de convention"], line["Commune"], line["Bailleur"]) == ("33 A", "Bordeaux", "Habitat du Lac")
    assert (line["Constat"], line["Ce qu'il faut faire"]) == ("Constat grave_a.", "Avenant de durée.")
    assert line["Preuve"] == "Prise d'effet : 01/07/2010 ; Durée minimale : 9\u00a0ans"
    assert line["Sources juridiques"] == "CCH L. 353-2"
    assert (line["Logements"], line["Vu depuis le"]) == (12, datetime(2026, 11, 1))  # noqa: DTZ001 - a cell has no zone


def test_the_columns_of_a_decision_are_empty_until_there_is_one(parc: PublishedRun) -> None:
    line = values(book_of(parc), "À traiter")[0]
    assert {titre: line[titre] for titre in (Titre.STATUT, Titre.MOTIF, Titre.AUTEUR, Titre.DATE)} == dict.fromkeys(
        (Titre.STATUT, Titre.MOTIF, Titre.AUTEUR, Titre.DATE)
    )
    assert (line[Titre.CONSTAT], line[Titre.EMPREINTE]) == ("grave_a", "0123456789abcdef")


def test_a_decision_is_chosen_in_a_list(parc: PublishedRun) -> None:
    (offered,) = book_of(parc)["À traiter"].data_validations.dataValidation
    assert offered.formula1 == f'"{",".join(STATUTS.values())}"'


def test_a_decision_that_holds_fills_its_columns(decided: PublishedRun) -> None:
    decide(
        decided, "grave_a", decision="corrige", decision_motif="Avenant signé", decision_auteur="A. B.", decision_date="2026-10-30"
    )
    line = values(book_of(decided), "À traiter")[0]
    assert (line[Titre.STATUT], line[Titre.MOTIF], line[Titre.AUTEUR]) == ("corrigé", "Avenant signé", "A. B.")


def test_a_finding_closed_by_a_decision_has_a_sheet_of_its_own(decided: PublishedRun) -> None:
    decide(decided, "decide", decision="justifie", decision_motif="Prêt soldé", decision_auteur="A. B.", est_a_traiter=False)
    book = book_of(decided)
    assert "decide" not in findings(book)
    assert [(line[Titre.CONSTAT], line[Titre.STATUT]) for line in values(book, "Déjà décidés")] == [("decide", "justifié")]


def test_a_decision_on_evidence_that_changed_is_shown_apart_so_that_the_row_confirms_nothing(decided: PublishedRun) -> None:
    decide(
        decided,
        "grave_a",
        decision="faux_positif",
        decision_motif="Autre durée",
        decision_auteur="A. B.",
        decision_date="2026-10-30 08:05:00",
        est_decision_a_revoir=True,
    )
    line = values(book_of(decided), "À traiter")[0]
    assert [line[titre] for titre in (Titre.STATUT, Titre.MOTIF, Titre.AUTEUR, Titre.DATE)] == [None] * 4
    assert line["Décision à revoir"] == "faux positif, le 30/10/2026 à 9\u00a0h\u00a005 par A. B. : Autre durée"


def test_a_run_older_than_the_decisions_has_all_its_open_findings_to_treat() -> None:
    assert constats.a_traiter({"anomalie_id", "etat"}) == "etat = 'ouverte'"


def test_agreements_are_listed_once_with_their_cases_to_treat(parc: PublishedRun) -> None:
    lines = values(book_of(parc), "Conventions concernées")
    counts = ("Non réglementaires", "Anomalies", "À vérifier")
    assert [(line["N° de convention"], *(line[count] for count in counts)) for line in lines] == [
        ("33 B", 1, 1, 1),
        ("33 A", 1, 1, 0),
    ]


def test_an_agreement_has_real_dates_and_codes_that_keep_their_zeros(tmp_path: Path) -> None:
    made = convention(1, code_departement="01", code_commune="01004", bailleur_id=ARMOR, date_expiration=date(2031, 6, 30))
    run = publish(tmp_path, {"dim_regle": [REGLE], "fct_convention": [made], "fct_anomalie": [constat("a", 1)]})
    (line,) = cells(book_of(run, Selection(departements=("01",))), "Conventions concernées")
    texts = ("Code du département", "Code de la commune", "SIREN du bailleur")
    assert [(line[text].value, line[text].data_type) for text in texts] == [("01", "s"), ("01004", "s"), ("005520135", "s")]
    assert (line["Expiration"].value, line["Expiration"].is_date) == (datetime(2031, 6, 30), True)  # noqa: DTZ001 - a cell has no zone
    assert (line["État"].value, line["Logements"].data_type) == ("Opposable", "n")


def test_the_rules_found_are_defined_with_their_dated_law_and_no_other(parc: PublishedRun) -> None:
    lines = {line["Règle"]: line for line in values(book_of(parc), "Règles")}
    assert list(lines) == ["DUR-001", "FIN-002", "GEO-001"]
    assert lines["DUR-001"]["Constats"] == 5
    assert lines["DUR-001"]["Paramètres du droit"] == (
        "Durée minimale : 12\u00a0ans. CCH L. 353-2. À relire.\n"
        "Durée minimale : 9\u00a0ans, depuis le 01/01/1986. CCH L. 353-2. À relire."
    )
    assert lines["DUR-001"]["Sources juridiques"] == "CCH L. 353-2\nCCH R. 353-4"


def test_the_first_sheet_says_what_it_holds_how_to_fill_it_and_where_it_comes_from(parc: PublishedRun) -> None:
    texts = said(book_of(parc))
    assert texts["Ce classeur", "Contenu"].replace("\u00a0", " ") == (
        "Département 33 (Gironde) : 6 constats à traiter sur 2 conventions, à la date de référence du 01/11/2026."
    )
    assert {name for topic, name in texts if topic == "Décisions"} == set(STATUTS.values())
    assert texts["Publication", "Publication"] == parc.run_id
    assert texts["Livraisons", "Ecoloweb, sha256"] == SHA256
    assert (
        texts["Livraisons", "Ecoloweb"]
        == "ecoloweb_inventee.pgsql (sauvegarde PostgreSQL), reçue le 31/10/2026 à 18\u00a0h\u00a005"
    )


def test_the_first_sheet_names_the_sheets_that_are_there_and_no_other(parc: PublishedRun) -> None:
    book = book_of(parc)
    assert [name for topic, name in said(book) if topic == "Feuilles"] == book.sheetnames[1:]


def test_the_workbook_of_an_owner_names_it(parc: PublishedRun) -> None:
    text = said(book_of(parc, Selection(siren="005520135")))["Ce classeur", "Contenu"]
    assert text.startswith("Bailleur Logis d'Armor (SIREN 005520135)")


def test_every_column_is_defined(parc: PublishedRun) -> None:
    book = book_of(parc)
    defined = {name for _, name in said(book, "Provenance")}
    titles = {cell.value for sheet in ("À traiter", "Conventions concernées", "Règles") for cell in book[sheet][1]}
    assert titles <= defined


def test_a_departement_without_finding_has_an_empty_list(parc: PublishedRun) -> None:
    book = book_of(parc, Selection(departements=("01",)))
    assert book.sheetnames == ["Lisez-moi", "À traiter", "Conventions concernées", "Règles", "Provenance"]
    assert findings(book) == []


@pytest.mark.parametrize(
    ("selection", "name"),
    [
        (GIRONDE, "classeur_33_2026-11-01.xlsx"),
        (Selection(siren="123456782"), "classeur_bailleur_123456782_2026-11-01.xlsx"),
        (Selection(("2A",), "123456782"), "classeur_2A_bailleur_123456782_2026-11-01.xlsx"),
        (Selection((SANS_DEPARTEMENT,)), "classeur_sans-departement_2026-11-01.xlsx"),
    ],
)
def test_a_workbook_is_named_after_what_it_holds_and_its_day(parc: PublishedRun, selection: Selection, name: str) -> None:
    assert parc.reference_date == REFERENCE
    assert nettoyage.nom_fichier(parc, selection) == name

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from data_contracts.extraits import corrections
from data_contracts.extraits.corrections import Trouvee
from data_contracts.extraits.selection import Selection
from tests.unit.dagster_project.made import Row
from tests.unit.extraits.made_parc import ARMOR, FAUX, LAC, PERSONNE, REFERENCE, REGLE, constat, convention, marts, publish

RESILIEE = {"statut": "RESILIEE", "date_resiliation": date(2011, 4, 5)}
DENONCEE = {"statut": "DENONCEE", "date_demande_denonciation": date(2014, 11, 3)}
FIN = {**REGLE, "regle_id": "FIN-001", "famille": "FIN"}


@dataclass(frozen=True)
class Found:
    """What each correction found, by number of agreement."""

    corrections: dict[str, Trouvee]

    def ready(self, name: str) -> list[tuple[object, ...]]:
        """The rows that APiLos can be asked, in the columns of their file."""
        found = self.corrections[name]
        return [tuple(row[column.champ] for column in found.correction.colonnes) for row in found.pretes]

    def waiting(self, name: str) -> dict[str, str]:
        """Why the agreements that are not ready are not."""
        return {row["numero"]: row["obstacle"] for row in self.corrections[name].a_completer}


def found(rows: Mapping[str, Sequence[Row]], selection: Selection | None = None) -> Found:
    with marts({"dim_regle": [REGLE, FIN], **rows}) as connection:
        everything = corrections.trouver(connection, selection or Selection(), REFERENCE)
    return Found({one.correction.fichier: one for one in everything})


def apilos(rank: int, financement: str = "PLUS", **changes: object) -> Row:
    """What the official import made of an agreement."""
    return {
        "cle_apilos": f"{rank}:{financement}:0",
        "convention_id": f"ecoloweb:{rank}",
        "financement": financement,
        "numero_avenant": 0,
        "est_reprise": True,
        **changes,
    }


def lot(rank: int, financement: str | None = "PLUS", **changes: object) -> Row:
    return {
        "lot_id": f"ecoloweb:{rank}:{financement}",
        "convention_id": f"ecoloweb:{rank}",
        "financement": financement,
        "nb_logements": 10,
        **changes,
    }


def test_terminated_agreements_are_a_number_and_a_date() -> None:
    done = found({"fct_convention": [convention(1, **RESILIEE), convention(2, **DENONCEE), convention(3)]})
    assert done.ready("resiliations") == [("33 N 1", date(2011, 4, 5))]
    assert done.ready("denonciations") == [("33 N 2", date(2014, 11, 3))]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"date_resiliation": None}, "La date manque."),
        ({"date_resiliation": date(1998, 11, 25)}, "La date précède la signature de la convention."),
        ({"date_resiliation": date(2026, 11, 2)}, "La date est dans le futur."),
        ({"numero": "  ", "numero_norm": ""}, "La convention n'a pas de numéro."),
    ],
)
def test_what_cannot_be_asked_stands_apart_with_its_reason(changes: Row, reason: str) -> None:
    done = found({"fct_convention": [convention(1, **{**RESILIEE, **changes})]})
    assert done.ready("resiliations") == []
    assert list(done.waiting("resiliations").values()) == [reason]


@pytest.mark.parametrize("day", [date(1998, 11, 26), date(2026, 11, 1)])
def test_a_date_may_be_the_signature_s_or_today_s(day: date) -> None:
    done = found({"fct_convention": [convention(1, **{**RESILIEE, "date_resiliation": day})]})
    assert done.ready("resiliations") == [("33 N 1", day)]


def test_a_number_that_another_agreement_bears_is_never_asked_even_outside_the_selection() -> None:
    twin = convention(2, numero="33-N/1", numero_norm="33N1", code_departement="2A")
    done = found({"fct_convention": [convention(1, **RESILIEE), twin]}, Selection(("33",)))
    assert done.waiting("resiliations") == {"33 N 1": "2 conventions portent ce numéro : APiLos les changerait toutes."}


def test_an_agreement_that_never_reached_apilos_is_not_asked() -> None:
    done = found({"fct_convention": [convention(1, **RESILIEE)], "rec_apilos": [apilos(1, est_reprise=False)]})
    assert done.waiting("resiliations") == {"33 N 1": "L'import officiel ne l'a pas reprise dans APiLos."}


def test_an_anah_agreement_is_to_clean_out_not_to_terminate() -> None:
    rows = {"fct_convention": [convention(1, est_anah=True, **RESILIEE)]}
    assert found(rows).ready("resiliations") == []
    assert [row["numero"] for row in listed(rows)] == ["33 N 1"]


def test_a_selection_keeps_its_agreements_alone() -> None:
    rows = {"fct_convention": [convention(1, **RESILIEE), convention(2, code_departement="2A", **RESILIEE)]}
    assert found(rows, Selection(("2A",))).ready("resiliations") == [("33 N 2", date(2011, 4, 5))]


def test_a_financing_that_the_import_wrote_otherwise_is_ready_financing_by_financing() -> None:
    done = found({
        "fct_convention": [convention(1), convention(2), convention(3)],
        "fct_lot": [lot(1, "PLS"), lot(2, "PALULOS"), lot(3, "PALULOS")],
        "rec_apilos": [apilos(1), apilos(2), apilos(3)],
    })  # fmt: skip
    assert done.ready("financements") == [("33 N 2", "PALULOS"), ("33 N 3", "PALULOS"), ("33 N 1", "PLS")]


@pytest.mark.parametrize("financement", ["PLUS", "PAM"])
def test_a_financing_that_apilos_already_bears_is_not_asked(financement: str) -> None:
    done = found({"fct_convention": [convention(1)], "fct_lot": [lot(1, financement)], "rec_apilos": [apilos(1)]})
    assert (done.ready("financements"), done.waiting("financements")) == ([], {})


@pytest.mark.parametrize(
    ("lots", "reason"),
    [
        (["PLAI", "PLUS"], "Plusieurs financements : APiLos n'en donne qu'un à toutes les conventions du numéro. Scinder d'abord."),
        (["PLI"], "APiLos ne donne pas ce financement par liste."),
        ([None], "Aucun financement connu : le chercher dans la convention."),
        (["PLAI"], "Un constat porte sur ce financement : le trancher d'abord."),
    ],
)
def test_a_finding_on_the_financing_is_settled_by_people(lots: list[str | None], reason: str) -> None:
    done = found({
        "fct_convention": [convention(1)],
        "fct_lot": [lot(1, financement) for financement in lots],
        "rec_apilos": [apilos(1)],
        "fct_anomalie": [constat("a", 1, regle_id="FIN-001")],
    })  # fmt: skip
    assert (done.ready("financements"), done.waiting("financements")) == ([], {"33 N 1": reason})


def test_what_the_lots_and_apilos_say_helps_to_decide() -> None:
    done = found({
        "fct_convention": [convention(1)],
        "fct_lot": [lot(1, "PLUS"), lot(1, "PLAI", nb_logements=5)],
        "rec_apilos": [apilos(1), apilos(1, "PLAI")],
        "fct_anomalie": [constat("a", 1, regle_id="FIN-001", message="Convention mixte.")],
    })  # fmt: skip
    (row,) = done.corrections["financements"].a_completer
    assert row["financement"] is None
    assert row["precision"] == "FIN-001 : Convention mixte.\nPLAI : 5 logements ; PLUS : 10 logements\nDans APiLos : PLAI, PLUS"


@pytest.mark.parametrize("changes", [{"severite": "information"}, {"etat": "resolue"}, {"regle_id": "DUR-001"}])
def test_an_information_a_resolved_finding_and_another_family_say_nothing_of_the_financing(changes: Row) -> None:
    done = found({
        "fct_convention": [convention(1)],
        "fct_lot": [lot(1)],
        "rec_apilos": [apilos(1)],
        "fct_anomalie": [constat("a", 1, **{"regle_id": "FIN-001", **changes})],
    })  # fmt: skip
    assert done.waiting("financements") == {}


def owned(old: str, new: str, **changes: object) -> dict[str, list[Row]]:
    """An agreement whose owner an amendment changed."""
    period = {"convention_id": "ecoloweb:1", "statut": "OPPOSABLE"}
    return {
        "fct_convention": [convention(1, bailleur_id=new, **changes)],
        "fct_convention_version": [
            {**period, "version_id": "ecoloweb:10", "date_debut": date(1998, 11, 26)},
            {**period, "version_id": "ecoloweb:11", "date_debut": date(2008, 1, 1), "avenant_id": "ecoloweb:5"},
        ],
        "fct_lot_version": [
            {"lot_id": "ecoloweb:100", "version_id": "ecoloweb:10", "convention_id": "ecoloweb:1", "bailleur_id": old},
            {"lot_id": "ecoloweb:101", "version_id": "ecoloweb:11", "convention_id": "ecoloweb:1", "bailleur_id": new},
        ],
        "fct_avenant": [{"avenant_id": "ecoloweb:5", "convention_id": "ecoloweb:1", "types": ["1", "7"]}],
    }


def test_a_change_of_owner_is_a_number_and_a_siren() -> None:
    assert found(owned(LAC, ARMOR)).ready("bailleurs") == [("33 N 1", "005520135")]


def test_an_owner_that_the_import_read_is_not_asked() -> None:
    done = found(owned(LAC, LAC))
    assert (done.ready("bailleurs"), done.waiting("bailleurs")) == ([], {})


def test_an_owner_known_twice_under_one_siren_has_not_changed() -> None:
    rows = owned(LAC, "ecoloweb:60")
    twin = {"bailleur_id": "ecoloweb:60", "nom": "Habitat du Lac", "siren": "123456782"}
    done = found({**rows, "dim_bailleur": [twin, {"bailleur_id": LAC, "nom": "Habitat du Lac", "siren": "123456782"}]})
    assert (done.ready("bailleurs"), done.waiting("bailleurs")) == ([], {})


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        (PERSONNE, "Le nouveau bailleur n'a pas de SIREN."),
        (FAUX, "Le SIREN du nouveau bailleur n'est pas valide."),
    ],
)
def test_a_new_owner_without_a_good_siren_is_not_asked(new: str, reason: str) -> None:
    assert found(owned(LAC, new)).waiting("bailleurs") == {"33 N 1": reason}


@pytest.mark.parametrize("amendment", [{"types": ["7"]}, {"types": ["1"], "est_annule": True}])
def test_a_change_that_no_amendment_tells_is_to_check(amendment: Row) -> None:
    rows = owned(LAC, ARMOR)
    rows["fct_avenant"] = [{**rows["fct_avenant"][0], **amendment}]
    assert found(rows).waiting("bailleurs") == {
        "33 N 1": "Aucun avenant de mutation : vérifier l'acte avant de demander le changement."
    }


def test_an_abandoned_agreement_asks_for_nothing() -> None:
    done = found(owned(LAC, ARMOR, statut="ABANDONNEE"))
    assert (done.ready("bailleurs"), done.waiting("bailleurs")) == ([], {})


def listed(rows: Mapping[str, Sequence[Row]], selection: Selection | None = None) -> list[Row]:
    with marts(rows) as connection:
        return corrections.anah(connection, selection or Selection())


def test_anah_agreements_are_listed_with_what_makes_them_anah_s_and_whether_apilos_has_them() -> None:
    rows = listed({
        "fct_convention": [
            convention(1, est_anah=True),
            convention(2, est_anah=True, code_departement="01", convention_type="80-429 - ANAH", statut="DENONCEE"),
            convention(3),
        ],
        "dim_financement": [
            {"code_typefinancement": "17", "libelle": "ANAH AVEC TRAVAUX", "est_anah": True},
            {"code_typefinancement": "1", "libelle": "PLUS"},
        ],
        "fct_lot": [
            lot(1, "ANAH", code_typefinancement="17"),
            lot(1, "PLUS", code_typefinancement="1"),
            lot(3, "PLUS", code_typefinancement="1"),
        ],
        "rec_apilos": [apilos(1, est_reprise=False)],
    })  # fmt: skip
    assert [(row["numero"], row["etat"], row["motif"], row["est_dans_apilos"]) for row in rows] == [
        ("33 N 2", "Dénoncée", "Convention type 80-429 - ANAH", True),
        ("33 N 1", "Opposable", "Financement : ANAH AVEC TRAVAUX (code 17)", False),
    ]


def test_anah_agreements_are_those_of_the_selection() -> None:
    rows = {"fct_convention": [convention(1, est_anah=True), convention(2, est_anah=True, code_departement="01")]}
    assert [row["numero"] for row in listed(rows, Selection(("01",)))] == ["33 N 2"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a parc where one agreement is terminated, another cannot be, and a third is ANAH's."""
    place = tmp_path_factory.mktemp("corrections")
    rows = {
        "fct_convention": [
            convention(1, **RESILIEE),
            convention(2, statut="RESILIEE"),
            convention(3, est_anah=True, date_expiration=date(2007, 6, 30)),
        ],
    }
    run = publish(place / "parc", rows)
    with run.connect() as connection:
        corrections.ecrire(connection, run, Selection(("33",)), place / "corrections")
    return place / "corrections"


def read(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8-sig").splitlines()


def test_a_file_holds_what_apilos_asks_for_and_nothing_else(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "resiliations.xlsx")
    assert list(book.worksheets[0].iter_rows(values_only=True)) == [
        ("Numéro de convention", "Date de résiliation"),
        ("33 N 1", datetime(2011, 4, 5)),  # noqa: DTZ001 - a cell has no zone
    ]
    assert book.sheetnames == ["Résiliations", "À compléter", "Explications"]


def test_the_csv_holds_the_same_rows_the_french_way(folder: Path) -> None:
    assert read(folder / "resiliations.csv") == ["Numéro de convention;Date de résiliation", "33 N 1;05/04/2011"]


def test_what_cannot_be_asked_says_why_on_a_sheet_of_its_own(folder: Path) -> None:
    titles, line = openpyxl.load_workbook(folder / "resiliations.xlsx")["À compléter"].iter_rows(values_only=True)
    said = dict(zip(titles, line, strict=True))
    assert (said["Numéro de convention"], said["Ce qui empêche de la demander"]) == ("33 N 2", "La date manque.")


def test_a_file_without_a_row_holds_its_titles(folder: Path) -> None:
    assert read(folder / "bailleurs.csv") == ["Numéro de convention;SIREN du bailleur"]
    assert openpyxl.load_workbook(folder / "bailleurs.xlsx").sheetnames == ["Changements de bailleur", "Explications"]


def test_the_list_of_anah_agreements_has_a_file_of_its_own(folder: Path) -> None:
    titles, line = read(folder / "conventions_anah.csv")
    assert titles.startswith("Numéro de convention;Département;Date de signature;Prise d'effet;Expiration;État;Pourquoi")
    assert line.startswith("33 N 3;33;26/11/1998;;30/06/2007;Opposable;")


def test_every_workbook_says_what_it_is_and_where_it_comes_from(folder: Path) -> None:
    books = sorted(folder.glob("*.xlsx"))
    assert len(books) == 5
    for book in books:
        said = {row[2] for row in openpyxl.load_workbook(book)["Explications"].iter_rows(values_only=True)}
        assert {"Contenu\u00a0: département 33.", "20261101T091200Z-aaaaaa"} <= said

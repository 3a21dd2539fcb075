"""An exported report is read whatever its encoding, separator and titles, from CSV or XLSX alike; a damaged one is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data_contracts.errors import BadInputError
from data_contracts.layout import Home
from ingest.formats import Format, detect_report
from ingest.importer import ImportReport, import_delivery
from ingest.readers.report import slug
from tests.support import made_sisal
from tests.unit.ingest.conftest import NOW

TWO = (
    {"SU totale": "1\u00a0017,2", "MOA (code SIRET)": "5881167000015"},
    {"Produit": "PLAI", "Nb logts": "1\u00a0528", "SU totale": "", "Commune": "Sénas"},
)


@pytest.fixture
def sisal(home: Home) -> Callable[..., ImportReport]:
    """Import a made report."""

    def run(path: Path, departements: tuple[str, ...] = ()) -> ImportReport:
        return import_delivery(home, "sisal", path, now=NOW, departements=departements)

    return run


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("N° Opération GALION", "n_operation_galion"),
        ("Réf. Coordonnées XY", "ref_coordonnees_xy"),
        ("Type d'habitat", "type_d_habitat"),
        ("Type d’habitat ", "type_d_habitat"),
        ("MOA (code SIRET)", "moa_code_siret"),
    ],
)
def test_a_column_is_known_by_its_label_without_accents_nor_punctuation(label: str, name: str) -> None:
    assert slug(label) == name


def test_numbers_written_in_french_are_typed_and_lines_are_those_of_the_file(
    tmp_path: Path, sisal: Callable[..., ImportReport], landed: Callable[..., list[dict[str, Any]]]
) -> None:
    rows = landed(sisal(made_sisal.write_csv(tmp_path / "export.csv", TWO)), "rapport_1")

    assert [(row["_ligne"], row["su_totale"], row["nb_logts"], row["moa_code_siret"]) for row in rows] == [
        (5, 1017.2, 10, "5881167000015"),
        (6, None, 1528, "73282932000074"),
    ]


@pytest.mark.parametrize(
    "form",
    [
        {"delimiter": delimiter, "encoding": encoding, "titles": titles}
        for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16")
        for delimiter, titles in ((",", ("", "Rapport 1", "")), (";", ()), ("\t", tuple("abcdefgh")))
    ],
)
def test_encoding_separator_and_titles_are_found_out(
    form: dict[str, Any],
    tmp_path: Path,
    sisal: Callable[..., ImportReport],
    landed: Callable[..., list[dict[str, Any]]],
) -> None:
    path = made_sisal.write_csv(tmp_path / "export.csv", TWO, **form)

    rows = landed(sisal(path), "rapport_1")

    assert [(row["commune"], row["gestionnaire"], row["su_totale"]) for row in rows] == [
        ("Aix-en-Provence", "Métropole inventée", 1017.2),
        ("Sénas", "Métropole inventée", None),
    ]


def test_a_workbook_lands_the_same_rows_as_the_file(
    tmp_path: Path, sisal: Callable[..., ImportReport], landed: Callable[..., list[dict[str, Any]]]
) -> None:
    text = sisal(made_sisal.write_csv(tmp_path / "export.csv", TWO))
    book = sisal(made_sisal.write_xlsx(tmp_path / "export.xlsx", TWO))

    assert (text.delivery.format, book.delivery.format) == ("rapport_csv", "rapport_xlsx")
    assert landed(book, "rapport_1") == landed(text, "rapport_1")


def test_what_a_file_is_does_not_depend_on_its_name(tmp_path: Path) -> None:
    assert detect_report(made_sisal.write_csv(tmp_path / "a.xlsx", TWO)).format is Format.RAPPORT_CSV
    assert detect_report(made_sisal.write_xlsx(tmp_path / "b.csv", TWO)).format is Format.RAPPORT_XLSX


def test_empty_lines_at_the_end_are_no_rows_and_one_in_the_middle_is_refused_with_its_line(
    tmp_path: Path, sisal: Callable[..., ImportReport], refused: Callable[..., list[dict[str, Any]]]
) -> None:
    path = made_sisal.write_csv(tmp_path / "export.csv", TWO)
    first, second = path.read_bytes().splitlines(keepends=True)[-2:]
    start = path.read_bytes()[: -len(first + second)]
    path.write_bytes(start + first + b"\r\n" + second + b"\r\n" + b"," * 32 + b"\r\n")

    report = sisal(path)

    [table] = report.delivery.tables
    assert (table.nb_recus, table.nb_poses, table.nb_quarantaine) == (3, 2, 1)
    assert [row["_ligne"] for row in refused(report, "rapport_1")] == [6]


def test_an_owner_without_siret_is_hidden_with_the_name_of_the_operation(
    tmp_path: Path, sisal: Callable[..., ImportReport], landed: Callable[..., list[dict[str, Any]]]
) -> None:
    person = {"MOA (code SIRET)": "NR", "MOA (nom officiel)": "DUPIN ANATOLE", "Nom Opération": "MAISON DUPIN", "MOA Ville": "ICI"}
    nobody = {"MOA (code SIRET)": "NR", "MOA (nom officiel)": "Non renseigné", "Produit": "PLS"}

    [hidden, unknown] = landed(sisal(made_sisal.write_csv(tmp_path / "export.csv", [person, nobody])), "rapport_1")

    assert "DUPIN" not in str(hidden)
    assert (hidden["moa_nom_officiel"][:2], hidden["nom_operation"][:2], hidden["moa_ville"]) == ("p:", "p:", None)
    assert unknown["moa_nom_officiel"] == "Non renseigné"


@pytest.mark.parametrize(
    ("own", "code"),
    [
        ({}, "13"),
        ({"Réf. Parcelle cadastrale": "2A004 000 AW 0144"}, "2A"),
        ({"Réf. Parcelle cadastrale": "", "N° Opération GALION": "2015DD0840021"}, "84"),
        ({"Réf. Parcelle cadastrale": "", "N° Opération GALION": "2015DD02A0021"}, "2A"),
        ({"Réf. Parcelle cadastrale": "", "N° Opération GALION": "2015DD9740021"}, "974"),
        ({"Réf. Parcelle cadastrale": "", "N° Opération GALION": "2015974110021"}, "974"),
    ],
)
def test_a_row_is_of_the_departement_of_its_parcel_else_of_its_number(
    own: dict[str, str], code: str, tmp_path: Path, sisal: Callable[..., ImportReport]
) -> None:
    path = made_sisal.write_csv(tmp_path / "export.csv", [own])

    kept, left = sisal(path, (code,)), sisal(path, ("33",))

    assert (kept.delivery.tables[0].nb_poses, kept.avertissements) == (1, ())
    assert (left.delivery.tables[0].nb_hors_perimetre, len(left.avertissements)) == (1, 1)


def _cut(path: Path) -> None:
    made_sisal.write_csv(path, TWO)
    path.write_bytes(path.read_bytes()[:-20])


def _wide(path: Path) -> None:
    made_sisal.write_csv(path, TWO)
    path.write_bytes(path.read_bytes() + b"x," * 40 + b"\r\n")


def _other(path: Path) -> None:
    path.write_text("a;b;c\n1;2;3\n", encoding="utf-8")


def _binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)))


def _broken_book(path: Path) -> None:
    made_sisal.write_xlsx(path, TWO)
    path.write_bytes(path.read_bytes()[:900])


def _doubled(path: Path) -> None:
    made_sisal.write_csv(path, TWO)
    path.write_bytes(path.read_bytes().replace(b"Zone 123", b"Zone ABC"))


def _lacking(path: Path) -> None:
    made_sisal.write_csv(path, TWO)
    path.write_bytes(path.read_bytes().replace(b"Produit", b"Chose"))


def _empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize(
    ("make", "cause"),
    [
        (_cut, r"ligne 6 : \d+ champs pour 33 colonnes"),
        (_wide, r"ligne 7 : 41 champs pour 33 colonnes"),
        (_other, "n'a pas d'en-tête « Rapport 1 »"),
        (_binary, "ni en UTF-8 ni dans l'encodage de Windows"),
        (_broken_book, "n'est pas un classeur XLSX lisible"),
        (_doubled, "la colonne zone_abc y est plusieurs fois"),
        (_lacking, "il manque la colonne produit"),
        (_empty, "est vide"),
        (Path.mkdir, "est un dossier"),
        (lambda _: None, "n'existe pas"),
    ],
)
def test_what_is_not_a_whole_report_is_refused_in_one_sentence(
    make: Callable[[Path], None], cause: str, tmp_path: Path, sisal: Callable[..., ImportReport], home: Home
) -> None:
    path = tmp_path / "reçu"
    make(path)

    with pytest.raises(BadInputError, match=rf"reçu.*{cause}"):
        sisal(path)

    assert not list(home.landing.glob("*/*"))

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from data_contracts.extraits.classeur import ColonneFichier
from data_contracts.extraits.csv_excel import csv_excel, lu

NOM, PART, JOUR = ColonneFichier("nom", "Nom", 10), ColonneFichier("part", "Part", 10), ColonneFichier("jour", "Jour", 10)


def test_the_file_opens_in_a_french_excel() -> None:
    rows = [{"nom": "L'Été ; « A »", "part": Decimal("-1234.50"), "jour": date(1998, 11, 26)}, {"nom": None, "part": None}]
    content = csv_excel(rows, [NOM, PART, JOUR])
    assert content.decode("utf-8-sig") == 'Nom;Part;Jour\r\n"L\'Été ; « A »";-1234,5;26/11/1998\r\n;;\r\n'
    assert content.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("text", ["=1+1", "+33 1", "-2 logements", "@nom"])
def test_a_text_of_the_file_never_runs_as_a_formula(text: str) -> None:
    assert csv_excel([{"nom": text}], [NOM]).decode("utf-8-sig") == f"Nom\r\n'{text}\r\n"


@pytest.mark.parametrize("text", ["=1+1", "'=1", "''@x", "'abc", "-2", "' =1", "", "L'Été"])
def test_a_text_is_read_back_as_it_was(text: str) -> None:
    written = csv_excel([{"nom": text}], [NOM]).decode("utf-8-sig").removeprefix("Nom\r\n").removesuffix("\r\n").strip('"')
    assert lu(written) == text

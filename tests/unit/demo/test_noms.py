"""Nobody in the demo exists: persons, numbers and addresses are made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.demo import noms

if TYPE_CHECKING:
    from tests.unit.demo.conftest import Demo

INVENTES = {debut + fin for debut in noms.DEBUTS_DE_NOM for fin in noms.FINS_DE_NOM}
PRENOMS = set(noms.PRENOMS)


def luhn(chiffres: str) -> bool:
    doubles = (int(chiffre) * (2 if rang % 2 else 1) for rang, chiffre in enumerate(reversed(chiffres)))
    return sum(valeur - 9 if valeur > 9 else valeur for valeur in doubles) % 10 == 0


def valeurs(demo: Demo, requete: str) -> list[str]:
    return [valeur for (valeur,) in demo.lignes(requete)]


def test_private_owners_have_made_names(demo: Demo) -> None:
    for nom in valeurs(demo, "select raisonsociale from bailleur where codepersonne is not null and raisonsociale <> 'ANAH'"):
        _, famille, *prenom = nom.split(" ")
        assert famille in INVENTES
        assert {texte.capitalize() for texte in prenom} <= PRENOMS


def test_contacts_and_clerks_have_made_names(demo: Demo) -> None:
    assert set(valeurs(demo, "select nom from contactbailleur union select designationinstructeur from conventionapl")) <= INVENTES
    assert set(valeurs(demo, "select prenom from contactbailleur where prenom is not null")) <= PRENOMS


def test_telephones_are_in_the_ranges_kept_for_fiction(demo: Demo) -> None:
    tables = {"adressebailleur": "telephone1", "entitegestadresse": "telephone1", "contactbailleur": "tel"}
    telephones = valeurs(demo, " union ".join(f"select {colonne} from {table}" for table, colonne in tables.items()))
    fictifs = re.compile("(019900|026191|035301|046571|053649)[0-9]{4}")
    assert [telephone for telephone in telephones if telephone and not fictifs.fullmatch(telephone)] == []


def test_mail_goes_to_a_domain_that_cannot_exist(demo: Demo) -> None:
    tables = ("adressebailleur", "entitegestadresse", "contactbailleur")
    mails = valeurs(demo, " union ".join(f"select mail from {table}" for table in tables))
    assert [mail for mail in mails if mail and not mail.endswith(".example")] == []


def test_sirens_and_sirets_have_their_check_digit_where_no_case_is_planted(reglementaire: Demo) -> None:
    numeros = valeurs(reglementaire, "select codesiren from bailleur union select codesiret from bailleur")
    assert [numero for numero in numeros if numero and not luhn(numero)] == []


def test_the_numbers_of_a_territory_are_all_different() -> None:
    assert len({noms.siren(numero) for numero in range(5000)}) == 5000
    assert len({noms.adresse(rang) for rang in range(5000)}) == 5000
    assert len({noms.raison_sociale(rang) for rang in range(112)}) == 112

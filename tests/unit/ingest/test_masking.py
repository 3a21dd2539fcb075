"""Whatever surrounds it, an address, a telephone or an announced name is masked; the words of the trade stay readable."""

from __future__ import annotations

import duckdb
import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.masking import EMAIL_MASK, NAME_MASK, NUMBER_MASK, masked, recognised, recognised_sql
from ingest.masking import install as install_masks
from tests.support.made_satisfaction import phones


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Écrire à a.dupin@exemple.test, merci", f"Écrire à {EMAIL_MASK}, merci"),
        ("a.dupin (at) exemple point test", EMAIL_MASK),
        ("a.dupin arobase exemple.test", EMAIL_MASK),
        ('"Anatole Dupin"@exemple.test', EMAIL_MASK),
        ("au 06 12 34 56 78 le matin", f"au {NUMBER_MASK} le matin"),
        ("+33 (0)6.12.34.56.78", NUMBER_MASK),
        ("0033-612-345-678", NUMBER_MASK),
        ("o6 12 34 56 78", f"o{NUMBER_MASK}"),
        ("NIR 1 85 05 78 006 084 91", f"NIR {NUMBER_MASK}"),
        ("1 85 05 2A 006 084", NUMBER_MASK),
        ("FR76 3000 6000 0112 3456 7890 189 à créditer", f"{NUMBER_MASK} à créditer"),
        ("GB29 NWBK 6016 1331 9268 19", NUMBER_MASK),
        ("Mme Dupin-Lévêque a répondu", f"Mme {NAME_MASK} a répondu"),
        ("mme dupin a répondu", f"mme {NAME_MASK} a répondu"),
        ("M. et Mme de La Tour", f"M. et Mme {NAME_MASK}"),
        ("Monsieur Anatole d'Aubigné, agent", f"Monsieur {NAME_MASK}, agent"),
        ("Merci.\nCordialement,\nAnatole Dupin", f"Merci.\nCordialement,\n{NAME_MASK}"),
        ("Je m'appelle Anatole", f"Je m'appelle {NAME_MASK}"),
    ],
)
def test_what_tells_a_person_is_masked(text: str, expected: str) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Madame, Monsieur, le loyer de 1 017,20 € est faux depuis le 12/03/2024 à 14 h.",
        "Monsieur le préfet et M. le maire ont signé.",
        "Les conventions de 2022 et 2023 du DD33 dans SIAP, lots PLUS et PLAI",
        "Le nom du bailleur manque.",
        "",
    ],
)
def test_the_words_of_the_trade_stay(text: str) -> None:
    assert masked(text) == text


@given(st.text(), st.emails(), st.text())
def test_no_address_survives(before: str, email: str, after: str) -> None:
    found = masked(f"{before}{email}{after}")

    assert email not in found
    assert "@" not in found


@given(st.text(), phones(), st.text())
def test_no_telephone_survives(before: str, phone: str, after: str) -> None:
    found = masked(f"{before}{phone}{after}")

    assert phone not in found
    assert phone[-8:] not in found


@given(st.text(alphabet="aM.mEé Dup'’-@0123456789()\n[]+") | st.text())
def test_masking_twice_is_masking_once(text: str) -> None:
    assert masked(masked(text)) == masked(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CHEZ MME DUPIN ANATOLE", f"CHEZ MME {NAME_MASK}"),
        ("Relance de Monsieur Dupin au 06 12 34 56 78", f"Relance de Monsieur {NAME_MASK} au {NUMBER_MASK}"),
        ("Acte reçu par Me Dupin, a.dupin@exemple.test", f"Acte reçu par Me {NAME_MASK}, {EMAIL_MASK}"),
        ("NIR 1 85 05 78 006 084 91", f"NIR {NUMBER_MASK}"),
        ("CHEZ MME DUPIN\nLE PARC", f"CHEZ MME {NAME_MASK}\nLE PARC"),
        ("Conv H 1577 - M DUPIN", f"Conv H 1577 - M {NAME_MASK}"),
    ],
)
def test_a_text_of_the_trade_loses_what_surely_tells_a_person(text: str, expected: str) -> None:
    assert recognised(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Conv H 1577 - 33 2 1998-11 85-1231 2100",
        "Convention publiée au SPF le 12/03/2012, volume 2012 P n° 12345",
        "12 RUE DU DOCTEUR ROUX",
        "3 AV MADAME DE STAEL",
        "Résidence du Dr Schweitzer",
        "SIREN 352 973 622, SIRET 352 973 622 00016",
        "Travaux du 01/02/2019 12/03/2020, 1 017,20 € le m²",
    ],
)
def test_a_text_of_the_trade_keeps_its_dates_references_and_places(text: str) -> None:
    assert recognised(text) == text


@hypothesis.settings(max_examples=20)
@given(st.lists(st.text(alphabet="Mme DuPIN@.-012é'\n", max_size=60), min_size=50))
def test_the_database_leaves_aside_no_text_that_the_masks_would_change(texts: list[str]) -> None:
    with duckdb.connect() as connection:
        install_masks(connection)
        found = connection.execute(f"select {recognised_sql('t')} from (select unnest($1::varchar[]) as t)", [texts]).fetchall()

    assert [text for (text,) in found] == list(map(recognised, texts))

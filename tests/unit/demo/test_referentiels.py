"""The code lists, read as the sources mean them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ingest.demo.profil import ANAH_SANS_RECONDUCTION_DEPUIS
from ingest.demo.referentiels import (
    Gamme,
    Nature,
    Secteur,
    departements,
    famille,
    identifiant,
    liste,
    reconduction,
    types_en_vigueur,
    valeur,
)

ORDINAIRE, COURANTE = Nature.ORDINAIRE, Gamme.COURANTE


@pytest.mark.parametrize(
    ("code", "attendue"),
    [
        *((code, "PLUS") for code in ("1", "2", "7", "8", "20", "23")),
        *((code, "PLAI") for code in ("3", "89")),
        *((code, "PLS") for code in ("9", "13", "90")),
        *((code, "ANAH") for code in ("17", "19", "81")),
        *((code, "SANS_FINANCEMENT") for code in ("18", "22", "93")),
    ],
)
def test_a_financing_has_the_family_of_the_warehouse(code: str, attendue: str) -> None:
    assert famille(code) == attendue


def test_the_lists_are_complete() -> None:
    tailles = {nom: len(liste(nom)) for nom in ("typefinancement", "conventiontype", "valeurparamstatic", "sousnaturebailleur")}
    assert tailles == {"typefinancement": 37, "conventiontype": 72, "valeurparamstatic": 115, "sousnaturebailleur": 30}
    assert len(departements()) == 101


@pytest.mark.parametrize(("jour", "type_"), [(date(1990, 2, 15), 100030), (date(1990, 2, 16), 100032), (date(2026, 1, 1), 200013)])
def test_a_type_applies_from_its_decree_to_the_next(jour: date, type_: int) -> None:
    assert [trouve.id for trouve in types_en_vigueur(ORDINAIRE, Secteur.HLM, COURANTE, jour)] == [type_]


def test_one_decree_may_have_several_annexes() -> None:
    assert len(types_en_vigueur(ORDINAIRE, Secteur.AUTRE, COURANTE, date(2020, 1, 1))) == 2


def test_a_foyer_has_the_types_of_its_nature_whoever_owns_it() -> None:
    jour = date(2022, 1, 1)
    assert types_en_vigueur(Nature.FOYER_PA, Secteur.HLM, COURANTE, jour) == types_en_vigueur(
        Nature.FOYER_PA, Secteur.AUTRE, COURANTE, jour
    )


def test_no_type_exists_before_the_first_decree() -> None:
    with pytest.raises(ValueError, match="aucune convention type"):
        types_en_vigueur(Nature.FOYER_INCLUSIF, Secteur.HLM, COURANTE, date(2021, 12, 31))


def test_a_decree_is_quoted_without_its_title() -> None:
    (type_,) = types_en_vigueur(Nature.FOYER_PA, Secteur.HLM, COURANTE, date(2019, 9, 1))
    assert type_.decret == "2019-772"


def test_codes_lead_to_real_ids() -> None:
    assert (valeur("ECO", "OPP"), valeur("TAN", "2"), identifiant("naturelogement", "7")) == (10471, 10271, 200000)


def test_an_agreement_of_anah_is_never_renewed_from_the_first_day_of_its_type() -> None:
    depuis = ANAH_SANS_RECONDUCTION_DEPUIS
    avant, apres = (
        types_en_vigueur(ORDINAIRE, Secteur.PRIVE, Gamme.ANAH, jour)[0].id for jour in (depuis - timedelta(days=1), depuis)
    )
    assert (reconduction(avant), reconduction(apres)) == ("2", "3")

"""A damaged delivery is refused, set apart or told as its contract says: never silently accepted, never a stack trace."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from data_contracts.layout import Home
from tests.conftest import ROOT
from tests.integration.dommages.constat import Constat, Saine, abimee, recue
from tests.integration.dommages.dommages import DOMMAGES, Dommage, Issue

PAGE = ROOT / "docs" / "livraisons-abimees.md"
REWRITE = "PARC_ECRIRE_DOMMAGES"
ENTETE = """\
# Les livraisons abîmées

Ce qu'il advient d'une livraison selon ce qui lui est arrivé. Chaque ligne est un essai : la livraison saine est importée, puis
l'abîmée, et l'on rapporte ce qui en est dit. `tests/integration/dommages` refait les essais et tient ce tableau.

- **refusée** : rien n'est importé, rien n'a changé ; la phrase dit quoi, où et que faire.
- **quarantaine** : les lignes concernées sont mises à part avec leur raison, les autres sont posées.
- **signalée** : tout est posé, et ce qui étonne est compté, à l'import ou dans les contrôles du run.
- **lue sans perte** : ce qui ressemble à un dommage n'en est pas un, les lignes posées sont les mêmes.

| dommage | source | issue | ce qui est dit |
|---|---|---|---|
"""


@pytest.fixture(scope="session")
def saine(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Dommage], Saine]:
    """Give what is said of each sound delivery, imported once."""
    known: dict[Callable[[Path], Path], Saine] = {}

    def received(dommage: Dommage) -> Saine:
        if dommage.saine not in known:
            folder = tmp_path_factory.mktemp(dommage.saine.__name__)
            known[dommage.saine] = recue(Home(folder / "parc"), dommage.source, dommage.saine(folder))
        return known[dommage.saine]

    return received


@pytest.fixture(scope="session")
def constate(saine: Callable[[Dommage], Saine], tmp_path_factory: pytest.TempPathFactory) -> Callable[[Dommage], Constat]:
    """Tell what becomes of a damaged delivery, received once, after the sound one."""
    known: dict[str, Constat] = {}

    def told(dommage: Dommage) -> Constat:
        if dommage.nom not in known:
            folder = tmp_path_factory.mktemp(dommage.nom)
            before = saine(dommage)
            home = Home(shutil.copytree(before.home.root, folder / "parc"))
            known[dommage.nom] = abimee(Saine(home, before.delivery, before.phrases), dommage.abimer(dommage.saine(folder)))
        return known[dommage.nom]

    return told


@pytest.mark.parametrize("dommage", DOMMAGES, ids=lambda dommage: dommage.nom)
def test_a_damaged_delivery_meets_the_fate_that_its_contract_says(dommage: Dommage, constate: Callable[[Dommage], Constat]) -> None:
    found = constate(dommage)

    assert found.issue is dommage.issue
    assert dommage.dit in " ".join(found.phrases)


@pytest.mark.parametrize("dommage", [one for one in DOMMAGES if one.issue is Issue.REFUSEE], ids=lambda dommage: dommage.nom)
def test_a_refusal_is_one_french_sentence_that_says_what_to_do(dommage: Dommage, constate: Callable[[Dommage], Constat]) -> None:
    (sentence,) = constate(dommage).phrases

    assert "\n" not in sentence
    assert sentence.endswith(".")
    assert any(mark in sentence for mark in (" ; ", " : "))


def test_the_page_of_damages_says_what_happens(constate: Callable[[Dommage], Constat]) -> None:
    page = ENTETE + "".join(_line(dommage, constate(dommage)) for dommage in DOMMAGES)
    if os.environ.get(REWRITE):
        PAGE.write_text(page, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page, f"stale: run this test again with {REWRITE}=1"


def _line(dommage: Dommage, found: Constat) -> str:
    said = "<br>".join(found.phrases).replace("|", "\\|") or "rien"
    return f"| {dommage.fait} | {dommage.source} | {found.issue} | {said} |\n"

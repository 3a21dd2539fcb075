from __future__ import annotations

from datetime import date
from typing import Any

from dashboards.components.frise import EVENEMENTS_MONTRES, Vie, phrase, reperes

REFERENCE = date(2026, 11, 1)
DATES = (
    "date_depot",
    "date_signature",
    "date_publication",
    "date_effet",
    "date_resiliation",
    "date_annulation",
    "date_expiration_initiale",
    "date_expiration",
    "date_echeance_tacite",
)


def _convention(**dates: date) -> dict[str, Any]:
    return {**dict.fromkeys(DATES), **dates}


def _periode(rang: int, debut: date, fin: date | None, *, courante: bool = False) -> dict[str, Any]:
    return {"rang": rang, "date_debut": debut, "date_fin": fin, "est_courante": courante, "statut": "OPPOSABLE"}


def _avenant(**values: Any) -> dict[str, Any]:  # noqa: ANN401 - values of any column
    return {"numero": 1, "date_signature": None, "date_publication": None, "date_depot": None, "est_annule": False, **values}


def _evenement(jour: date | None) -> dict[str, Any]:
    return {"date": jour, "type": "STATUT_A_SIGNER", "type_libelle": "Projet → À signer"}


def test_everything_dated_comes_in_order_of_time() -> None:
    life = Vie(
        _convention(date_depot=date(2000, 1, 1), date_expiration=date(2040, 1, 1)),
        [_periode(1, date(2000, 2, 1), date(2010, 5, 1)), _periode(2, date(2010, 5, 1), None, courante=True)],
        [_avenant(date_signature=date(2005, 1, 1))],
        [_evenement(date(2007, 1, 1)), _evenement(None)],
    )
    found = reperes(life, REFERENCE)
    assert [(mark.debut.year, mark.genre) for mark in found] == [
        (2000, "Date"),
        (2000, "Période passée"),
        (2005, "Avenant"),
        (2007, "Évènement"),
        (2010, "Période courante"),
        (2040, "Date"),
    ]


def test_an_open_period_runs_until_the_reference_date() -> None:
    (mark,) = reperes(Vie(_convention(), [_periode(1, date(2010, 5, 1), None, courante=True)], [], []), REFERENCE)
    assert (mark.fin, mark.texte) == (REFERENCE, "depuis le 01/05/2010 · Période 1, opposable")


def test_a_period_is_never_drawn_backwards() -> None:
    periods = [_periode(1, date(2027, 1, 1), None), _periode(2, date(2027, 6, 1), date(2001, 1, 1))]
    later, reversed_ = reperes(Vie(_convention(), periods, [], []), REFERENCE)
    assert (later.fin, reversed_.fin) == (date(2027, 1, 1), date(2027, 6, 1))


def test_an_amendment_without_signature_stands_at_its_publication_then_its_deposit_and_nowhere_without_date() -> None:
    amendments = [_avenant(date_publication=date(2001, 1, 1)), _avenant(date_depot=date(2002, 1, 1), est_annule=True), _avenant()]
    found = reperes(Vie(_convention(), [], amendments, []), REFERENCE)
    assert [mark.texte for mark in found] == ["01/01/2001 · Avenant n° 1", "01/01/2002 · Avenant n° 1 (annulé)"]


def test_the_sentence_says_the_current_period_and_the_expiry() -> None:
    periods = [_periode(1, date(2000, 2, 1), date(2010, 5, 1), courante=True), _periode(2, date(2010, 5, 1), None)]
    assert phrase(Vie(_convention(), periods, [], [])) == (
        "2 périodes et 0 avenant. Période courante : opposable, depuis le 01/02/2000 ; aucune date d'expiration connue."
    )
    assert phrase(Vie(_convention(), [], [], [])) == "La source ne donne aucune période à cette convention."


def test_only_the_latest_events_stand_on_the_line() -> None:
    days = [date(2000 + year, 1, 1) for year in range(EVENEMENTS_MONTRES + 3)]
    found = reperes(Vie(_convention(), [], [], [_evenement(day) for day in reversed(days)]), REFERENCE)
    assert [mark.debut for mark in found] == days[3:]

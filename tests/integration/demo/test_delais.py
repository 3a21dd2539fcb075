"""The stages of the published parc, and the indicators that follow them, reckoned again from the dates of its agreements."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from dateutil.easter import easter

from dashboards import donnees
from dashboards.filtres.delais import Filtres
from dashboards.periodes import Periode
from dashboards.requetes import delais as requetes_delais
from dashboards.requetes import survie as requetes_survie
from tests.support import kaplan_meier

if TYPE_CHECKING:
    from tests.integration.demo.conftest import PublishedDemo

Row = dict[str, Any]
FIXED = [(1, 1), (5, 1), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)]
MOVABLE = [1, 39, 50]
EMANCIPATION = {"971": (5, 27), "972": (5, 22), "973": (6, 10), "974": (12, 20), "976": (4, 27)}
OFFICES = ("HLM", "SEM", "AUTRE")


@dataclass(frozen=True)
class Stage:
    """A stage as the dates of its agreement tell it."""

    etape_id: str
    objet_id: str
    convention: Row
    debut: date | None
    fin: date | None
    est_attendue: bool
    est_abandonnee: bool
    est_reprise: bool

    def destin(self, today: date) -> str:
        """Return what becomes of it."""
        if self.debut is None:
            return "sans_debut"
        if self.fin is not None and self.fin < self.debut:
            return "negatif"
        if self.debut < date(1977, 1, 1) or max(self.debut, self.fin or self.debut) > today:
            return "hors_periode"
        if self.fin is not None:
            return "ferme"
        if self.est_attendue:
            return "ouvert"
        return "abandonne" if self.est_abandonnee else "sans_fin"


def rows(demo: PublishedDemo, query: str) -> list[Row]:
    found = demo.marts.execute(query)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def stages(demo: PublishedDemo) -> Iterator[Stage]:
    conventions = {row["convention_id"]: row for row in rows(demo, "select * from fct_convention")}
    for key, one in conventions.items():
        signed = one["date_signature_prefet"] or one["date_signature_delegataire"]
        under_way = one["statut"] == "INSTRUCTION"
        alive = under_way or one["est_en_vigueur"]
        needs_no_publication = bool(one["est_foyer"] and one["est_outre_mer"])
        given_up = one["statut"] in {"ANNULEE", "ABANDONNEE"}
        told = [
            ("T-08", one["date_depot"], signed, under_way),
            ("T-09", one["date_signature_bailleur"], signed, under_way),
            ("T-10", signed, one["date_publication"], alive and not needs_no_publication),
            ("T-11", one["date_refus_publication"], one["date_publication"], alive),
            ("T-13", signed, one["date_envoi_caf"], alive),
            ("T-14", one["date_depot"], one["date_effet"], alive),
        ]
        if under_way:
            told.append(("T-16", one["date_depot"] or one["date_saisie"], None, True))
        for name, start, end, awaited in told:
            if name != "T-11" or start is not None:
                yield Stage(name, key, one, start, end, awaited, given_up, bool(one["est_reprise"]))
    for amendment in rows(demo, "select * from fct_avenant where convention_id is not null"):
        one, start = conventions[amendment["convention_id"]], amendment["date_depot"]
        given_up = amendment["est_annule"] or one["statut"] in {"ANNULEE", "ABANDONNEE"}
        taken_over = bool(one["est_reprise"] and start and one["date_saisie"] and start <= one["date_saisie"])
        awaited = bool(amendment["est_en_cours"]) and not given_up
        yield Stage("T-15", amendment["avenant_id"], one, start, amendment["date_signature"], awaited, given_up, taken_over)


@cache
def calendar(department: str | None) -> np.busdaycalendar:
    days = []
    for year in range(1977, 2036):
        days += [date(year, month, day) for month, day in FIXED] + [easter(year) + timedelta(days=after) for after in MOVABLE]
        days += [date(year, 5, 8)] if year >= 1982 else []
        days += [easter(year) - timedelta(days=2), date(year, 12, 26)] if department in {"57", "67", "68"} else []
        emancipation = date(year, *EMANCIPATION[department]) if department in EMANCIPATION else date.min
        days += [emancipation] if emancipation >= date(1983, 11, 24) else []
    return np.busdaycalendar(holidays=days)


def business_days(start: date, end: date, department: str | None) -> int:
    after, last = (np.datetime64(day + timedelta(days=1)) for day in (start, end))
    return int(np.busday_count(after, last, busdaycal=calendar(department)))


def test_every_stage_that_can_be_measured_is_published_with_its_durations(demo: PublishedDemo) -> None:
    today = date.fromisoformat(demo.truth["date_reference"])
    expected = {}
    for stage in stages(demo):
        if stage.debut is not None and (destin := stage.destin(today)) in {"ferme", "ouvert"}:
            last = stage.fin or today
            worked = business_days(stage.debut, last, stage.convention["code_departement"])
            lasted = (last - stage.debut).days
            told = (stage.debut, stage.fin, lasted, worked, destin == "ouvert", stage.est_reprise)
            expected[stage.etape_id, stage.convention["convention_id"], stage.objet_id] = told

    published = {
        (row["etape_id"], row["convention_id"], row["objet_id"]): (
            row["date_debut"],
            row["date_fin"],
            row["duree_jours"],
            row["duree_jours_ouvres"],
            row["est_censure"],
            row["est_reprise"],
        )
        for row in rows(demo, "select * from fct_delai")
    }
    assert {key: (told, published.get(key)) for key, told in expected.items() if published.get(key) != told} == {}
    assert published.keys() == expected.keys()


def test_every_stage_is_counted_once_with_what_became_of_it(demo: PublishedDemo) -> None:
    today = date.fromisoformat(demo.truth["date_reference"])
    counted = {(row["etape_id"], row["destin"]): row["nb"] for row in rows(demo, "select * from rec_delai")}

    assert counted == Counter((stage.etape_id, stage.destin(today)) for stage in stages(demo))
    assert {destin for _, destin in counted} >= {"ferme", "ouvert", "negatif", "abandonne"}


def followed(demo: PublishedDemo, stage: str) -> list[Row]:
    """The files that the indicator of a stage counts."""
    return [
        row
        for row in rows(demo, "select * from fct_delai")
        if row["etape_id"] == stage and row["nature_bailleur"] in OFFICES and not (row["est_reprise"] or row["est_anah"])
    ]


def told(demo: PublishedDemo, stage: str, measure: str, axis: str) -> dict[tuple[str, str], tuple[float | None, int]]:
    """The values of a measure and what they rest on, by value of the axis and period."""
    return {
        (row["modalite"], row["periode"]): (None if row["valeur"] is None else float(row["valeur"]), row["effectif"])
        for row in rows(demo, "select * from kpi_valeur")
        if (row["kpi_id"], row["mesure"], row["axe"]) == (stage, measure, axis)
    }


STAGES = pytest.mark.parametrize("stage", ["T-08", "T-09", "T-10", "T-11", "T-13", "T-14", "T-15"])


@STAGES
@pytest.mark.parametrize(("measure", "share"), [("mediane", 0.5), ("p75", 0.75), ("p90", 0.9)])
def test_closed_files_are_told_by_month_and_by_year_of_closing(demo: PublishedDemo, stage: str, measure: str, share: float) -> None:
    closed = defaultdict(list)
    for row in followed(demo, stage):
        if not row["est_censure"]:
            for period in (row["mois_fin"], str(row["annee_fin"])):
                closed["ensemble", period].append(row["duree_jours"])
    expected = {key: (pytest.approx(np.quantile(days, share), abs=1e-3), len(days)) for key, days in closed.items()}

    assert told(demo, stage, measure, "ensemble") == expected


@STAGES
def test_the_page_without_filter_shows_what_the_indicator_says(
    demo: PublishedDemo, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(donnees, "_entiere", lambda _run: demo.marts)  # one process opens a run once
    filters = Filtres(stage)
    shown = {
        year: requetes_delais.chiffres(demo.run, filters, Periode.de_l_annee(int(year)))
        for _, year in told(demo, stage, "nb_fermes", "ensemble")
        if len(year) == 4
    }
    for measure in ("mediane", "p75", "p90"):
        expected = {year: value for (_, year), value in told(demo, stage, measure, "ensemble").items() if year in shown}
        assert {year: (pytest.approx(row[measure], abs=1e-3), row["fermes"]) for year, row in shown.items()} == expected
    opened = {row["annee"]: row["mediane"] for row in requetes_survie.cohortes(demo.run, filters)}
    assert opened == {int(year): value for (_, year), (value, _) in told(demo, stage, "mediane_ouverture", "ensemble").items()}


@STAGES
def test_the_files_opened_in_a_year_have_their_kaplan_meier_median(demo: PublishedDemo, stage: str) -> None:
    opened = defaultdict(list)
    for row in followed(demo, stage):
        key = row["code_departement"] or "non renseigné", str(row["annee_debut"])
        opened[key].append((row["duree_jours"], row["est_censure"]))
    expected = {key: (kaplan_meier.median(files), len(files)) for key, files in opened.items()}

    assert told(demo, stage, "mediane_ouverture", "departement") == expected


@STAGES
def test_the_open_files_tell_their_age(demo: PublishedDemo, stage: str) -> None:
    waiting = defaultdict(list)
    for row in followed(demo, stage):
        if row["est_censure"]:
            waiting[row["nature_bailleur"], demo.truth["date_reference"]].append(row["duree_jours"])
    expected = {key: (pytest.approx(np.quantile(days, 0.5)), len(days)) for key, days in waiting.items()}

    assert told(demo, stage, "age_median", "nature_bailleur") == expected


def test_the_share_refused_is_that_of_the_agreements_sent(demo: PublishedDemo) -> None:
    sent = defaultdict(list)
    for row in rows(demo, "select * from fct_convention where date_envoi_publication is not null"):
        if row["nature_bailleur"] in OFFICES and not (row["est_reprise"] or row["est_anah"]):
            sent["ensemble", str(row["date_envoi_publication"].year)].append(row["date_refus_publication"] is not None)
    expected = {key: (pytest.approx(100 * sum(refused) / len(refused), abs=1e-4), len(refused)) for key, refused in sent.items()}

    assert told(demo, "T-11", "part_refusee", "ensemble") == expected
    assert any(value for value, _ in told(demo, "T-11", "part_refusee", "ensemble").values())


def test_an_amendment_of_several_types_counts_in_each(demo: PublishedDemo) -> None:
    closed = Counter(
        (kind, str(row["annee_fin"])) for row in followed(demo, "T-15") if not row["est_censure"] for kind in row["types"]
    )

    assert {key: count for key, (_, count) in told(demo, "T-15", "nb_fermes", "type_avenant").items()} == dict(closed)

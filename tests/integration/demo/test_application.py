"""Every key figure of the application equals what `parc sql` says of the same run, to the last digit shown."""

from __future__ import annotations

import json
import re
from decimal import ROUND_HALF_UP, Decimal
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from streamlit.testing.v1 import AppTest

from dashboards import pages
from tests.support.command import parc_does

if TYPE_CHECKING:
    from tests.integration.demo.conftest import WholeDemo

APP = Path(__file__).parents[3] / "dashboards" / "app.py"
_FIGURE = re.compile(r'<span class="libelle">(?P<name>.*?)</span><span class="valeur">(?P<value>.*?)</span>')


class View(NamedTuple):
    """A page with its filters, and the SQL of each of its key figures, written apart from the application's own."""

    page: pages.Page
    address: dict[str, str]
    figures: dict[str, str]


OPEN = "from fct_anomalie where etat = 'ouverte'"
IN_FORCE = "from fct_convention where est_en_vigueur"
VIEWS = {
    "accueil": View(
        pages.ACCUEIL,
        {},
        {
            "Conventions": "select count(*) from fct_convention",
            "Conventions en vigueur": f"select count(*) {IN_FORCE}",
            "Logements conventionnés": f"select sum(nb_logements) {IN_FORCE}",
            "Bailleurs": "select count(distinct bailleur_id) from fct_lot where convention_id in "
            f"(select convention_id {IN_FORCE}) and bailleur_id in (select bailleur_id from dim_bailleur)",
            "Conventions mixtes": f"select count(*) {IN_FORCE} and est_mixte",
            "Conventions ANAH": f"select count(*) {IN_FORCE} and est_anah",
            "Avenants": "select count(*) from fct_avenant",
            "Sans publication": f"select count(*) {IN_FORCE} and date_publication is null",
            "Expiration passée": f"select count(*) {IN_FORCE} and date_expiration < '{{reference}}'",
            "Cas non réglementaires": f"select count(*) {OPEN} and severite = 'non_reglementaire'",
            "Anomalies": f"select count(*) {OPEN} and severite = 'anomalie'",
            "À vérifier": f"select count(*) {OPEN} and severite = 'a_verifier'",
        },
    ),
    "accueil filtré": View(
        pages.ACCUEIL,
        {"territoire": "33,59", "financement": "PLUS", "depuis": "1990"},
        {
            "Conventions": "select count(*) from fct_convention where code_departement in ('33', '59') "
            "and list_contains(familles_financement, 'PLUS') and date_signature >= '1990-01-01'",
            "Logements conventionnés": f"select sum(nb_logements) {IN_FORCE} and code_departement in ('33', '59') "
            "and list_contains(familles_financement, 'PLUS') and date_signature >= '1990-01-01'",
            "Anomalies": "select count(*) from fct_anomalie as anomalie "
            "inner join fct_convention as convention on anomalie.convention_id = convention.convention_id "
            "where anomalie.etat = 'ouverte' and anomalie.severite = 'anomalie' and anomalie.code_departement in ('33', '59') "
            "and list_contains(convention.familles_financement, 'PLUS') and convention.date_signature >= '1990-01-01'",
        },
    ),
    "cas": View(
        pages.CAS,
        {"severite": "tous"},
        {
            "Cas": f"select count(*) {OPEN} and severite <> 'information'",
            "Conventions concernées": f"select count(distinct convention_id) {OPEN} and severite <> 'information'",
            "Logements concernés": "select sum(nb_logements) from fct_convention where convention_id in "
            f"(select convention_id {OPEN} and severite <> 'information')",
        },
    ),
    "délais": View(
        pages.DELAIS,
        {"etape": "T-08", "depuis": "1990", "jusqua": "2020"},
        {
            "Médiane": "select median(duree_jours) {closed}",
            "75e centile": "select quantile_cont(duree_jours, 0.75) {closed}",
            "90e centile": "select quantile_cont(duree_jours, 0.9) {closed}",
            "Dossiers fermés": "select count(*) {closed}",
            "Encore dans l'étape": "select count(*) from fct_delai where etape_id = 'T-08' and est_suivi and est_censure",
        },
    ),
    "satisfaction": View(
        pages.SATISFACTION,
        {},
        {
            "Réponses": "select count(*) from fct_avis",
            "Avec un commentaire": "select count(*) from fct_avis where verbatim is not null",
        },
    ),
}
_CLOSED = (
    "from fct_delai where etape_id = 'T-08' and est_suivi and not est_censure and date_fin between '1990-01-01' and '2020-12-31'"
)


def _shown(demo: WholeDemo, view: View, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The key figures that a page shows, by name; the first of a name holds."""
    monkeypatch.setenv("PARC_HOME", str(demo.run.home.root))
    app = AppTest.from_file(str(APP), default_timeout=120).switch_page(view.page.script)
    app.query_params.update(view.address)
    app.run()
    assert not app.exception, app.exception
    found = [match for block in app.get("html") for match in _FIGURE.finditer(block.value)]
    return {unescape(match["name"]): unescape(match["value"]) for match in reversed(found)}


def _number(written: str) -> Decimal:
    """The number of a figure written the French way: « 1 234,5 % »."""
    digits = re.sub(r"[\s\u202f\u00a0]", "", written).replace(",", ".").replace("−", "-")
    return Decimal(re.sub(r"[^0-9.\-].*$", "", digits))


@pytest.mark.parametrize("name", VIEWS)
def test_key_figures_are_those_of_parc_sql(whole_demo: WholeDemo, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    view = VIEWS[name]
    reference = whole_demo.run.reference_date
    asked = {figure: sql.format(closed=_CLOSED, reference=reference) for figure, sql in view.figures.items()}
    columns = ", ".join(f'({sql}) as "{figure}"' for figure, sql in asked.items())
    (said,) = json.loads(parc_does(whole_demo.run.home, "sql", f"select {columns}", "--format", "json"), parse_float=Decimal)
    shown = {figure: _number(written) for figure, written in _shown(whole_demo, view, monkeypatch).items() if figure in said}
    assert shown.keys() == said.keys()
    rounded = {
        figure: Decimal(said[figure]).quantize(Decimal(1).scaleb(value.as_tuple().exponent), ROUND_HALF_UP)
        for figure, value in shown.items()
        if isinstance(value.as_tuple().exponent, int)
    }
    assert shown == rounded

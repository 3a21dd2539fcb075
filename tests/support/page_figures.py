"""What each page of the application must show: the SQL of its figures, written from the marts apart from the application's own.

A figure is named as the page names it: a key figure or a field by its title, a cell of a table by « table | row | column ». In the
SQL and the addresses, {reference} is the reference date, {agreement} an agreement that has events, amendments and findings.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from streamlit.testing.v1 import AppTest

from dashboards import pages
from data_contracts.layout import Home
from data_contracts.publication import current_run
from tests.support.command import parc_does

APP = Path(__file__).parents[2] / "dashboards" / "app.py"
_NAMED = re.compile(r'<(?:span class="libelle"|dt)>(?P<name>[^<]*)</(?:span|dt)><(?:span class="valeur"|dd)>(?P<value>[^<]*)<')
_CELL = re.compile(r"<t[dh][^>]*>(.*?)</t[dh]>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


class View(NamedTuple):
    """A page with its filters, and the SQL of its figures."""

    page: pages.Page
    address: dict[str, str]
    figures: dict[str, str]


AGREEMENT = """
select min(convention_id)
from fct_convention
where convention_id in (select convention_id from fct_evenement)
    and convention_id in (select convention_id from fct_avenant)
    and convention_id in (select convention_id from fct_anomalie)
    and nb_logements > 0
"""
OPEN = "from fct_anomalie where etat = 'ouverte'"
IN_FORCE = "from fct_convention where est_en_vigueur"
SOCIAL = (
    "from fct_convention_version as periode left join fct_lot_version as lot on lot.version_id = periode.version_id "
    "where not periode.est_anah and date '{day}' >= periode.date_vigueur_debut "
    "and (periode.date_vigueur_fin is null or date '{day}' <= periode.date_vigueur_fin)"
)
SOCIAL_TODAY, SOCIAL_2010 = (SOCIAL.replace("{day}", day) for day in ("{reference}", "2010-01-01"))
CLOSED = (
    "from fct_delai where etape_id = 'T-08' and est_suivi and not est_censure and date_fin between '1990-01-01' and '2020-12-31'"
)
UNCOVERED = (
    "from fct_agrement where est_conventionnable and not est_reprise_siap and not coalesce(est_abandonnee, false) "
    "and nb_conventions + nb_conventions_terminees = 0"
)
RECONCILED = "Lignes reçues, gardées et refusées, table par table"


def _measure(measure: str, period: str = "{reference}") -> str:
    code, name = measure.split(".")
    return (
        f"select valeur from kpi_valeur where kpi_id = '{code}' and mesure = '{name}' and axe = 'ensemble' and periode = '{period}'"
    )


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
    "parc": View(
        pages.PARC,
        {},
        {
            "Conventions en vigueur, hors ANAH": f"select count(*) {IN_FORCE} and not est_anah",
            "Logements ordinaires": f"select sum(nb_logements_restants) {SOCIAL_TODAY} and not periode.est_foyer",
            "Logements de foyers": f"select sum(nb_logements_restants) {SOCIAL_TODAY} and periode.est_foyer",
            "Lits de foyers": f"select sum(nb_lits) {SOCIAL_TODAY} and periode.est_foyer and nb_logements_restants > 0",
            "Conventions ANAH": f"select count(*) {IN_FORCE} and est_anah",
        },
    ),
    "parc en 2010": View(
        pages.PARC,
        {"au": "2010-01-01"},
        {
            "Conventions en vigueur, hors ANAH": f"select count(distinct periode.convention_id) {SOCIAL_2010}",
            "Logements ordinaires": f"select sum(nb_logements_restants) {SOCIAL_2010} and not periode.est_foyer",
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
    "fiche": View(
        pages.FICHE_CONVENTION,
        {"convention": "{agreement}"},
        {
            "Avenants": "select count(*) from fct_avenant where convention_id = '{agreement}' and not est_annule",
            "Logements": "select nb_logements from fct_convention where convention_id = '{agreement}'",
        },
    ),
    "agréments": View(
        pages.AGREMENTS,
        {},
        {
            "Couverture des agréments (A-08)": _measure("A-08.part_couverte"),
            "Agréments sans convention": f"select count(*) {UNCOVERED}",
            "Logements sans convention": f"select sum(nb_logements) {UNCOVERED}",
        },
    ),
    "délais": View(
        pages.DELAIS,
        {"etape": "T-08", "depuis": "1990", "jusqua": "2020"},
        {
            "Médiane": f"select median(duree_jours) {CLOSED}",
            "75e centile": f"select quantile_cont(duree_jours, 0.75) {CLOSED}",
            "90e centile": f"select quantile_cont(duree_jours, 0.9) {CLOSED}",
            "Dossiers fermés": f"select count(*) {CLOSED}",
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
    "adoption": View(
        pages.ADOPTION,
        {},
        {
            "Bailleurs actifs sur 90 jours": _measure("A-01.nb_90"),
            "Bailleurs actifs sur 365 jours": _measure("A-01.nb_365"),
            "Services actifs sur 90 jours": _measure("A-02.nb_90"),
            "Services actifs sur 365 jours": _measure("A-02.nb_365"),
            "Retours pour 100 dossiers": _measure("S-08.retours_pour_100"),
            "Part dématérialisée en 2025": _measure("A-06.part_dematerialisee", "2025"),
            "Conventions signées en 2025": _measure("A-06.nb_signees", "2025"),
        },
    ),
    "qualité": View(
        pages.QUALITE,
        {},
        {
            "Score moyen": "select avg(score_qualite) from fct_convention",
            "Avec un défaut": "select count(*) from fct_convention where score_qualite < 100",
            "Sans score": "select count(*) from fct_convention where score_qualite is null",
        },
    ),
    "quarantaine": View(
        pages.QUALITE,
        {"vue": "reconciliation"},
        {
            f"{RECONCILED} | operation_annoncee | {column}": f"select {field} from rec_table "
            "where source = 'siap' and table_source = 'operation_annoncee'"
            for column, field in {"Reçues": "nb_recus", "Gardées": "nb_poses", "Quarantaine": "nb_quarantaine"}.items()
        },
    ),
    "règle": View(
        pages.REGLES,
        {"regle": "FIN-001"},
        {
            "Objets auxquels elle s'applique": "select nb_applicables from dim_regle where regle_id = 'FIN-001'",
            "Cas ouverts": f"select count(*) {OPEN} and regle_id = 'FIN-001' and severite <> 'information'",
        },
    ),
    "table du dictionnaire": View(
        pages.DICTIONNAIRE, {"table": "fct_lot"}, {"Dans cette publication": "select count(*) from fct_lot"}
    ),
}
"""Every page with figures of one run: the guide has none, and those of « Ce qui a changé » need a second run."""
CHANGES = View(
    pages.CHANGEMENTS,
    {},
    {
        title: f"select count(*) from fct_changement where nature = '{nature}'"
        for title, nature in {
            "Conventions ajoutées": "convention_ajoutee",
            "Conventions disparues": "convention_disparue",
            "Champs modifiés": "convention_modifiee",
            "Constats nouveaux": "constat_nouveau",
            "Constats résolus": "constat_resolu",
        }.items()
    },
)


def assert_shown_as_said(home: Home, view: View) -> None:
    """Open a page, and compare each of its figures with what `parc sql` says, to the last digit shown."""
    known = {"reference": current_run(home).reference_date, **_said(home, {"agreement": AGREEMENT})}
    said = _said(home, {name: sql.format_map(known) for name, sql in view.figures.items()})
    page = _shown(home, view.page, {name: value.format_map(known) for name, value in view.address.items()})
    shown = {name: number(page[name]) for name in said if name in page}
    assert shown.keys() == said.keys()
    different = {name: (value, said[name]) for name, value in shown.items() if value != _rounded_as(value, said[name])}
    assert not different, different


def number(written: str) -> Decimal:
    """Return the number of a figure written the French way: « 1 234,5 % », « 3 864 lignes »."""
    digits = re.sub(r"[\s\u202f\u00a0]", "", written).replace(",", ".").replace("−", "-")
    return Decimal(re.sub(r"[^0-9.\-].*$", "", digits))


def _said(home: Home, asked: dict[str, str]) -> dict[str, Any]:
    columns = ", ".join(f'({sql}) as "{name}"' for name, sql in asked.items())
    (said,) = json.loads(parc_does(home, "sql", f"select {columns}", "--format", "json"), parse_float=Decimal)
    return said


def _rounded_as(shown: Decimal, said: Any) -> Decimal:  # noqa: ANN401 - what JSON holds
    exponent = shown.as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(said).quantize(Decimal(1).scaleb(exponent), ROUND_HALF_UP)


def _shown(home: Home, page: pages.Page, address: dict[str, str]) -> dict[str, str]:
    """Return what a page writes, by name; the first of a name holds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARC_HOME", str(home.root))
        app = AppTest.from_file(str(APP), default_timeout=120).switch_page(page.script)
        app.query_params.update(address)
        app.run()
    assert not app.exception, app.exception
    blocks = [block.value for block in app.get("html")]
    found = [match.group("name", "value") for block in blocks for match in _NAMED.finditer(block)]
    found += [cell for block in blocks if "<table" in block for cell in _cells(block)]
    return {unescape(name): unescape(value) for name, value in reversed(found)}


def _cells(table: str) -> Iterator[tuple[str, str]]:
    """Give each cell of a table under « table | row | column »."""
    caption = re.findall(r"<figcaption>(.*?)</figcaption>", table)[0]
    head, *rows = (_CELL.findall(row) for row in table.split("<tr>")[1:])
    for row in rows:
        for column, cell in zip(head, row, strict=True):
            yield f"{caption} | {_TAG.sub('', row[0])} | {_TAG.sub('', column)}", _TAG.sub("", cell)

"""The quality score against its definition, reckoned again rule by rule and row by row from the views and the findings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal

import duckdb
import pytest

from data_contracts.indicator_loader import measures
from data_contracts.rule_contract import Etat, Niveau, Rule
from data_contracts.rule_loader import catalogue
from data_contracts.rule_sql import bind, value_of

Built = duckdb.DuckDBPyConnection
Control = tuple[str, str | None, int]
"""Object, agreement and weight of one control."""
Controls = dict[str, list[Control]]
"""By rule."""
POINTS = {"non_reglementaire": 5, "anomalie": 3, "a_verifier": 1, "information": 0}
ACTIVE = [rule for rule in catalogue().rules.values() if rule.state({"ecoloweb"}) is Etat.ACTIVE]


def controls(built: Built, rule: Rule) -> Iterator[Control]:
    """Give each control that a rule makes, its severities tried one by one."""
    bound = {name: value_of(parameter, rule.date_du_droit) for name, parameter in catalogue().parameters.items()}
    tried = "".join(f", ({bind(case.si, bound)})" for case in rule.severite if case.si)
    rows = built.execute(
        f"select objet_id, convention_id{tried} from regles.vue_{rule.grain} "
        f"where source = 'ecoloweb' and ({bind(rule.applicable, bound)})"
    ).fetchall()
    for objet, convention, *verdicts in rows:
        first = next((rank for rank, verdict in enumerate(verdicts) if verdict), len(verdicts))
        yield objet, convention, POINTS[rule.severite[first].niveau.value]


@pytest.fixture(scope="module")
def by_rule(built: Built) -> Controls:
    return {rule.id: list(controls(built, rule)) for rule in ACTIVE}


@pytest.fixture(scope="module")
def failing(built: Built) -> list[tuple[str | None, str]]:
    """Agreement and severity of each open finding."""
    return built.execute("select convention_id, severite from fct_anomalie where etat = 'ouverte'").fetchall()


def test_every_agreement_has_the_score_of_its_definition(
    built: Built, by_rule: Controls, failing: list[tuple[str | None, str]]
) -> None:
    applicable, failed = Counter[str](), Counter[str]()
    for found in by_rule.values():
        for _, convention, weight in found:
            applicable[convention or ""] += weight
    for convention, severity in failing:
        failed[convention or ""] += POINTS[severity]

    published = built.execute(
        "select convention_id, poids_applicable, poids_en_defaut, score_qualite from fct_convention order by convention_id"
    ).fetchall()

    wrong = [row for row in published if not _is_right(applicable[row[0]], failed[row[0]], row[1:])]
    assert len(published) == 600
    assert wrong == []
    assert len({row[3] for row in published}) > 5


def _is_right(applicable: int, failed: int, published: tuple[int, int, Decimal | None]) -> bool:
    *weights, score = published
    exact = 100 * (1 - Decimal(failed) / applicable) if applicable else None
    close = score is None if exact is None else score is not None and abs(score - exact) <= Decimal("0.005")
    return weights == [applicable, failed] and close


def test_a_rule_counts_the_objects_it_applies_to_those_of_no_agreement_among_them(built: Built, by_rule: Controls) -> None:
    counted = dict(built.execute("select regle_id, nb_applicables from dim_regle where nb_applicables is not null").fetchall())

    assert counted == {name: len(found) for name, found in by_rule.items()}
    assert counted["GEO-001"] > 0


def test_a_rule_counts_its_open_findings(built: Built) -> None:
    counted = dict(built.execute("select regle_id, nb_constats_ouverts from dim_regle where nb_constats_ouverts > 0").fetchall())
    found = dict(built.execute("select regle_id, count(*) from fct_anomalie where etat = 'ouverte' group by regle_id").fetchall())

    assert counted == found


def test_a_rule_of_no_closed_finding_has_no_rate(built: Built) -> None:
    assert built.execute("select count(*) from dim_regle where taux_faux_positifs_pct is not null or est_a_reviser").fetchone() == (
        0,
    )


@pytest.mark.parametrize(
    ("axis", "column"), [("departement", "code_departement"), ("source", "source"), ("bailleur", "bailleur_id")]
)
def test_the_mean_score_of_an_axis_is_that_of_its_agreements(built: Built, axis: str, column: str) -> None:
    scores = defaultdict(list)
    for value, score in built.execute(f"select {column}, score_qualite from fct_convention").fetchall():
        scores[value].append(score)
    published = built.execute(
        "select modalite, valeur, effectif, population from kpi_valeur where kpi_id = 'Q-01' and axe = $1", [axis]
    ).fetchall()

    assert published
    nobody = measures().axes["bailleur"].autre
    for value, mean, scored, agreements in published:
        if value == nobody:
            continue
        known = [score for score in scores[value] if score is not None]
        assert (scored, agreements) == (len(known), len(scores[value]))
        assert abs(mean - sum(known) / len(known)) < Decimal("0.0001")


def test_no_figure_tells_of_an_owner_who_may_be_a_person(built: Built) -> None:
    told = {row[0] for row in built.execute("select modalite from kpi_valeur where axe = 'bailleur'").fetchall()}
    private = built.execute(
        "select bailleur_id from dim_bailleur where est_personne_physique or nature_bailleur = 'PRIVE'"
    ).fetchall()
    owners = built.execute(
        "select distinct bailleur_id from fct_convention inner join dim_bailleur using (bailleur_id) "
        "where dim_bailleur.nature_bailleur in ('HLM', 'SEM', 'AUTRE')"
    ).fetchall()

    assert private
    assert measures().axes["bailleur"].autre in told
    assert told.isdisjoint({row[0] for row in private})
    assert {row[0] for row in owners} <= told


def test_a_department_an_owner_a_rule_and_a_severity_are_named(built: Built) -> None:
    named = dict(
        built.execute("select modalite, libelle_modalite from kpi_valeur where axe in ('departement', 'severite')").fetchall()
    )
    unnamed = (
        "select count(*) from kpi_valeur where axe in ('bailleur', 'regle') and libelle_modalite = modalite "
        "and modalite not like 'privés%'"
    )

    assert (named["33"], named["a_verifier"]) == ("Gironde", "à vérifier")
    assert built.execute(unnamed).fetchone() == (0,)


def test_the_dwellings_of_an_agreement_are_counted_once_whatever_its_cases(built: Built) -> None:
    cases = built.execute(
        "select convention_id, nb_logements from fct_convention where convention_id in "
        "(select convention_id from fct_anomalie where etat = 'ouverte' and severite = 'non_reglementaire')"
    ).fetchall()
    # before small numbers are hidden
    counted = "select valeur from indicateurs.mesure where kpi_id = 'Q-02' and mesure = 'nb_logements' and axe = 'ensemble'"

    assert built.execute(counted).fetchone() == (sum(dwellings for _, dwellings in cases),)


def test_open_and_closed_findings_make_them_all(built: Built) -> None:
    counts = dict(
        built.execute(
            "select mesure, valeur from kpi_valeur where kpi_id = 'Q-06' and axe = 'ensemble' and mesure like 'nb_%'"
        ).fetchall()
    )
    assert built.execute("select count(*) from fct_anomalie").fetchone() == (counts["nb_ouverts"] + counts["nb_clos"],)


def test_the_completeness_of_a_field_is_that_of_its_mart(built: Built) -> None:
    counted = built.execute(
        "select count(*), count(*) filter (where duree_pret_ans > 0) from fct_lot inner join fct_convention using (convention_id) "
        "where est_en_vigueur and famille_financement in ('PLUS', 'PLAI', 'PLS')"
    ).fetchone()
    summed = (
        "select sum(nb_applicables), sum(nb_renseignes) from agg_completude where mart = 'fct_lot' and champ = 'duree_pret_ans'"
    )
    told = "select denominateur, numerateur from kpi_valeur where kpi_id = 'Q-03' and modalite = 'fct_lot.duree_pret_ans'"

    assert built.execute(summed).fetchone() == counted == built.execute(told).fetchone()


def test_every_indicator_says_what_it_counts_and_every_figure_has_its_indicator(built: Built) -> None:
    missing = (
        "select kpi_id from kpi_catalogue where least(len(definition), len(numerateur), len(denominateur), len(population), "
        "len(source), len(fraicheur), len(petits_effectifs)) = 0"
    )
    assert built.execute(missing).fetchall() == []
    unknown = (
        "select distinct kpi_id, mesure from kpi_valeur where (kpi_id, mesure) not in "
        "(select (kpi_id, unnest(mesures ->> '$[*].nom')) from kpi_catalogue)"
    )
    assert built.execute(unknown).fetchall() == []


def test_an_indicator_has_figures_or_says_why_it_has_none(built: Built) -> None:
    silent = (
        "select kpi_id from kpi_catalogue where (nb_valeurs > 0) <> (etat = 'calcule') or (etat = 'calcule') <> (motif is null)"
    )
    states = built.execute("select distinct etat from kpi_catalogue order by all").fetchall()

    assert built.execute(silent).fetchall() == []
    assert states == [("calcule",), ("en_attente_de_source",), ("sans_valeur",)]


def test_a_protected_cell_shows_nothing_and_says_why(built: Built) -> None:
    counted = built.execute(
        "select count(*), count(valeur), count(numerateur), count(denominateur), count(effectif), count(population), count(motif) "
        "from kpi_valeur where est_protegee and kpi_id like 'P-%'"
    ).fetchone()

    assert counted is not None
    assert counted[0] > 0
    assert counted[1:] == (0, 0, 0, 0, 0, counted[0])


def test_no_published_commune_rests_on_fewer_than_five_agreements(built: Built) -> None:
    few = "select count(*) from kpi_valeur where axe = 'commune' and mesure = 'nb_conventions' and valeur < 5"

    assert built.execute(few).fetchone() == (0,)


def test_the_protected_communes_of_a_departement_are_not_told_by_its_total(built: Built) -> None:
    """Dwellings add up along territories: one hidden commune alone would be the total less the others."""
    alone = built.execute(
        "select departement.modalite from kpi_valeur as departement inner join kpi_valeur as commune "
        "on commune.kpi_id = departement.kpi_id and commune.mesure = departement.mesure and commune.axe = 'commune' "
        "and (commune.modalite like departement.modalite || '%') "
        "where departement.kpi_id = 'P-04' and departement.mesure = 'nb_logements' and departement.axe = 'departement' "
        "and not departement.est_protegee and departement.modalite <> 'non renseigné' "
        "group by all having count(*) filter (where commune.est_protegee) = 1"
    ).fetchall()

    assert alone == []


def test_the_weights_of_the_run_are_those_of_the_parameters(built: Built) -> None:
    assert dict(built.execute("select severite, poids from meta.severite").fetchall()) == POINTS
    assert [level.value for level in Niveau] == list(POINTS)

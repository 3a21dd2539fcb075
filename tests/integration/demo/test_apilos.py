"""Every delivery of the demo together: what APiLos changes in the warehouse, against what its generator decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.integration.demo.test_constats import PUBLISHED, scored

if TYPE_CHECKING:
    from tests.integration.demo.conftest import WholeDemo


def told(demo: WholeDemo, name: str) -> list[dict[str, Any]]:
    """The values of a list of the truth, by name."""
    return [dict(zip(demo.apilos["champs"][name], values, strict=True)) for values in demo.apilos[name]]


def test_every_row_is_landed_and_none_refused(whole_demo: WholeDemo) -> None:
    rows = whole_demo.marts.execute(
        """
        select table_source, nb_recus, nb_poses, nb_quarantaine from rec_table
        where source = 'apilos' and table_source in (select unnest(?))""",
        [list(whole_demo.apilos["lignes"])],
    ).fetchall()

    assert {table: received for table, received, _, _ in rows} == whole_demo.apilos["lignes"]
    assert [row for row in rows if row[1] != row[2] or row[3]] == []


def test_the_keys_taken_over_are_those_that_the_reconciliation_keeps(whole_demo: WholeDemo) -> None:
    kept = whole_demo.marts.execute(
        """
        select rec_apilos.cle_apilos from rec_apilos
        join fct_convention on fct_convention.convention_id = 'ecoloweb:' || split_part(rec_apilos.cle_apilos, ':', 1)
        where rec_apilos.est_reprise and fct_convention.code_departement in (select unnest(?))""",
        [whole_demo.apilos["departements"]],
    )

    assert {key for (key,) in kept.fetchall()} == {act["cle"] for act in told(whole_demo, "actes") if act["cle"]}


def test_every_agreement_and_amendment_of_apilos_leads_to_its_permanent_identifier(whole_demo: WholeDemo) -> None:
    published = whole_demo.marts.execute("select cle_source, convention_id from dim_convention_alias where source = 'apilos'")

    expected = {act["uuid"]: act["convention_id"] for act in told(whole_demo, "actes") if act["convention_id"]}
    assert dict(published.fetchall()) == expected


def test_an_agreement_is_in_the_state_of_the_source_that_has_the_last_word(whole_demo: WholeDemo) -> None:
    columns = ["source", "statut", "date_signature", "date_publication", "date_expiration", "nb_avenants", "nb_logements"]
    published = whole_demo.marts.execute(
        "select convention_id, source, statut, date_signature::varchar, date_publication::varchar, date_expiration::varchar, "
        "nb_avenants, nb_logements from fct_convention"
    ).fetchall()
    states = {row[0]: dict(zip(columns, row[1:], strict=True)) for row in published}

    expected = {state["convention_id"]: {name: state[name] for name in columns} for state in told(whole_demo, "etats")}
    assert {name: (state, expected[name]) for name, state in states.items() if state != expected.get(name)} == {}
    assert states.keys() == expected.keys()


def test_each_stage_lasts_what_it_lasted_to_the_day(whole_demo: WholeDemo) -> None:
    stages = told(whole_demo, "delais")
    names = list(stages[0])
    published = whole_demo.marts.execute(
        "select etape_id, objet_id, convention_id, date_debut::varchar, date_fin::varchar, duree_jours, duree_jours_ouvres, "
        "est_censure from fct_delai where etape_id <> 'T-16' and (source = 'apilos' or (etape_id, objet_id) in "
        "(select (etape, objet) from (select unnest(?) as etape, unnest(?) as objet)))",
        [[stage[names[0]] for stage in stages], [stage[names[1]] for stage in stages]],
    )

    assert {tuple(row) for row in published.fetchall()} == {tuple(stage.values()) for stage in stages}


def test_what_is_under_way_is_as_old_as_its_present_status(whole_demo: WholeDemo) -> None:
    published = whole_demo.marts.execute(
        "select objet_id, statut, date_debut::varchar, duree_jours from fct_delai where etape_id = 'T-16' and source = 'apilos'"
    )

    assert {tuple(row) for row in published.fetchall()} == {tuple(file) for file in whole_demo.apilos["stock"]}


def test_the_returns_of_a_file_are_those_it_made(whole_demo: WholeDemo) -> None:
    published = whole_demo.marts.execute(
        "select dossier_id, count(*) filter (where type_passage = 'correction' and statut_precedent = 'INSTRUCTION') "
        "from fct_passage group by all"
    )
    returns = dict(published.fetchall())

    assert {
        file: (returns.get(file, 0), made) for file, made in whole_demo.apilos["allers_retours"] if returns.get(file, 0) != made
    } == {}


def test_each_rule_finds_all_it_must_in_both_sources_and_nothing_else(whole_demo: WholeDemo) -> None:
    before, after, lifted = (
        {tuple(finding) for finding in findings}
        for findings in (whole_demo.truth["constats"], whole_demo.apilos["constats"], whole_demo.apilos["constats_leves"])
    )
    rules = whole_demo.truth["regles"] | whole_demo.apilos["regles"]
    found = [tuple(finding) for finding in whole_demo.marts.execute(PUBLISHED).fetchall()]

    scores = scored(found, list(before - lifted | after), rules)
    wrong = {
        rule: {"en trop": sorted(score.extra)[:5], "manqués": sorted(score.missed)[:5]}
        for rule, score in scores.items()
        if score.extra or score.missed
    }
    assert wrong == {}


def test_each_planted_case_of_apilos_is_found_and_each_near_miss_is_not(whole_demo: WholeDemo) -> None:
    found = {(rule, identifier) for rule, _, _, identifier in whole_demo.marts.execute(PUBLISHED).fetchall()}
    cases = whole_demo.apilos["cas"]

    assert cases
    assert [case for case in cases if ((case["regle"], case["objet"]) in found) is not case["attendu"]] == []

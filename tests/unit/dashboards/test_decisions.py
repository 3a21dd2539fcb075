"""Deciding of a finding in its page: recorded on the evidence shown, told, found again; or one sentence for each fault."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboards import decisions
from dashboards.decisions import Saisie
from data_contracts import decision_register
from data_contracts.decision import Decision, Statut
from data_contracts.decision_register import Register
from data_contracts.layout import Home
from data_contracts.lock import in_turn
from tests.unit.dashboards import made_rows, made_run

if TYPE_CHECKING:
    from dashboards.donnees import Ligne
    from data_contracts.publication import PublishedRun

OpenCase = Callable[..., AppTest]
Shown = Callable[[AppTest], str]
NOW = datetime(2026, 11, 3, 9, 30, 15, tzinfo=UTC)
OTHER = "d1" * 8
THIRD = "20261115T091200Z-cccccc"
AWAITED = "Les comptes et les listes la montreront à la prochaine publication."


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> PublishedRun:
    """The made run, alone in its home."""
    return made_run.write_run(Home(tmp_path_factory.mktemp("decide")))


@pytest.fixture
def made_home(first_run: PublishedRun, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """That home, where nobody has decided yet and nobody is named."""
    home = first_run.home
    monkeypatch.setenv("PARC_HOME", str(home.root))
    monkeypatch.delenv("PARC_AUTEUR", raising=False)
    yield home
    shutil.rmtree(home.register, ignore_errors=True)
    if home.current.resolve() != first_run.path:
        shutil.rmtree(home.current.resolve())
        home.current.unlink()
        home.current.symlink_to(first_run.run_id)


@pytest.fixture
def open_case(made_home: Home, open_screen: Callable[..., AppTest]) -> OpenCase:  # noqa: ARG001 - what the page reads
    """Open a finding of the made home."""
    return lambda case=made_rows.COURTE: open_screen("cas", constat=case)


@pytest.fixture
def other_evidence(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Make the next run show the first finding with other values than these."""

    def changed(**values: Any) -> None:  # noqa: ANN401 - values of any column
        rows = made_rows.MARTS["fct_anomalie"]
        changed = [{**row, **values} if row["anomalie_id"] == made_rows.COURTE else row for row in rows]
        monkeypatch.setitem(made_rows.MARTS, "fct_anomalie", changed)

    return changed


def decide(app: AppTest, typed: Saisie, case: str = made_rows.COURTE) -> AppTest:
    """Fill the form of a finding, and send it."""
    app.radio(key=f"decision_statut_{case}").set_value(typed.statut)
    app.text_area(key=f"decision_motif_{case}").set_value(typed.motif)
    app.text_input(key=f"decision_auteur_{case}").set_value(typed.auteur)
    [send] = [button for button in app.button if button.label == "Enregistrer la décision"]
    return send.click().run()


def taken(home: Home) -> list[tuple[str, Statut, str | None, str, str]]:
    return [
        (one.anomalie_id, one.statut, one.motif, one.auteur, one.empreinte_preuve) for one in decision_register.read(home).decisions
    ]


def made(**changes: Any) -> Decision:  # noqa: ANN401 - the fields of a decision
    fields = {"anomalie_id": made_rows.COURTE, "statut": Statut.JUSTIFIE, "motif": "prêt", "auteur": "A. Essai"}
    return Decision(**{**fields, "date_decision": NOW, "empreinte_preuve": made_rows.EMPREINTE, **changes})


def test_a_decision_is_recorded_on_the_evidence_shown_told_and_found_in_the_history(
    made_home: Home, open_case: OpenCase, shown: Shown
) -> None:
    text = shown(decide(open_case(), Saisie(Statut.JUSTIFIE, "prêt de <b>9</b> *ans*", " A. Essai ")))

    assert taken(made_home) == [(made_rows.COURTE, Statut.JUSTIFIE, "prêt de <b>9</b> *ans*", "A. Essai", made_rows.EMPREINTE)]
    assert "Décision enregistrée : « justifié », par A. Essai, le " in text
    assert AWAITED in text
    assert "Justifié prêt de <b>9</b> *ans* A. Essai oui" in text
    assert "Décidé depuis : justifié" in text


def test_a_page_drawn_again_records_nothing_and_tells_nothing_more(made_home: Home, open_case: OpenCase) -> None:
    app = decide(open_case(), Saisie(Statut.CORRIGE, "fait", "A. Essai"))

    app.run()

    assert len(taken(made_home)) == 1
    assert not app.success


def test_the_same_decision_sent_twice_is_recorded_once(made_home: Home, open_case: OpenCase, shown: Shown) -> None:
    typed = Saisie(Statut.FAUX_POSITIF, "règle trop large", "A. Essai")

    text = shown(decide(decide(open_case(), typed), typed))

    assert len(taken(made_home)) == 1
    assert "Cette décision est déjà enregistrée : « faux positif », par A. Essai, le " in text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (Saisie(None, "prêt", "A. Essai"), ["Aucune décision n'est choisie : choisir à traiter, justifié, corrigé, faux positif."]),
        (Saisie(Statut.JUSTIFIE, " \n", "A. Essai"), ["La décision « justifié » demande un motif."]),
        (Saisie(Statut.A_TRAITER, "", " "), ["La décision demande un auteur : écrire le nom de qui décide."]),
        (
            Saisie(Statut.CORRIGE, "", ""),
            ["La décision « corrigé » demande un motif.", "La décision demande un auteur : écrire le nom de qui décide."],
        ),
        (
            Saisie(Statut.CORRIGE, "a\x0bb", "A. Essai"),
            ["Le motif contient un caractère qui ne s'écrit pas dans un classeur : le retaper."],
        ),
        (Saisie(Statut.CORRIGE, "fait", "A" * 201), ["L'auteur a 201 caractères : 200 au plus."]),
    ],
)
def test_each_fault_is_one_sentence_and_nothing_is_recorded(
    made_home: Home, open_case: OpenCase, typed: Saisie, said: list[str]
) -> None:
    app = decide(open_case(), typed)

    assert [" ".join(warning.value.replace("\\", "").split()) for warning in app.warning] == said
    assert taken(made_home) == []


def test_what_is_left_to_do_needs_no_reason(made_home: Home, open_case: OpenCase) -> None:
    decide(open_case(), Saisie(Statut.A_TRAITER, "", "A. Essai"))

    assert taken(made_home) == [(made_rows.COURTE, Statut.A_TRAITER, None, "A. Essai", made_rows.EMPREINTE)]


@pytest.mark.parametrize("case", [made_rows.MELANGE, made_rows.RESOLUE, made_rows.CODE_INCONNU])
def test_any_finding_may_be_decided_of_as_with_the_command(made_home: Home, open_case: OpenCase, case: str) -> None:
    decide(open_case(case), Saisie(Statut.JUSTIFIE, "vu", "A. Essai"), case)

    assert [one[0] for one in taken(made_home)] == [case]


def test_who_decides_is_named_by_the_environment_then_by_what_was_typed(
    open_case: OpenCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARC_AUTEUR", "Cellule parc")
    app = open_case()
    assert app.text_input(key=f"decision_auteur_{made_rows.COURTE}").value == "Cellule parc"

    decide(app, Saisie(Statut.CORRIGE, "fait", "B. Essai"))
    app.query_params["constat"] = made_rows.MELANGE
    app.run()

    assert app.text_input(key=f"decision_auteur_{made_rows.MELANGE}").value == "B. Essai"


def test_a_session_on_an_older_run_decides_on_the_evidence_it_shows(
    made_home: Home, open_case: OpenCase, shown: Shown, other_evidence: Callable[..., None]
) -> None:
    app = open_case()
    other_evidence(empreinte_preuve=OTHER)
    made_run.write_run(made_home, made_run.SECOND)

    text = shown(decide(app, Saisie(Statut.JUSTIFIE, "prêt", "A. Essai")))
    assert taken(made_home) == [(made_rows.COURTE, Statut.JUSTIFIE, "prêt", "A. Essai", made_rows.EMPREINTE)]
    assert "Justifié prêt A. Essai oui" in text

    newer = shown(open_case())
    assert "Justifié prêt A. Essai non : prise sur une autre preuve" in newer
    assert "Décidé depuis : justifié, sur une autre preuve" in newer


def test_two_readers_who_decide_at_once_are_both_recorded_and_the_last_one_holds(open_case: OpenCase, shown: Shown) -> None:
    one, two = open_case(), open_case()

    decide(one, Saisie(Statut.JUSTIFIE, "prêt", "A. Essai"))
    text = shown(decide(two, Saisie(Statut.CORRIGE, "fait", "B. Essai")))

    assert "Corrigé fait B. Essai oui, en attendant une livraison" in text
    assert "Justifié prêt A. Essai non : remplacée" in text


def test_a_lock_held_too_long_is_one_sentence(
    made_home: Home, open_case: OpenCase, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decisions, "PATIENCE", 0.0)
    app = open_case()
    with in_turn(made_home.decisions_lock):
        text = shown(decide(app, Saisie(Statut.CORRIGE, "fait", "A. Essai")))

    assert f"Rien n'est enregistré. {made_home.decisions_lock} est tenu depuis plus de 0 s par un autre travail" in text
    assert taken(made_home) == []


def test_a_disk_that_refuses_is_one_sentence(made_home: Home, open_case: OpenCase, shown: Shown) -> None:
    made_home.register.mkdir()
    made_home.decisions.write_text("where a folder should be", encoding="utf-8")

    text = shown(decide(open_case(), Saisie(Statut.CORRIGE, "fait", "A. Essai")))

    assert f"le disque refuse d'écrire le registre des décisions ({made_home.decisions})" in text
    assert "Décision enregistrée" not in text


def test_a_damaged_file_of_the_register_is_told(made_home: Home, open_case: OpenCase, shown: Shown) -> None:
    decision_register.record(made_home, made())
    [path] = made_home.decisions.glob("*")
    path.write_bytes(b"")

    assert f"Le fichier de décisions {path} est abîmé" in shown(open_case())


def test_the_list_marks_what_was_decided_since_the_run_was_built_and_only_that(
    made_home: Home, open_screen: Callable[..., AppTest], shown: Shown, other_evidence: Callable[..., None]
) -> None:
    decision_register.record(made_home, made())
    assert "Non réglementaire Décidé depuis : justifié Durée d'une convention PLS" in shown(open_screen("cas", territoire="33"))

    other_evidence(decision="justifie", decision_date=NOW.replace(tzinfo=None))
    made_run.write_run(made_home, THIRD)
    assert "Décidé depuis" not in shown(open_screen("cas", territoire="33"))

    decision_register.record(made_home, made(statut=Statut.CORRIGE, motif="fait"))
    assert "Décidé depuis : corrigé" in shown(open_screen("cas", territoire="33"))


def test_the_register_is_read_again_only_when_it_has_changed(made_home: Home) -> None:
    read = decisions.registre(made_home)
    assert decisions.registre(made_home) is read

    decision_register.record(made_home, made())

    assert decisions.registre(made_home).decisions == (made(),)


@pytest.mark.parametrize(
    ("decided", "row", "said"),
    [
        (made(), {}, "oui"),
        (made(statut=Statut.A_TRAITER), {}, "oui"),
        (made(), {"empreinte_preuve": OTHER}, "non : prise sur une autre preuve"),
        (made(statut=Statut.CORRIGE), {}, "oui, en attendant une livraison"),
        (made(statut=Statut.CORRIGE), {"decision_date": NOW.replace(tzinfo=None)}, "à revoir : le constat est toujours ouvert"),
        (made(statut=Statut.CORRIGE), {"etat": "resolue", "decision_date": NOW.replace(tzinfo=None)}, "oui"),
    ],
)
def test_the_history_says_whether_a_decision_holds_for_the_evidence_shown(decided: Decision, row: Ligne, said: str) -> None:
    earlier = made(statut=Statut.A_TRAITER, date_decision=NOW - timedelta(days=1))
    register = Register((earlier, decided))
    case = {"etat": "ouverte", "empreinte_preuve": made_rows.EMPREINTE, "decision_date": None, **row}

    assert decisions.portee(decided, register, case) == said
    assert decisions.portee(earlier, register, case) == "non : remplacée"

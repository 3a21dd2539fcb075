"""`parc decision`: one decision, a whole workbook, the whole register; and one sentence for whatever is wrong."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings

from dagster_project import cli
from dagster_project.commands import decision as command
from data_contracts import decision_register
from data_contracts.decision import Decision, Statut, Titre
from data_contracts.layout import Home
from data_contracts.lock import exclusive
from tests.support import made_decisions
from tests.support.made_decisions import EVIDENCE, NOW, A, B, C, decision, published, workbook
from tests.support.published import file_hashes

HEADER = (Titre.CONSTAT, Titre.STATUT, Titre.MOTIF)
Said = Callable[..., tuple[int, str]]


@pytest.fixture(scope="module")
def made_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A published parc of three findings."""
    home = Home(tmp_path_factory.mktemp("publie") / "parc")
    published(home)
    return home


@pytest.fixture
def home(made_home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """The same, that nobody decided of."""
    for path in made_home.decisions.glob("*"):
        path.unlink()
    monkeypatch.setenv("PARC_HOME", str(made_home.root))
    monkeypatch.setenv("PARC_AUTEUR", "A. Essai")
    return made_home


@pytest.fixture
def parc(home: Home, capsys: pytest.CaptureFixture[str]) -> Said:
    """The command, giving its exit code and everything it said."""
    assert recorded(home) == []

    def run(*arguments: str | Path) -> tuple[int, str]:
        code = cli.execute(["decision", *map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


def recorded(home: Home) -> list[Decision]:
    return list(decision_register.read(home).decisions)


def test_a_decision_is_recorded_with_its_author_and_the_evidence_of_the_finding(home: Home, parc: Said) -> None:
    code, said = parc(A, "Justifié", "--motif", "=prêt")

    [found] = recorded(home)
    assert code == 0
    assert f"constat {A}, justifié, par A. Essai" in said
    assert found == decision(motif="=prêt", date_decision=found.date_decision)


def test_the_option_wins_over_the_environment_and_the_environment_over_the_system(
    home: Home, parc: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    parc(A, "à traiter", "--auteur", "B. Essai")
    monkeypatch.delenv("PARC_AUTEUR")
    parc(B, "à traiter")

    assert {found.anomalie_id: found.auteur for found in recorded(home)} == {A: "B. Essai", B: getpass.getuser()}


def test_the_same_decision_again_adds_nothing(home: Home, parc: Said) -> None:
    parc(A, "justifié", "--motif", "prêt")

    code, said = parc(A, "justifie", "--motif", "prêt")

    assert (code, len(recorded(home))) == (0, 1)
    assert "déjà enregistrée" in said


def test_the_same_decision_on_newer_evidence_is_another(home: Home, parc: Said) -> None:
    parc(A, "justifié", "--motif", "prêt")
    older = home.current.readlink()
    published(home, **{A: "f" * 16})

    parc(A, "justifié", "--motif", "prêt")

    assert [found.empreinte_preuve for found in recorded(home)] == [EVIDENCE[A], "f" * 16]
    home.current.unlink()
    home.current.symlink_to(older)


def test_a_decision_does_not_wait_for_a_run(home: Home, parc: Said) -> None:
    with exclusive(home, "parc run"):
        code, _ = parc(A, "à traiter")

    assert (code, len(recorded(home))) == (0, 1)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("d" * 24, "justifié", "--motif", "prêt"), "n'est ni dans la publication courante ni dans le registre"),
        (("'; drop table x", "justifié", "--motif", "prêt"), "n'est ni dans la publication courante ni dans le registre"),
        ((A, "peut-être", "--motif", "prêt"), "« peut-être » n'est pas une décision : choisir à traiter, justifié"),
        ((A, "corrigé"), "La décision « corrigé » demande un motif."),
        ((A, "corrigé", "--motif", "x", "--auteur", "a\x0bb"), "L'auteur contient un caractère"),
        ((A,), "Il manque l'argument STATUT"),
        ((), "Donner un constat et son statut, ou bien --fichier, ou bien --exporter"),
        ((A, "corrigé", "--fichier", "a.csv"), "Donner un constat et son statut, ou bien --fichier"),
        (("--fichier", "a.csv", "--exporter", "b.csv"), "ou bien --exporter"),
        (("--fichier", "a.csv", "--motif", "x"), "L'option « --motif » ne vaut que pour un constat"),
        (("--exporter", "a.csv", "--auteur", "x"), "L'option « --auteur » ne vaut pas pour un export"),
        (("--fichier", "absent.csv"), "absent.csv n'existe pas"),
        (("--exporter", "a.pdf"), "n'est ni un .csv ni un .xlsx"),
    ],
)
def test_what_is_wrong_gets_one_sentence_and_changes_nothing(home: Home, parc: Said, arguments: tuple[str, ...], said: str) -> None:
    before = file_hashes(home.root)

    code, told = parc(*arguments)

    assert code == 2
    assert said in told
    assert len(told.splitlines()) == 1
    assert file_hashes(home.root) == before


def test_where_nothing_is_published_nothing_is_decided(parc: Said, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PARC_HOME", str(tmp_path / "vide"))
    filled = workbook(tmp_path / "a.xlsx", [HEADER, (A, "à traiter", "")])

    for arguments in ((A, "à traiter"), ("--fichier", filled)):
        code, said = parc(*arguments)
        assert code == 2
        assert "Aucune publication dans" in said
    assert not (tmp_path / "vide").exists()


def test_a_filled_workbook_is_taken_back_once(home: Home, parc: Said, tmp_path: Path) -> None:
    rows = [HEADER, (A, "justifié", "prêt"), (B, None, None), (C, "à traiter", None)]
    filled = workbook(tmp_path / "rempli.xlsx", rows)

    code, said = parc("--fichier", filled)
    assert (code, len(recorded(home))) == (0, 2)
    assert "2 décisions enregistrées" in said

    code, said = parc("--fichier", filled)
    assert (code, len(recorded(home))) == (0, 2)
    assert "0 décision enregistrée" in said
    assert "2 lignes déjà connues" in said


def test_a_file_is_taken_back_as_one_batch(home: Home, parc: Said, tmp_path: Path) -> None:
    parc("--fichier", workbook(tmp_path / "rempli.xlsx", [HEADER, (A, "à traiter", ""), (B, "à traiter", "")]))

    assert len(list(home.decisions.glob("*"))) == 1


def test_the_option_signs_the_rows_that_nobody_signed(home: Home, parc: Said, tmp_path: Path) -> None:
    rows = [(*HEADER, Titre.AUTEUR), (A, "à traiter", "", "C. Essai"), (B, "à traiter", "", "")]

    parc("--fichier", workbook(tmp_path / "rempli.xlsx", rows), "--auteur", "B. Essai")

    assert {found.anomalie_id: found.auteur for found in recorded(home)} == {A: "C. Essai", B: "B. Essai"}


def test_one_faulty_row_refuses_the_whole_file_and_every_fault_is_listed(home: Home, parc: Said, tmp_path: Path) -> None:
    sheets = [HEADER, (A, "justifié", "prêt"), (B, "justifié", "")], [HEADER, ("d" * 24, "corrigé", "fait")]
    filled = workbook(tmp_path / "rempli.xlsx", *sheets)
    before = file_hashes(home.root)

    code, said = parc("--fichier", filled)

    assert code == 2
    assert said.splitlines() == [
        f"Le fichier {filled} a 2 lignes fautives ; aucune décision n'est enregistrée :",
        "  - feuille « F1 », ligne 3 : La décision « justifié » demande un motif.",
        (
            f"  - feuille « F2 », ligne 2 : Le constat « {'d' * 24} » n'est ni dans la publication courante ni dans le registre : "
            "vérifier son identifiant."
        ),
    ]
    assert {name: digest for name, digest in file_hashes(home.root).items() if ".verrou" not in name} == {
        name: digest for name, digest in before.items() if ".verrou" not in name
    }


def test_a_decision_that_another_keeps_from_holding_is_told(home: Home, parc: Said, tmp_path: Path) -> None:
    parc(A, "justifié", "--motif", "prêt")

    _, said = parc("--fichier", workbook(tmp_path / "a.xlsx", [(*HEADER, Titre.DATE), (A, "corrigé", "fait", "01/07/2025")]))

    assert "1 décision est plus ancienne que celle en vigueur" in said
    assert decision_register.read(home).current[A].statut is Statut.JUSTIFIE


def test_a_damaged_file_of_the_register_is_told_and_stops_nobody(home: Home, parc: Said) -> None:
    parc(A, "à traiter")
    [damaged] = home.decisions.glob("*")
    damaged.write_bytes(b"")

    code, said = parc(B, "à traiter")

    assert code == 0
    assert f"! Le fichier de décisions {damaged} est abîmé" in said
    assert [found.anomalie_id for found in recorded(home)] == [B]


def test_an_export_of_nothing_is_taken_back_as_nothing(home: Home, parc: Said, tmp_path: Path) -> None:
    assert parc("--exporter", tmp_path / "tout.xlsx") == (0, f"0 décision écrite dans {tmp_path / 'tout.xlsx'}.\n")

    assert parc("--fichier", tmp_path / "tout.xlsx")[0] == 0
    assert recorded(home) == []


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@given(batch=made_decisions.decisions())
@settings(deadline=None, max_examples=40)
def test_an_export_gives_back_the_same_register_to_a_home_that_lost_it(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, batch: list[Decision]
) -> None:
    folder = tmp_path_factory.mktemp("registre")
    home, other = Home(folder / "un"), Home(folder / "deux")
    decision_register.add(home, batch, NOW)

    command.export(home, folder / f"tout{suffix}")
    command.take_back(other, folder / f"tout{suffix}", None)

    assert decision_register.read(other).decisions == decision_register.read(home).decisions
    assert decision_register.read(other).fingerprint == decision_register.read(home).fingerprint

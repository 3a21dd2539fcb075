"""The catalogue and its coverage as pages: nothing of a rule is left out, and what a text holds is shown as it is written."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from data_contracts import generate
from data_contracts.documents import coverage_page, rule_pages
from data_contracts.documents.markdown import plain, sql, table
from data_contracts.documents.rule_sheet import sheet
from data_contracts.errors import BadInputError
from data_contracts.rule_coverage import Section, sections
from data_contracts.rule_loader import catalogue
from tests.support import made_rules
from tests.support.made_rules import RULE

if TYPE_CHECKING:
    from data_contracts.rule_contract import Rule

WHOLE: dict[str, Any] = {
    **RULE,
    "titre": "Moins de 10",
    "sources": ["ecoloweb", "apilos"],
    "en_clair": "Le nombre est trop petit.",
    "condition": "nombre < $seuil and nombre < $seuil_date",
    "severite": [{"si": "est_foyer", "niveau": "a_verifier"}, {"niveau": "anomalie"}],
    "couvre": ["ESS-002"],
    "preuve": ["nombre", "seuil"],
    "references": [
        {"document": "faq.md", "section": "Durée", "statut": "lu"},
        {"texte": "CCH R. 1", "si": "est_foyer", "statut": "a_confirmer"},
    ],
    "faux_positifs": "Le parc ancien.",
    "exemples": [
        {"attendu": True, "severite": "anomalie", "donnees": {"nombre": 9, "famille": "PLS"}},
        {"attendu": False, "donnees": {"nombre": 10, "est_foyer": True}, "parametres": {"seuil": 12}, "note": "Le seuil"},
    ],
}


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """The pages of the checkout's catalogue, by their path in docs."""
    return rule_pages.pages(catalogue()) | coverage_page.pages(catalogue(), sections())


@pytest.fixture
def shown(tmp_path: Path) -> str:
    """The sheet of a rule that has everything."""
    found = made_rules.read(tmp_path, WHOLE, {**RULE, "id": "ESS-002"})
    return sheet(found, found.rules["ESS-001"])


@pytest.mark.parametrize(
    "words",
    [
        "## ESS-001\n\n**Moins de 10** (version 1)\n\nLe nombre est trop petit.",
        "- **État** : active ; lit Ecoloweb ou APiLos.",
        "- **Ce qu'elle juge** : un objet.",
        "- **Sévérité** : à vérifier si `est_foyer` ; sinon anomalie.",
        "- **Droit applicable** : celui du jour « date_signature ».",
        "- **Preuve** : nombre, Seuil.",
        "- **Message** : Nombre *nombre*, sous *Seuil*.",
        "- **À faire** : Corriger.",
        "- **Pièges** : Le parc ancien.",
        "- **Fait taire** : [ESS-002](ess.md#ess-002), sur le même objet",
        "S'applique quand :\n\n```sql\nfamille = 'PLS'\n```",
        "Se déclenche quand :\n\n```sql\nnombre < $seuil and nombre < $seuil_date\n```",
        "- FAQ réglementaire, « Durée »\n- CCH R. 1 (à confirmer), si `est_foyer`",
        "| `seuil_date` | Seuil daté | 1 | toujours | Essai |  |",
        "| `seuil_date` | Seuil daté | 15 | 03/05/2002 | Essai |  |",
        "| `seuil_date` | Seuil daté | vide | 01/01/2020 | Essai |  |",
        "| La règle | famille | nombre | est_foyer | Autres valeurs | Remarque |",
        "| se déclenche (anomalie) | PLS | 9 |  |  |  |",
        "| ne se déclenche pas |  | 10 | oui | Seuil : 12 | Le seuil |",
    ],
)
def test_a_rule_is_shown_whole(shown: str, words: str) -> None:
    assert words in shown


def test_a_rule_that_another_covers_says_by_which(tmp_path: Path) -> None:
    found = made_rules.read(tmp_path, WHOLE, {**RULE, "id": "ESS-002"})
    assert "- **Se tait** là où se déclenche : [ESS-001](ess.md#ess-001)." in sheet(found, found.rules["ESS-002"])


def test_what_few_examples_give_stands_in_one_column(tmp_path: Path) -> None:
    examples = [{"attendu": False, "donnees": {"nombre": rank}} for rank in range(4)]
    examples.append({"attendu": False, "donnees": {"nombre": 4, "familles": ["PLS", "PLUS"], "est_foyer": None}})
    found = made_rules.read(tmp_path, {**RULE, "exemples": examples})

    shown = sheet(found, found.rules["ESS-001"])

    assert "| La règle | nombre | Autres valeurs |" in shown
    assert "| ne se déclenche pas | 4 | familles : PLS, PLUS ; est_foyer : vide |" in shown


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("en_attente_de_source", "**État** : en attente d'une source : APiLos ou SIAP."),
        ("non_derivable", "**État** : non dérivable : aucune source ne dit ce qu'elle demande."),
        ("controle_interne", "**État** : contrôle de l'entrepôt."),
    ],
)
def test_a_rule_that_does_not_judge_says_why(tmp_path: Path, state: str, words: str) -> None:
    found = made_rules.read(tmp_path, {**RULE, "etat": state, "sources": ["apilos", "siap"]})
    assert words in sheet(found, found.rules["ESS-001"])


def test_the_index_counts_rules_by_family_and_state_and_says_who_reads_a_parameter(tmp_path: Path) -> None:
    rules = [RULE, {**RULE, "id": "DUR-001"}, {**RULE, "id": "DUR-002", "etat": "non_derivable", "condition": "nombre < 1"}]

    index = rule_pages.pages(made_rules.read(tmp_path, *rules))["regles.md"]

    assert "| [Durée et date de fin (DUR)](regles/dur.md) | 2 | 1 | 0 | 1 | 0 | 0 |" in index
    assert "| **Ensemble** | 3 | 2 | 0 | 1 | 0 | 0 |" in index
    assert (
        "| `seuil` | Seuil | 10 | toujours | Essai |  | [DUR-001](regles/dur.md#dur-001), [ESS-001](regles/ess.md#ess-001) |"
        in index
    )


@pytest.mark.parametrize("rule", catalogue().rules.values(), ids=lambda rule: rule.id)
def test_every_rule_and_every_example_is_in_the_page_of_its_family(pages: dict[str, str], rule: Rule) -> None:
    page = pages[f"regles/{rule.famille.lower()}.md"]
    (own,) = re.findall(rf"^## {rule.id}$(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    assert len(re.findall(r"^\| (?:ne )?se déclenche", own, re.MULTILINE)) == len(rule.exemples)


def test_every_link_leads_to_a_page_and_a_heading_that_exist(pages: dict[str, str]) -> None:
    headings = {(name, title.lower()) for name, page in pages.items() for title in re.findall(r"^## (\S+)$", page, re.MULTILINE)}
    for name, page in pages.items():
        for target in re.findall(r"\]\(([^)]+)\)", page):
            path, _, anchor = target.partition("#")
            reached = str((Path("/docs") / name).parent.joinpath(path).resolve().relative_to("/docs"))
            assert reached in pages, (name, target)
            assert not anchor or (reached, anchor) in headings, (name, target)


def test_the_coverage_shows_rules_indicators_and_reasons(tmp_path: Path) -> None:
    found = made_rules.read(tmp_path, {**RULE, "references": [{"document": "faq.md", "section": "Durée"}]})
    listed = (
        Section(section="Durée"),
        Section(section="Délai", indicateurs=("T-03",)),
        Section(section="Titre", motif="Un titre."),
    )

    page = coverage_page.pages(found, {"faq.md": listed})["couverture.md"]

    assert "| FAQ réglementaire | 3 | 1 | 1 | 1 |" in page
    assert "| Durée | [ESS-001](regles/ess.md#ess-001) |  |  |" in page
    assert "| Délai |  | T-03 |  |" in page
    assert "| Titre |  |  | Un titre. |" in page


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a | b", "a | b"),
        ("$x$ *y* `z` <b> [n] \\", r"\$x\$ \*y\* \`z\` \<b> \[n\] \\"),
        ("date_fin _seul_", r"date_fin \_seul\_"),
        ("deux\n lignes", "deux lignes"),
    ],
)
def test_a_text_is_shown_as_it_is_written(text: str, written: str) -> None:
    assert plain(text) == written


def test_a_bar_in_a_cell_does_not_end_it() -> None:
    assert table(["a|b"], [["`x || y`"]]) == "| a\\|b |\n| --- |\n| `x \\|\\| y` |"


def test_long_sql_is_broken_between_words_and_never_inside_a_string() -> None:
    text = f"a = '{'x y ' * 40}' and " + " and ".join(["nombre < 3"] * 30)

    written = sql(text)

    assert " ".join(written.splitlines()[1:-1]) == text
    assert max(len(line) for line in written.splitlines() if "'" not in line) <= 100


def test_a_stale_document_fails_the_check_and_is_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "docs" / "regles.md"
    monkeypatch.setattr(generate, "ROOT", tmp_path / "data_contracts")
    monkeypatch.setattr(generate, "rendered", lambda: {page: "Neuf\n"})

    with pytest.raises(BadInputError, match=r"périmés : docs/regles\.md"):
        generate.main(["--check"])
    assert generate.main([]) == 0

    assert page.read_text(encoding="utf-8") == "Neuf\n"
    assert generate.main(["--check"]) == 0


def test_a_coverage_that_does_not_hold_fails_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generate, "rendered", dict)
    monkeypatch.setattr(generate, "faults", lambda *_: ["une section sans rien"])

    with pytest.raises(BadInputError, match="- une section sans rien"):
        generate.main(["--check"])

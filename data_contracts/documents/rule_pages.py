"""The catalogue of rules as pages: `docs/regles.md`, its index, and one page a family under `docs/regles/`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from data_contracts import words
from data_contracts.documents.markdown import page, plain, table
from data_contracts.documents.rule_sheet import PARAMETER_TITLES, link, parameter_rows, severities, sheet
from data_contracts.rule_contract import Etat, Rule
from data_contracts.rule_loader import Catalogue

INDEX = "regles.md"
FOLDER = "regles"

_READING = """\
Ce catalogue est écrit à partir de `data_contracts/regles/` : les règles et leurs seuils y sont des données, que lit chaque
run. Il dit ce que l'entrepôt cherche dans le parc, sur quel droit il se fonde et ce qu'il ne cherche pas. La part de chaque
document source est dans [couverture.md](couverture.md).

Une règle lit une ligne par objet (une convention, un lot, un avenant…). Elle se déclenche quand ses deux conditions sont
vraies : à quoi elle s'applique, puis ce qu'elle constate. Une valeur inconnue n'est ni vraie ni fausse : la règle se tait. Un
constat porte sa preuve, une phrase, ses sources et ce qu'il faut faire.

- **État.** *Active* : elle juge, dès que l'une de ses sources est reçue. *En attente d'une source* : ce qu'elle lit n'est que
  dans une source que l'entrepôt ne reçoit pas encore. *Non dérivable* : aucune source ne le dit. *Contrôle de l'entrepôt* :
  elle juge l'entrepôt et non les conventions. *Indicateur* : une mesure, sans constat.
- **Sévérité.** *Non réglementaire*, *anomalie* (donnée fausse ou impossible), *à vérifier* (il faut le dossier),
  *information*. Quand elle dépend du cas, le premier cas vrai l'emporte.
- **Paramètres.** Un seuil du droit a une histoire : la règle lit la valeur en vigueur le jour qu'elle nomme (la signature,
  sauf mention contraire). Une valeur vide éteint ce qui la lit.
- **Sources du droit.** Sans autre mention, le texte a été lu.
- **Exemples.** Ce sont les tests de la règle. Une valeur qui n'est pas donnée est celle d'un objet ordinaire."""


def pages(found: Catalogue) -> dict[str, str]:
    """Return the pages of the catalogue by their path in `docs/`."""
    families = _by_family(found)
    return {
        INDEX: _index(found, families),
        **{f"{FOLDER}/{family.lower()}.md": _family(found, family, rules) for family, rules in families.items()},
    }


def _by_family(found: Catalogue) -> dict[str, list[Rule]]:
    families: dict[str, list[Rule]] = {}
    for rule in found.rules.values():
        families.setdefault(rule.famille, []).append(rule)
    return {family: families[family] for family in words.in_family_order(families)}


def _name(family: str) -> str:
    return f"{words.FAMILIES[family]} ({family})" if family in words.FAMILIES else family


def _index(found: Catalogue, families: dict[str, list[Rule]]) -> str:
    return page(
        "# Les règles",
        _READING,
        "## Familles",
        _counts(families),
        "## Toutes les règles",
        table(
            ("Règle", "Titre", "Sévérité", "État"),
            [row for rules in families.values() for row in _listed(rules, f"{FOLDER}/")],
        ),
        "## Paramètres",
        "Les seuils et les dates que les règles lisent.",
        _parameters(found),
    )


def _counts(families: dict[str, list[Rule]]) -> str:
    rows = [[f"[{_name(family)}]({FOLDER}/{family.lower()}.md)", *_by_state(rules)] for family, rules in families.items()]
    total = ["**Ensemble**", *_by_state([rule for rules in families.values() for rule in rules])]
    return table(("Famille", "Règles", *(word.capitalize() for word in words.STATES.values())), [*rows, total])


def _by_state(rules: Sequence[Rule]) -> list[str]:
    counts = Counter(rule.etat for rule in rules)
    return [words.number(len(rules)), *(words.number(counts[etat]) for etat in Etat)]


def _listed(rules: Sequence[Rule], folder: str) -> list[list[str]]:
    return [[link(rule.id, folder), plain(rule.titre), severities(rule), words.STATES[rule.etat]] for rule in rules]


def _family(found: Catalogue, family: str, rules: Sequence[Rule]) -> str:
    return page(
        f"# {_name(family)}",
        f"[Toutes les règles, et comment les lire](../{INDEX})",
        table(("Règle", "Titre", "Sévérité", "État"), _listed(rules, "")),
        *(sheet(found, rule) for rule in rules),
    )


def _parameters(found: Catalogue) -> str:
    reading: dict[str, list[str]] = {}
    for rule in found.rules.values():
        for parameter in found.parameters_of(rule):
            reading.setdefault(parameter.nom, []).append(link(rule.id, f"{FOLDER}/"))
    return table(
        (*PARAMETER_TITLES, "Lu par"),
        [
            [*row, ", ".join(reading.get(name, []))]
            for name, parameter in sorted(found.parameters.items())
            for row in parameter_rows([parameter])
        ],
    )

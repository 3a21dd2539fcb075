"""`docs/couverture.md`: every section of the source documents, and what the catalogue makes of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from data_contracts import words
from data_contracts.documents.markdown import page, plain, table
from data_contracts.documents.rule_pages import FOLDER
from data_contracts.documents.rule_sheet import link
from data_contracts.rule_coverage import Line, Sections, lines
from data_contracts.rule_loader import Catalogue

PAGE = "couverture.md"
_KINDS = ("Jugées par des règles", "Mesurées sans règle", "Ni règle ni mesure : la raison est dite")

_READING = """\
Chaque section des documents sources, dans l'ordre du document : les règles qui la citent, les indicateurs qui la mesurent, ou
la raison pour laquelle il n'y en a pas. Les règles viennent de leurs propres références ; la liste des sections et les
raisons sont dans `data_contracts/regles/sections.yml`. `make lint` échoue sur une section dont personne ne dit rien, sur une
raison donnée à une section qu'une règle juge, et sur une citation qui ne mène à aucune section.

Un indicateur est nommé par son identifiant, celui de la table `kpi_catalogue`."""


def pages(found: Catalogue, listed: Sections) -> dict[str, str]:
    """Return the page of the coverage by its path in `docs/`."""
    covered = lines(found, listed)
    return {
        PAGE: page(
            "# Ce que les règles font des documents sources",
            _READING,
            _summary(found, covered),
            *(block for document, of_document in covered.items() for block in _document(found, document, of_document)),
        )
    }


def _summary(found: Catalogue, covered: dict[str, list[Line]]) -> str:
    rows = []
    for document, of_document in covered.items():
        counts = Counter(map(_kind, of_document))
        rows.append([_title(found, document), words.number(len(of_document)), *(words.number(counts[k]) for k in _KINDS)])
    return table(("Document", "Sections", *_KINDS), rows)


def _title(found: Catalogue, document: str) -> str:
    return plain(found.documents.get(document, document))


def _kind(line: Line) -> str:
    judged, measured, explained = _KINDS
    if line.rules:
        return judged
    return measured if line.section.indicateurs else explained


def _document(found: Catalogue, document: str, of_document: Sequence[Line]) -> list[str]:
    return [
        f"## {_title(found, document)}",
        table(("Section", "Règles", "Indicateurs", "Pourquoi aucune règle"), map(_row, of_document)),
    ]


def _row(line: Line) -> list[str]:
    return [
        plain(line.section.section),
        ", ".join(link(rule, f"{FOLDER}/") for rule in line.rules),
        ", ".join(line.section.indicateurs),
        plain(line.section.motif or ""),
    ]

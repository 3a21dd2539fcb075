"""The inventory of personal data as one page: `docs/rgpd.md`. What people write of it is in `rgpd.md`, beside this file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from data_contracts import durations
from data_contracts.documents.markdown import code, plain, table
from data_contracts.product_contract import Product, ProductColumn
from data_contracts.source_contract import Column, Retention, Source, SourceTable, Treatment
from data_contracts.words import number

PAGE = "rgpd.md"
TEMPLATE = Path(__file__).with_name("rgpd.md")
_BECOMES = {
    Treatment.SUPPRIMER: "supprimée",
    Treatment.PSEUDONYMISER: "pseudonyme à clé",
    Treatment.MASQUER: "texte masqué",
    Treatment.MASQUER_RECONNU: "texte masqué là où une personne est reconnue",
    Treatment.CONSTATER: "« renseigné », ou rien",
}
Received = Iterable[tuple[Source, Sequence[SourceTable]]]
"""What is agreed of each source, and its tables."""


def pages(received: Received, marts: Mapping[str, Product]) -> dict[str, str]:
    """Return the page by its path in `docs/`."""
    agreed = [(source, tables) for source, tables in received if any(map(_personal, tables))]
    published = [(mart.mart, column) for mart in marts.values() for column in mart.colonnes if column.personnel]
    written = {
        "echeances": _deadlines([source for source, _ in agreed]),
        "auteurs": ", ".join(code(f"{mart}.{column.nom}") for mart, column in published if column.nom.endswith("auteur")),
        "publie": _published(published),
        "inventaire": "\n\n".join(block for source, tables in agreed for block in _source(source, tables)),
    }
    text = TEMPLATE.read_text(encoding="utf-8")
    for name, content in written.items():
        text = text.replace(f"{{{{{name}}}}}", content)
    return {PAGE: text}


def _deadlines(sources: Iterable[Source]) -> str:
    deliveries = [
        [
            f"Livraison {plain(source.titre)}, ses lignes refusées comprises",
            f"`landing/{source.source}`",
            _kept(source.conservation),
        ]
        for source in sources
    ]
    others = [[kept.quoi, kept.ou, f"{number(kept.duree.days)} jours après {kept.depuis}"] for kept in durations.ALL]
    return table(("Quoi", "Où", "Supprimé"), [*deliveries, *others])


def _kept(kept: Retention) -> str:
    replaced = f"{number(kept.remplacee_jours)} jours après son remplacement"
    return f"{replaced}, au plus tard {number(kept.maximum_jours)} jours après sa réception" if kept.maximum_jours else replaced


def _published(columns: Iterable[tuple[str, ProductColumn]]) -> str:
    rows = [[code(mart), code(column.nom), plain(column.description)] for mart, column in columns]
    return table(("Table", "Colonne", "Ce que c'est"), rows)


def _source(source: Source, tables: Sequence[SourceTable]) -> list[str]:
    facts = (
        ("Pourquoi ces données sont reçues", source.finalite),
        ("Base légale", source.base_legale),
        ("Combien de temps", f"{_kept(source.conservation)}. {source.conservation.motif}"),
        ("Qui les voit", str(source.destinataires)),
        ("À qui s'adresser", source.responsable),
    )
    rows = [
        [code(contract.table), code(column.nom), plain(column.description), plain(column.personnel.motif), *_fate(column, source)]
        for contract in tables
        for column in _personal(contract)
        if column.personnel
    ]
    return [
        f"### {plain(source.titre)}",
        "\n".join(f"- **{name}** : {plain(said)}" for name, said in facts),
        table(("Table", "Colonne", "Ce que c'est", "Pourquoi elle est traitée", "Ce qu'elle devient", "Gardée"), rows),
    ]


def _fate(column: Column, source: Source) -> tuple[str, str]:
    """Return what becomes of a column, and how long what is left of it stays."""
    if column.personnel is None or column.is_dropped:
        return _BECOMES[Treatment.SUPPRIMER], "non"
    becomes = _BECOMES[column.personnel.traitement]
    if column.personnel.si:
        becomes += " s'il s'agit d'une personne ; telle quelle pour un organisme"
    longest = source.conservation.maximum_jours
    return becomes, f"{number(longest)} jours au plus" if longest else "jusqu'à son remplacement"


def _personal(contract: SourceTable) -> list[Column]:
    return [column for column in contract.colonnes if column.personnel]

"""A table that everybody can read: real HTML with a caption and headers, French values, and the buttons that download it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboards import donnees
from dashboards.components.telecharger import Fichier, telecharger
from dashboards.fichiers import FORMES, Html, Table
from data_contracts.extraits import formats

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dashboards.donnees import Ligne
    from dashboards.fichiers import ColonneTitree
    from data_contracts.publication import PublishedRun

LIGNES_MONTREES = 200
"""Rows shown on the page; the file holds them all."""
_DEFILEMENT = 12
"""From this many rows on, a table scrolls under its headers."""


def sans_markdown(texte: str) -> str:
    """Return a text that Streamlit writes as it is where it would read Markdown."""
    return "".join(f"\\{lettre}" if lettre in r"\`*_{}[]()#+-.!|~$:<>" else lettre for lettre in texte)


@dataclass(frozen=True)
class Colonne:
    """One column shown: the field it reads, its title, how its values are written."""

    champ: str
    titre: str
    ecrire: Callable[[Any], str] = formats.valeur
    genre: str = ""
    """nombre (right aligned), long (a sentence), texte (some words), code (broken after _), serre (never broken), or nothing."""
    aide: str = ""
    """Shown when the pointer stays on the title."""
    est_rare: bool = False
    """Left out of the page, never of the file, while every row has it empty."""
    est_lien: bool = False
    """Left out of the files: it leads elsewhere in the application."""
    est_cle: bool = False
    """A key of which the page makes a link: the files have the key."""


def entier(champ: str, titre: str, aide: str = "") -> Colonne:
    """Return a column of counts or quantities."""
    return Colonne(champ, titre, formats.nombre, "nombre", aide)


def tableau_html(lignes: Sequence[Ligne], colonnes: Sequence[ColonneTitree], legende: str) -> str:
    """Return the HTML of a table; `legende` is its caption, and its name for who can't see it. The first column names the row."""
    titres = "".join(f'<th scope="col"{_classe(colonne)}{_aide(colonne)}>{escape(colonne.titre)}</th>' for colonne in colonnes)
    corps = "".join(
        f"<tr>{''.join(_cellule(ligne, colonne, colonne is colonnes[0]) for colonne in colonnes)}</tr>" for ligne in lignes
    )
    haut = " haut" if len(lignes) > _DEFILEMENT else ""
    nom = escape(formats.typographie(legende))
    return (
        f'<figure class="tableau"><figcaption>{nom}</figcaption>'
        f'<div class="defile{haut}" role="region" tabindex="0" aria-label="{nom}"><table aria-label="{nom}">'
        f"<thead><tr>{titres}</tr></thead><tbody>{corps}</tbody></table></div></figure>"
    )


def tableau(
    lignes: Sequence[Ligne],
    colonnes: Sequence[Colonne],
    legende: str,
    fichier: str | None = None,
    run: PublishedRun | None = None,
) -> None:
    """Show a table, and the buttons that download it whole when `fichier` names the file (without extension).

    `run` is where its rows are read, when it is not the one of the session.
    """
    montrees = [colonne for colonne in colonnes if not (colonne.est_rare and all(_est_vide(ligne, colonne) for ligne in lignes))]
    st.html(tableau_html(lignes[:LIGNES_MONTREES], montrees, legende))
    if len(lignes) > LIGNES_MONTREES:
        st.caption(f"Les {LIGNES_MONTREES} premières lignes sur {formats.nombre(len(lignes))} : le fichier les a toutes.")
    if fichier:
        ecrites = [colonne for colonne in colonnes if not colonne.est_lien]
        fichiers(Table(run or donnees.lue(), legende, ecrites, lignes), fichier)


def fichiers(table: Table, fichier: str) -> None:
    """Show the buttons that download a table, each in its form; `fichier` is the name of the file without extension."""
    with st.container(horizontal=True, key=f"fichiers_{fichier}"):
        for forme in FORMES:
            telecharger(
                table.run,
                f"**{forme.nom}** *« {sans_markdown(table.legende)} »*",
                Fichier(f"{fichier}.{forme.suffixe}", forme.genre, partial(forme.faire, table)),
                cle=f"{forme.suffixe}_{fichier}",
            )


def _est_vide(ligne: Ligne, colonne: Colonne) -> bool:
    return colonne.ecrire(ligne.get(colonne.champ)) == formats.VIDE


def _cellule(ligne: Ligne, colonne: ColonneTitree, est_entete: bool) -> str:  # noqa: FBT001 - private, read at one place
    ecrit = colonne.ecrire(ligne.get(colonne.champ))
    contenu = ecrit if isinstance(ecrit, Html) else escape(ecrit)
    if colonne.genre == "code":
        contenu = contenu.replace("_", "_<wbr>")
    return f'<th scope="row"{_classe(colonne)}>{contenu}</th>' if est_entete else f"<td{_classe(colonne)}>{contenu}</td>"


def _classe(colonne: ColonneTitree) -> str:
    return f' class="{colonne.genre}"' if colonne.genre else ""


def _aide(colonne: ColonneTitree) -> str:
    return f' title="{escape(colonne.aide)}"' if colonne.aide else ""

"""Small pieces of a page: key figures with their definitions, labels, the sentence that says what a chart shows."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from dashboards import donnees
from dashboards.components.adresse import lien, vers
from dashboards.components.tableau import sans_markdown
from dashboards.fichiers import Html
from data_contracts.extraits import formats
from data_contracts.extraits.formats import typographie
from data_contracts.extraits.libelles import EN_PREPARATION, EN_VIGUEUR, ETATS_CONSTAT, SEVERITES, STATUTS, nommer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboards.components.adresse import Adresse
    from dashboards.pages import Page
    from data_contracts.publication import PublishedRun

_GENRES_SEVERITE = {"non_reglementaire": "erreur", "anomalie": "alerte", "a_verifier": "", "information": "information"}


@dataclass(frozen=True)
class Renvoi:
    """The way to a page: itself, what its address says beside the shared filters, and the words of the link."""

    page: Page | None
    """None for the page that shows the figure."""
    adresse: Adresse
    libelle: str = "Voir les lignes"


@dataclass(frozen=True)
class Chiffre:
    """A key figure, what it means and where it is read."""

    libelle: str
    valeur: str
    definition: str
    source: str
    """Mart and column, or file, that the figure comes from."""
    suite: str = ""
    """What puts the figure in proportion: a share, a unit."""
    population: str = ""
    """What is counted among what, when the definition does not say it."""
    lignes: Renvoi | None = None
    """The way to the rows behind the figure."""


def titre(surtitre: str, intitule: str, chapeau: str = "") -> None:
    """Show the head of a page: what it belongs to, its one title, what it holds."""
    st.html(f'<p class="surtitre">{escape(surtitre)}</p>')
    st.title(sans_markdown(intitule), anchor=False)
    if chapeau:
        st.html(f'<p class="chapeau">{_html(chapeau)}</p>')


def chiffres(nom: str, figures: Sequence[Chiffre], run: PublishedRun | None = None) -> None:
    """Show key figures side by side, each with its definition one click away, and the way to the rows behind it.

    `nom` tells these figures from the others of the page; `run` is where they are read, when it is not the one of the session.
    """
    run = run or donnees.lue()
    with st.container(key=f"chiffres_{nom}"):
        for rang, figure in enumerate(figures):
            with st.container(key=f"chiffre_{nom}_{rang}"):
                st.html(_chiffre(figure, run))
                if figure.lignes:
                    _renvoyer(figure.lignes, f"lignes_{nom}_{rang}")


def _renvoyer(renvoi: Renvoi, cle: str) -> None:
    if renvoi.page is None:
        lien(renvoi.libelle, cle, renvoi.adresse, ":material/arrow_forward:")
    else:
        vers(renvoi.page, renvoi.libelle, renvoi.adresse)


def equivalent(phrase: str) -> None:
    """Show the sentence that says what the chart below shows."""
    st.html(f'<p class="equivalent">{_html(phrase)}</p>')


def note(phrase: str) -> None:
    """Show a sentence of context, less present than the rest."""
    st.html(f'<p class="note">{_html(phrase)}</p>')


def attention(phrase: str) -> None:
    """Show a sentence that must not be missed; names and keys in it are written as they are."""
    st.warning(sans_markdown(typographie(phrase)), icon=":material/warning:")


def information(phrase: str) -> None:
    """Show a sentence that helps to go on; names and keys in it are written as they are."""
    st.info(sans_markdown(typographie(phrase)), icon=":material/info:")


def succes(phrase: str) -> None:
    """Show a sentence that says something was done; names and keys in it are written as they are."""
    st.success(sans_markdown(typographie(phrase)), icon=":material/check_circle:")


def etiquette(texte: str, genre: str = "") -> Html:
    """Return a label; `genre` is succes, alerte, erreur, information or nothing. Its words say the state, its colour repeats it."""
    return Html(f'<span class="etiquette {genre}">{escape(texte)}</span>')


def etiquette_statut(statut: str | None) -> Html:
    """Return the label of an agreement's state: green when it is in force."""
    genre = "succes" if statut in EN_VIGUEUR else "information" if statut in EN_PREPARATION else ""
    return etiquette(nommer(statut, STATUTS, "Statut inconnu"), genre)


def etiquette_severite(severite: str) -> Html:
    """Return the label of a finding's severity."""
    return etiquette(nommer(severite, SEVERITES), _GENRES_SEVERITE.get(severite, ""))


def etiquette_constat(etat: str) -> Html:
    """Return the label of a finding's state."""
    return etiquette(nommer(etat, ETATS_CONSTAT), "succes" if etat == "resolue" else "")


def etiquettes(labels: Sequence[Html]) -> None:
    """Show labels side by side."""
    st.html(f'<p class="etiquettes">{"".join(labels)}</p>')


def paragraphe(phrase: str) -> None:
    """Show a sentence of the page's own text."""
    st.html(f'<p class="paragraphe">{_html(phrase)}</p>')


def enumeration(phrases: Sequence[str]) -> None:
    """Show a list of sentences."""
    st.html(f'<ul class="enumeration">{"".join(f"<li>{_html(phrase)}</li>" for phrase in phrases)}</ul>')


def paires(groupes: Mapping[str, Sequence[tuple[str, str]]]) -> None:
    """Show names and their values, in titled groups side by side."""
    st.html(f'<div class="identite">{"".join(groupe(titre, contenu) for titre, contenu in groupes.items())}</div>')


def groupe(titre: str, contenu: Sequence[tuple[str, str]]) -> str:
    """Return the HTML of a titled group of names and values."""
    ecrites = "".join(f"<div><dt>{escape(nom)}</dt><dd>{escape(valeur)}</dd></div>" for nom, valeur in contenu)
    return f"<section><h3>{escape(titre)}</h3><dl>{ecrites}</dl></section>"


def remonter(vue: str, cle: str = "") -> None:
    """Bring the reader to the top of a view when it replaces another one: the top of the page, or the container of this key."""
    cible = f".st-key-{cle}" if cle else '[data-testid="stMainBlockContainer"]'
    nom = sha256(vue.encode()).hexdigest()  # another view is another script: it runs again
    st.html(f"<script>/* {nom} */ document.querySelector('{cible}')?.scrollIntoView();</script>", unsafe_allow_javascript=True)


def _chiffre(figure: Chiffre, run: PublishedRun) -> str:
    dits = {
        "Définition": figure.definition,
        "Population": figure.population,
        "Source": figure.source,
        "Date": f"données au {formats.jour(donnees.date_reference(run))}, publication {run.run_id}",
    }
    paires = "".join(f"<div><dt>{titre}</dt><dd>{_html(dit)}</dd></div>" for titre, dit in dits.items() if dit)
    return (
        f'<div class="chiffre"><span class="libelle">{escape(figure.libelle)}</span>'
        f'<span class="valeur">{escape(figure.valeur)}</span><span class="suite">{_html(figure.suite)}</span>'
        f'<details class="definition"><summary>Définition<span class="lu"> de « {escape(figure.libelle)} »</span></summary>'
        f"<dl>{paires}</dl></details></div>"
    )


def _html(phrase: str) -> str:
    return escape(typographie(phrase))

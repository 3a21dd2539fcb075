"""Who reads: someone signed in, where a provider of identities is configured; anybody on this machine, where none is.

Two files of the home decide, written by whoever runs it: `connexion.toml`, the provider, which Streamlit reads; `acces.yml`, the
rights. One without the other lets nobody in. Nothing here knows what a page shows.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import streamlit as st

from data_contracts.acces import droits, journal
from data_contracts.acces.journal import Entree, Geste
from data_contracts.acces.perimetre import TOUT, Perimetre
from data_contracts.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from data_contracts.acces.droits import Droits
    from data_contracts.layout import Home
    from data_contracts.publication import PublishedRun

LOCAL = "poste local"
"""What the journal calls who reads where nobody signs in."""
DUREE = timedelta(hours=12)
"""How long an identity holds before it is asked again."""
_LECTEUR = "lecteur"


@dataclass(frozen=True)
class Lecteur:
    """Who reads this session, and what they may see."""

    nom: str
    """The address they signed in with, or the identifier that their provider gives instead; `LOCAL` where nobody signs in."""
    perimetre: Perimetre
    est_connecte: bool


@dataclass(frozen=True)
class Anonyme:
    """Nobody has signed in yet, or did so too long ago."""


@dataclass(frozen=True)
class SansDroit:
    """Somebody signed in whom the rights file does not name."""

    nom: str


def entrer(home: Home) -> Lecteur | Anonyme | SansDroit:
    """Return who reads this session, asked once at the head of every page, so that a right taken away is gone at the next click.

    Raises BadInputError when the access is half configured, or the rights file is at fault.
    """
    est_configuree = _est_configuree()
    if est_configuree != home.access_rights.is_file():
        manque, la = (home.access_rights, home.sign_in) if est_configuree else (home.sign_in, home.access_rights)
        raise BadInputError(
            f"L'accès est à demi configuré : {la} est là, mais pas {manque}. Écrire le second, ou retirer le premier, et relancer."
        )
    entree = _entrer(droits_de(home), st.user.to_dict()) if est_configuree else Lecteur(LOCAL, TOUT, est_connecte=False)
    _noter_l_entree(home, entree)
    st.session_state[_LECTEUR] = entree
    return entree


def lecteur() -> Lecteur:
    """Return who reads this page, let in at its head."""
    entre: Lecteur = st.session_state[_LECTEUR]
    return entre


def noter(qui: Lecteur, run: PublishedRun, geste: Geste, objet: str) -> None:
    """Write in the journal what somebody did of a run. Raises OSError when the disk refuses."""
    journal.ajouter(run.home.access_journal, Entree(qui.nom, geste, objet, run.run_id, _en_mots(qui.perimetre)))


def droits_de(home: Home) -> Droits:
    """Return the rights that hold now, read again only when their file has changed."""
    state = home.access_rights.stat()
    return _droits(home.access_rights, (state.st_mtime_ns, state.st_size))


@st.cache_resource(show_spinner=False, max_entries=1)
def _droits(path: Path, etat: tuple[int, int]) -> Droits:  # noqa: ARG001 - the state only says when to read again
    return droits.lire(path)


def _est_configuree() -> bool:
    try:
        return "auth" in st.secrets
    except FileNotFoundError:
        return False


def _entrer(connus: Droits, identite: Mapping[str, Any]) -> Lecteur | Anonyme | SansDroit:
    if not identite.get("is_logged_in") or time.time() - identite.get("iat", 0) > DUREE.total_seconds():
        return Anonyme()
    noms = _noms(identite)
    trouves = ((nom, connus.de(nom)) for nom in noms)
    return next((Lecteur(nom, vu, est_connecte=True) for nom, vu in trouves if vu), SansDroit(noms[0] if noms else "sans nom"))


def _noms(identite: Mapping[str, Any]) -> list[str]:
    """Return what the provider vouches for: the address unless it says that it did not check it, then its own identifier."""
    adresse = identite.get("email") if identite.get("email_verified") is not False else None
    return [str(nom).strip().lower() for nom in (adresse, identite.get("sub")) if nom]


def _noter_l_entree(home: Home, entree: Lecteur | Anonyme | SansDroit) -> None:
    """Write down who came in, or was turned away, once a session."""
    if entree == st.session_state.get(_LECTEUR):
        return
    match entree:
        case Lecteur(nom, perimetre, True):
            journal.ajouter(home.access_journal, Entree(nom, Geste.CONNEXION, perimetre=_en_mots(perimetre)))
        case SansDroit(nom):
            journal.ajouter(home.access_journal, Entree(nom, Geste.REFUS))
        case _:
            pass


def _en_mots(perimetre: Perimetre) -> str:
    personnelles = "" if perimetre.donnees_personnelles else ", sans données personnelles"
    return f"{droits.ALL if perimetre.departements is None else ', '.join(perimetre.departements)}{personnelles}"

"""The catalogue of rules: its filters, kept in the address, and its rules by family."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from dashboards import requetes_regles
from dashboards.components.adresse import REGLE, Adresse, lien
from dashboards.components.blocs import equivalent, etiquette_severite, information
from dashboards.components.regle import attente, etiquette_regle, vers_les_constats
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import ETATS_REGLE, FAMILLES_REGLE, SEVERITES, nommer

if TYPE_CHECKING:
    from dashboards.donnees import Ligne

RECHERCHE, FAMILLE, SEVERITE, ETAT = "recherche", "famille", "severite", "etat"
"""Parameters of the address."""
_LIBELLES = {FAMILLE: FAMILLES_REGLE, SEVERITE: SEVERITES, ETAT: ETATS_REGLE}


def filtres(regles: list[Ligne]) -> Adresse:
    """Show the search and the filters, and return those that the address asks for; a value that makes no sense is left out."""
    choix = _choix(regles)
    demandes = demandes_par_l_adresse(regles)
    _suivre(demandes)
    recherche, famille, severite, etat = st.columns([5, 3, 3, 3])
    recherche.text_input(
        "Chercher une règle", key=_cle(RECHERCHE), on_change=_reecrire, max_chars=200, placeholder="DUR-003, durée PLS, mixte…"
    )
    for colonne, nom, titre, tout in (
        (famille, FAMILLE, "Famille", "Toutes"),
        (severite, SEVERITE, "Sévérité possible", "Toutes"),
        (etat, ETAT, "État", "Tous"),
    ):
        with colonne:
            _choisir(nom, titre, {"": tout} | {code: nommer(code, _LIBELLES[nom]) for code in choix[nom]})
    if demandes:
        lien("Effacer les filtres", "effacer", {}, ":material/close:")
    return demandes


def _choisir(nom: str, titre: str, mots: dict[str, str]) -> None:
    st.selectbox(titre, list(mots), format_func=lambda code: mots[code], key=_cle(nom), on_change=_reecrire)


def demandes_par_l_adresse(regles: list[Ligne]) -> Adresse:
    """Return the filters that the address asks for and that this catalogue knows."""
    choix = _choix(regles)
    demandes = {nom: st.query_params.get(nom, "").strip() for nom in (RECHERCHE, *choix)}
    return {nom: demande for nom, demande in demandes.items() if demande and (nom == RECHERCHE or demande in choix[nom])}


def liste(regles: list[Ligne], demandes: Adresse) -> None:
    """Show the rules that answer the filters, family by family, each leading to its own view."""
    trouvees = [ligne for ligne in regles if _repond(ligne, demandes)]
    if not trouvees:
        information("Aucune règle ne répond à ces filtres. En retirer, ou chercher un autre mot.")
        return
    ouverts = sum(ligne["cas_ouverts"] for ligne in trouvees)
    actives = sum(ligne["etat"] == "active" for ligne in trouvees)
    equivalent(
        f"{formats.pluriel(len(trouvees), 'règle')}, dont {formats.pluriel(actives, 'active')} : "
        f"{formats.pluriel(ouverts, 'cas ouvert', 'cas ouverts')} dans cette publication."
    )
    for famille in dict.fromkeys(ligne["famille"] for ligne in trouvees):
        st.header(nommer(famille, FAMILLES_REGLE), anchor=False)
        for ligne in trouvees:
            if ligne["famille"] == famille:
                _regle(ligne, demandes)


def _regle(ligne: Ligne, demandes: Adresse) -> None:
    regle_id = ligne["regle_id"]
    labels = "".join(map(etiquette_severite, ligne["severites"]))
    dort = f" Attend {escape(attente(ligne))}." if ligne["etat"] == "en_attente_de_source" else ""
    etat = "" if ligne["etat"] == "active" else f"{etiquette_regle(ligne['etat'])}{dort}"
    en_clair = escape(formats.typographie(formats.texte(ligne["en_clair"])))
    with st.container(key=f"bloc_{regle_id}"):
        lien(f"{regle_id} · {ligne['titre']}", f"ouvrir_{regle_id}", demandes | {REGLE: regle_id})
        st.html(f'<div class="constat"><p>{labels} {etat}</p><p>{en_clair}</p></div>')
        vers_les_constats(ligne)


def _repond(ligne: Ligne, demandes: Adresse) -> bool:
    return (
        requetes_regles.repond(ligne, demandes.get(RECHERCHE, ""))
        and demandes.get(FAMILLE, ligne["famille"]) == ligne["famille"]
        and demandes.get(ETAT, ligne["etat"]) == ligne["etat"]
        and (SEVERITE not in demandes or demandes[SEVERITE] in ligne["severites"])
    )


def _choix(regles: list[Ligne]) -> dict[str, list[str]]:
    """Return the values that each filter may take in this catalogue, in the order of their labels."""
    tenus = {
        FAMILLE: {ligne["famille"] for ligne in regles},
        SEVERITE: {severite for ligne in regles for severite in ligne["severites"]},
        ETAT: {ligne["etat"] for ligne in regles},
    }
    return {
        nom: [code for code in _LIBELLES[nom] if code in codes] + sorted(codes - _LIBELLES[nom].keys())
        for nom, codes in tenus.items()
    }


def _cle(nom: str) -> str:
    return f"regles_{nom}"


def _suivre(demandes: Adresse) -> None:
    """Give the widgets what the address says, for instance after the browser's way back."""
    for nom in (RECHERCHE, *_LIBELLES):
        if st.session_state.get(_cle(nom)) != demandes.get(nom, ""):
            st.session_state[_cle(nom)] = demandes.get(nom, "")


def _reecrire() -> None:
    """Write in the address what the widgets hold."""
    tenus = {nom: st.session_state[_cle(nom)].strip() for nom in (RECHERCHE, *_LIBELLES)}
    st.query_params.from_dict({nom: tenu for nom, tenu in tenus.items() if tenu})

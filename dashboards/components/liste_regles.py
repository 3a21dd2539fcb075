"""The catalogue of rules: its filters, kept in the address, and its rules by family, or the families alone when they are many."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from dashboards.components.adresse import REGLE, Adresse, lien, reecrire
from dashboards.components.blocs import equivalent, etiquette_severite, information, note
from dashboards.components.regle import attente, etiquette_regle, vers_les_constats
from dashboards.requetes import regles as requetes_regles
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import ETATS_REGLE, FAMILLES_REGLE, SEVERITES, SOURCES, nommer
from data_contracts.words import in_family_order

if TYPE_CHECKING:
    from dashboards.donnees import Ligne

RECHERCHE, FAMILLE, ETAT, SEVERITE, SOURCE = "recherche", "famille", "etat", "severite", "source_lue"
"""Parameters of the address."""
_LIBELLES = {FAMILLE: FAMILLES_REGLE, ETAT: ETATS_REGLE, SEVERITE: SEVERITES, SOURCE: SOURCES}
_CHOIX = {
    FAMILLE: ("Famille", "Toutes"),
    ETAT: ("État", "Tous"),
    SEVERITE: ("Sévérité possible", "Toutes"),
    SOURCE: ("Source lue", "Toutes"),
}
"""The title of each filter, and the choice that filters nothing."""
REGLES_MONTREES = 40
"""From more rules than this, in several families, the page shows the families: one of them, or a search, shows its rules."""

_FAMILLES_PAR_RANG = 2


def filtres(regles: list[Ligne]) -> Adresse:
    """Show the search and the filters, and return those that the address asks for; a value that makes no sense is left out."""
    choix = _choix(regles)
    demandes = demandes_par_l_adresse(regles)
    _suivre(demandes)
    st.text_input(
        "Chercher une règle",
        key=_cle(RECHERCHE),
        on_change=_reecrire,
        max_chars=200,
        placeholder="DUR-003, durée PLS, R. 353-61, pls_min…",
    )
    for colonne, (nom, (titre, tout)) in zip(st.columns(len(_CHOIX)), _CHOIX.items(), strict=True):
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
    """Show the rules that answer the filters, family by family, each leading to its own view; their families when they are many."""
    trouvees = [ligne for ligne in regles if _repond(ligne, demandes)]
    if not trouvees:
        information("Aucune règle ne répond à ces filtres. En retirer, ou chercher un autre mot.")
        return
    equivalent(f"{_compte(trouvees)} dans cette publication.")
    familles = {famille: [ligne for ligne in trouvees if ligne["famille"] == famille] for famille in _familles(trouvees)}
    if len(trouvees) > REGLES_MONTREES and len(familles) > 1:
        note("Choisir une famille pour lire ses règles, ou préciser la recherche.")
        _index(familles, demandes)
        return
    for famille, siennes in familles.items():
        st.header(nommer(famille, FAMILLES_REGLE), anchor=False)
        for ligne in siennes:
            _regle(ligne, demandes)


def _familles(regles: list[Ligne]) -> list[str]:
    return in_family_order({ligne["famille"] for ligne in regles})


def _compte(regles: list[Ligne]) -> str:
    """Say how many rules these are and what they found: « 18 règles, dont 16 actives : 24 cas ouverts »."""
    ouverts = formats.pluriel(sum(ligne["cas_ouverts"] for ligne in regles), "cas ouvert", "cas ouverts")
    actives = sum(ligne["etat"] == "active" for ligne in regles)
    if actives == len(regles):
        return f"{formats.pluriel(actives, 'règle active', 'règles actives')} : {ouverts}"
    dont = f"dont {formats.pluriel(actives, 'active')}" if actives else "aucune active"
    return f"{formats.pluriel(len(regles), 'règle')}, {dont} : {ouverts}"


def _index(familles: dict[str, list[Ligne]], demandes: Adresse) -> None:
    """Show the families side by side, in rows that a narrow screen unfolds in the same order."""
    toutes = list(familles.items())
    for debut in range(0, len(toutes), _FAMILLES_PAR_RANG):
        for colonne, (famille, siennes) in zip(st.columns(_FAMILLES_PAR_RANG), toutes[debut:], strict=False):
            with colonne.container(key=f"bloc_famille_{famille}"):
                lien(f"{famille} · {nommer(famille, FAMILLES_REGLE)}", f"famille_{famille}", demandes | {FAMILLE: famille})
                st.html(f'<div class="constat"><p>{escape(formats.typographie(_compte(siennes)))}</p></div>')


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
        and (SOURCE not in demandes or demandes[SOURCE] in ligne["sources"])
    )


def _choix(regles: list[Ligne]) -> dict[str, list[str]]:
    """Return the values that each filter may take in this catalogue, in the order of their labels."""
    tenus = {
        FAMILLE: {ligne["famille"] for ligne in regles},
        ETAT: {ligne["etat"] for ligne in regles},
        SEVERITE: {severite for ligne in regles for severite in ligne["severites"]},
        SOURCE: {source for ligne in regles for source in ligne["sources"]},
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
    reecrire(tenus, {nom: tenu for nom, tenu in tenus.items() if tenu})

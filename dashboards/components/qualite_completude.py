"""Which fields are filled, the emptiest first, then where: one field by département, or how many fields each leaves too empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards.components.adresse import reecrire
from dashboards.components.barres import Repartition, repartition
from dashboards.components.blocs import equivalent, information, note
from dashboards.components.champs import Champs
from dashboards.components.colonnes.liens import vers_l_ensemble
from dashboards.components.indicateur import definition
from dashboards.components.tableau import Colonne, entier, tableau
from dashboards.requetes import completude as requetes_completude
from dashboards.requetes import ensembles_completude
from dashboards.requetes.ensembles_connus import ENSEMBLES
from data_contracts.extraits import formats
from data_contracts.rapport.controles import ASSEZ, COMPLET_PCT, dire_completude

if TYPE_CHECKING:
    from dashboards.donnees import Ligne
    from dashboards.filtres.communs import Communs
    from data_contracts.publication import PublishedRun

CHAMP = "champ"
"""Parameter of the address: the field looked at by département, « fct_convention.date_depot »."""
TOUS = ""
_MARTS = {
    "dim_bailleur": "Bailleur",
    "fct_avenant": "Avenant",
    "fct_convention": "Convention",
    "fct_logement": "Logement",
    "fct_lot": "Lot",
    "fct_parcelle": "Parcelle",
}
_TAUX = Colonne("taux", "Renseigné", formats.pourcent, "nombre")
_COMPTES = (
    _TAUX,
    entier("renseignees", "Valeurs"),
    entier("attendues", "Attendues", "Lignes où une valeur est attendue."),
)
_ABSENTE = "Part absente (%)"


def completude(run: PublishedRun, filtres: Communs, champ: str) -> None:
    """Show the completeness of the fields; `champ` is the one looked at by département, all of them when it is empty."""
    st.header("Complétude des champs", anchor=False)
    champs = [_lue(ligne) for ligne in requetes_completude.par_champ(run, filtres)]
    if not champs:
        information(f"{dire_completude(champs)} Importer des conventions (« parc import ecoloweb »), puis lancer « parc run ».")
        return
    bas = [ligne for ligne in champs if ligne["taux"] < COMPLET_PCT]
    colonnes = [
        Colonne("libelle", "Champ", genre="long"),
        *_COMPTES,
        Colonne("pires", "Départements les plus bas", genre="texte"),
        Colonne("absentes", "Lignes sans valeur", vers_l_ensemble, est_lien=True),
        Colonne("mart", "Table", genre="code"),
        Colonne("champ", "Colonne", genre="code"),
    ]
    legende = "Part absente des champs les moins renseignés"
    quoi = Repartition(colonnes, legende, "completude", "vides", _ABSENTE, est_dessous=True, decimales=1, toutes=champs)
    note("Les barres montrent la part absente, en %. Le tableau a tous les champs, et les lignes où chacun manque.")
    repartition(bas or champs, quoi, dire_completude(champs))
    definition(run, "Q-03")
    st.header("Par département", anchor=False)
    _choisir(run, champ)
    if champ == TOUS:
        _tous_les_champs(run, filtres)
    else:
        _un_champ(run, filtres, champ)


def champs_connus(run: PublishedRun) -> dict[str, str]:
    """Return the fields that may be looked at, in words, by what the address calls them."""
    return {ligne["champ"]: _nommer(ligne["mart"], ligne["libelle"]) for ligne in requetes_completude.champs(run)}


def _choisir(run: PublishedRun, champ: str) -> None:
    champs = Champs("completude", lambda: reecrire([CHAMP], _adresse(champs)))
    champs.suivre({CHAMP: champ})
    champs.un(st.container(), CHAMP, "Champ", {TOUS: "Tous les champs"} | champs_connus(run))


def _adresse(champs: Champs) -> dict[str, str]:
    return {nom: valeur for nom, valeur in champs.tenus([CHAMP]).items() if valeur}


def _un_champ(run: PublishedRun, filtres: Communs, champ: str) -> None:
    lignes = [
        {**ligne, "libelle": _departement(ligne), "vides": 100 - ligne["taux"]}
        for ligne in requetes_completude.du_champ(run, filtres, champ)
    ]
    classees = [ligne for ligne in lignes if ligne["attendues"] >= ASSEZ]
    if not lignes:
        equivalent("Ce champ n'est attendu nulle part ici : élargir les filtres.")
        return
    pire = (classees or lignes)[0]
    phrase = (
        f"Le moins renseigné : « {pire['libelle']} », {formats.pourcent(pire['taux'])} de "
        f"{formats.pluriel(pire['attendues'], 'valeur attendue', 'valeurs attendues')}, parmi "
        f"{formats.pluriel(len(classees or lignes), 'département')}."
    )
    colonnes = [Colonne("libelle", "Département"), Colonne("region", "Région"), *_COMPTES]
    legende = "Part de valeurs absentes par département"
    quoi = Repartition(colonnes, legende, "completude_champ", "vides", _ABSENTE, decimales=1, toutes=lignes)
    repartition(classees or lignes, quoi, phrase)
    if 0 < len(classees) < len(lignes):
        note(f"Sous {ASSEZ} valeurs attendues, un département est dans le tableau seul.")


def _tous_les_champs(run: PublishedRun, filtres: Communs) -> None:
    lignes = [{**ligne, "libelle": _departement(ligne)} for ligne in requetes_completude.champs_bas(run, filtres)]
    if not lignes:
        equivalent(f"Aucun département n'a {ASSEZ} valeurs attendues d'un champ : trop peu pour dire où les champs manquent.")
        return
    pire, bas = lignes[0], [ligne for ligne in lignes if ligne["bas"]]
    phrase = (
        f"{formats.pluriel(len(bas), 'département')} sur {formats.nombre(len(lignes))} où un champ est renseigné à moins de "
        f"{COMPLET_PCT} %"
    )
    phrase += f" ; « {pire['libelle']} » en a {formats.nombre(pire['bas'])} sur {formats.nombre(pire['champs'])}." if bas else "."
    colonnes = [
        Colonne("libelle", "Département"),
        Colonne("region", "Région"),
        entier("bas", f"Champs sous {COMPLET_PCT} %"),
        entier("champs", "Champs jugés", f"Champs d'une source, attendus dans {ASSEZ} lignes au moins du département."),
    ]
    legende = f"Champs renseignés à moins de {COMPLET_PCT} %, par département"
    quoi = Repartition(colonnes, legende, "completude_departements", "bas", "Champs", toutes=lignes)
    repartition(bas, quoi, phrase)
    if not bas:
        with st.expander("Voir le tableau"):
            tableau(lignes, colonnes, legende, "completude_departements")


def _lue(ligne: Ligne) -> Ligne:
    ensemble = ensembles_completude.code(ligne["mart"], ligne["champ"])
    return {
        **ligne,
        "libelle": f"{_nommer(ligne['mart'], ligne['libelle'])} ({ligne['source_dite']})",
        "vides": 100 - ligne["taux"],
        "absentes": ensemble if ensemble in ENSEMBLES and ligne["renseignees"] < ligne["attendues"] else None,
    }


def _nommer(mart: str, libelle: str) -> str:
    return f"{_MARTS.get(mart, mart)} · {libelle.rstrip('.')}"


def _departement(ligne: Ligne) -> str:
    return f"{ligne['nom']} ({ligne['code']})" if ligne["nom"] else str(ligne["code"]).capitalize()

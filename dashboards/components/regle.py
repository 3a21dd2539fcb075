"""One rule, whole: what it says, the law it reads, what it found, and the examples that are its tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards import pages
from dashboards.components.adresse import REGLE, lien, vers
from dashboards.components.blocs import (
    enumeration,
    equivalent,
    etiquette,
    etiquette_severite,
    etiquettes,
    information,
    note,
    paires,
    paragraphe,
    titre,
)
from dashboards.components.tableau import Colonne, tableau
from dashboards.fichiers import Html
from dashboards.filtres.cas import INFORMATIONS, TOUS, Filtres
from dashboards.requetes import regles as requetes_regles
from data_contracts.extraits import formats, preuve
from data_contracts.extraits.libelles import ETATS_REGLE, FAMILLES_REGLE, OBJETS, SEVERITES, SOURCES, nommer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboards.donnees import Ligne
    from data_contracts.publication import PublishedRun

_PARAMETRES = (
    Colonne("libelle", "Paramètre", genre="texte"),
    Colonne("valeur", "Valeur", genre="texte"),
    Colonne("depuis", "Depuis", genre="serre"),
    Colonne("source", "Source", genre="texte"),
    Colonne("note", "À savoir", genre="long", est_rare=True),
)


def regle(run: PublishedRun, ligne: Ligne) -> None:
    """Show one rule."""
    titre(f"Règle {ligne['regle_id']} · {nommer(ligne['famille'], FAMILLES_REGLE)}", ligne["titre"])
    etiquettes([*map(etiquette_severite, ligne["severites"]), etiquette_regle(ligne["etat"])])
    equivalent(formats.texte(ligne["en_clair"]))
    _sommeil(ligne)
    vers_les_constats(ligne)
    gauche, droite = st.columns(2, gap="large")
    with gauche:
        st.header("Ce qu'il faut faire", anchor=False)
        paragraphe(ligne["action"] or "La règle ne dit pas quoi faire.")
    with droite:
        st.header("Sources du droit", anchor=False)
        enumeration(ligne["references_juridiques"] or ["Aucune source n'est citée."])
    if ligne["faux_positifs"]:
        st.header("Pièges connus", anchor=False)
        paragraphe(ligne["faux_positifs"])
    _droit(ligne)
    _exemples(ligne)
    st.header("Ce qu'elle lit et ce qu'elle fait taire", anchor=False)
    _portee(run, ligne)
    _sql(ligne)


def etiquette_regle(etat: str) -> Html:
    """Return the label of a rule's state."""
    return etiquette(nommer(etat, ETATS_REGLE), "succes" if etat == "active" else "")


def vers_les_constats(ligne: Ligne) -> None:
    """Lead to the findings of a rule, cases and information apart; say so when it has none."""
    regles = (ligne["regle_id"],)
    if ligne["cas_ouverts"]:
        _vers(ligne, ligne["cas_ouverts"], ("le cas ouvert", "cas ouverts"), Filtres(regles, TOUS))
    if ligne["informations"]:
        _vers(ligne, ligne["informations"], ("l'information", "informations"), Filtres(regles, INFORMATIONS))
    if ligne["etat"] == "active" and not ligne["cas_ouverts"] and not ligne["informations"]:
        note("Aucun constat ouvert dans cette publication.")


def _vers(ligne: Ligne, compte: int, noms: tuple[str, str], filtres: Filtres) -> None:
    un, plusieurs = noms
    quoi = un if compte == 1 else f"les {formats.nombre(compte)} {plusieurs}"
    vers(pages.CAS, f"Voir {quoi} de {ligne['regle_id']}", filtres.adresse, garde=False)


def attente(ligne: Ligne) -> str:
    """Say which sources a sleeping rule waits for: « APiLos ou SIAP », « APiLos, comparé à Ecoloweb »."""
    lues, comparees = (" ou ".join(nommer(source, SOURCES) for source in ligne[nom] or []) for nom in ("sources", "croise_avec"))
    return f"{lues}, comparé à {comparees}" if comparees else lues


def faux_positifs(ligne: Ligne) -> str:
    """Say what analysts decided of a rule's findings: the share that they took for false positives, once they decided of one."""
    if ligne.get("taux_faux_positifs_pct") is None:
        return "pas encore de décision"
    return f"{formats.mesure(ligne['taux_faux_positifs_pct'], '%', 1)} ({formats.pluriel(ligne['nb_faux_positifs'], 'constat')})"


def _sommeil(ligne: Ligne) -> None:
    match ligne["etat"]:
        case "en_attente_de_source":
            information(
                f"Cette règle attend une source que la publication n'a pas : {attente(ligne)}. Elle ne constate rien d'ici là."
            )
        case "non_derivable":
            information("Aucune source ne dit ce que cette règle demande : elle est écrite pour mémoire et ne constate rien.")
        case "controle_interne":
            information("Cette règle juge l'entrepôt, pas les conventions : c'est un contrôle de la publication.")
        case "indicateur":
            information("Cette règle est une mesure : elle ne donne pas de constat.")


def _droit(ligne: Ligne) -> None:
    if not ligne["parametres"]:
        return
    st.header("Paramètres du droit", anchor=False)
    jour = preuve.libelle(ligne["grain"], ligne["date_du_droit"])
    note(f"La règle lit le droit du jour : « {jour} ». Une valeur non renseignée éteint ce qui la lit.")
    tableau(preuve.valeurs_datees(ligne["parametres"]), _PARAMETRES, "Seuils et dates que la règle lit")


def _exemples(ligne: Ligne) -> None:
    st.header("Exemples", anchor=False)
    if not ligne["exemples"]:
        note("Aucun exemple n'est écrit pour cette règle.")
        return
    colonnes, lignes = preuve.exemples(ligne)
    oui = sum(exemple["attendu"] for exemple in lignes)
    equivalent(
        f"{formats.pluriel(len(lignes), 'exemple')}, qui sont ses tests : elle se déclenche sur {oui}, pas sur {len(lignes) - oui}."
    )
    note("Une case vide : la valeur d'un objet ordinaire.")
    tableau(lignes, _colonnes_exemples(ligne, colonnes), "Exemples de la règle")


def _colonnes_exemples(ligne: Ligne, colonnes: Sequence[str]) -> list[Colonne]:
    donnees = [Colonne(colonne, preuve.libelle(ligne["grain"], colonne), lambda valeur: valeur or "") for colonne in colonnes]
    return [
        Colonne("attendu", "La règle", _attendu),
        Colonne("severite", "Sévérité", formats.texte, "serre", est_rare=True),
        Colonne("note", "Remarque", formats.texte, "texte", est_rare=True),
        *donnees,
    ]


def _attendu(attendu: bool) -> Html:  # noqa: FBT001 - the value of a cell
    return etiquette("Se déclenche", "alerte") if attendu else etiquette("Ne se déclenche pas")


def _portee(run: PublishedRun, ligne: Ligne) -> None:
    paires({
        "Portée": [
            ("Objet jugé", nommer(ligne["grain"], OBJETS)),
            ("Sources", ", ".join(nommer(source, SOURCES) for source in ligne["sources"])),
            ("Version", formats.nombre(ligne["version"])),
        ],
        "Constats de cette publication": [
            ("Objets auxquels elle s'applique", formats.nombre(ligne.get("nb_applicables"))),
            ("Cas ouverts", formats.nombre(ligne["cas_ouverts"])),
            ("Informations", formats.nombre(ligne["informations"])),
            ("Résolus", formats.nombre(ligne["resolus"])),
            ("Faux positifs", faux_positifs(ligne)),
        ],
    })  # fmt: skip
    titres = requetes_regles.titres(run)
    for phrase, regles in (
        ("Ses constats font taire, sur le même objet ou la même convention :", ligne["couvre"]),
        ("Ses constats se taisent là où se déclenche :", requetes_regles.couverte_par(run, ligne["regle_id"])),
    ):
        if regles:
            paragraphe(phrase)
            for autre in regles:
                lien(f"{autre} · {titres.get(autre, autre)}", f"autre_{autre}", {REGLE: autre})


def _sql(ligne: Ligne) -> None:
    if not ligne["condition"]:
        return
    with st.expander("Lire la condition exacte (SQL)"):
        note(
            f"Sur une ligne par objet : {nommer(ligne['grain'], OBJETS).lower()}. La règle se déclenche quand les deux sont vrais."
        )
        st.caption("Objets auxquels elle s'applique")
        st.code(ligne["applicable"] or "true", language="sql", wrap_lines=True)
        st.caption("Ce qu'elle constate")
        st.code(ligne["condition"], language="sql", wrap_lines=True)
        if len(ligne["severites_par_cas"]) > 1:
            st.caption("Sévérité, le premier cas vrai l'emporte")
            st.code("\n".join(map(_cas, ligne["severites_par_cas"])), language="sql", wrap_lines=True)


def _cas(cas: Ligne) -> str:
    condition = f"si {cas['si']}" if cas["si"] else "sinon"
    return f"{nommer(cas['niveau'], SEVERITES)} : {condition}"

"""What changed between two runs, together: how much of each nature, why, where, which fields and which rules."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import streamlit as st

from dashboards.components.barres import Repartition, repartition
from dashboards.components.blocs import Chiffre, Renvoi, chiffres, note
from dashboards.components.tableau import Colonne, entier, tableau
from dashboards.filtres.changements import CHOIX_CAUSE, CHOIX_NATURE
from dashboards.requetes import changements as requetes_changements
from data_contracts import words
from data_contracts.extraits import formats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboards.comparaison import Paire
    from dashboards.donnees import Ligne
    from dashboards.filtres.changements import Filtres

_FIGURES = {
    "convention_ajoutee": ("Conventions ajoutées", "Conventions que la publication d'avant n'avait pas."),
    "convention_disparue": ("Conventions disparues", "Conventions que la publication d'avant avait, et que la suivante n'a plus."),
    "convention_modifiee": (
        "Champs modifiés",
        "Champs suivis dont la valeur a changé : ceux que quelqu'un saisit. Une convention compte une fois par champ.",
    ),
    "constat_nouveau": ("Constats nouveaux", "Constats ouverts que la publication d'avant n'avait pas ouverts."),
    "constat_resolu": ("Constats résolus", "Constats ouverts avant, que leur règle ne fait plus."),
    "constat_modifie": ("Constats changés", "Constats ouverts avant et après, dont la preuve ou la sévérité a changé."),
    "constat_non_juge": (
        "Constats plus jugés",
        "Constats ouverts avant, dont la règle est retirée ou endormie, ou le département hors de la livraison.",
    ),
}
"""Titles and definitions, in the order of `words.CHANGES`."""
_BARRES = 10
_CHANGEMENTS = entier("changements", "Changements")


def figures(ici: Paire, filtres: Filtres) -> None:
    """Show how many changes of each nature there are, each with the way to them in the list."""
    comptes = requetes_changements.par_nature(ici, filtres)
    chiffres(
        "changements",
        [
            Chiffre(
                titre,
                formats.nombre(comptes[nature]["changements"] if nature in comptes else 0),
                definition,
                "fct_changement",
                _suite(nature, comptes.get(nature)),
                lignes=Renvoi(None, filtres.avec_nature(nature).adresse, "Voir la liste") if nature in comptes else None,
            )
            for nature, (titre, definition) in _FIGURES.items()
        ],
        ici.apres,
    )


def repartitions(ici: Paire, filtres: Filtres, total: int) -> None:
    """Show why things changed, where, which fields and which rules. `total` is how many changes the filters keep."""
    st.header("Pourquoi", anchor=False)
    _pourquoi(ici, filtres, total)
    st.header("Où", anchor=False)
    departements = [{**ligne, "libelle": _departement(ligne)} for ligne in requetes_changements.par_departement(ici, filtres)]
    colonnes = [
        Colonne("libelle", "Département"),
        Colonne("region", "Région"),
        _CHANGEMENTS,
        entier("conventions", "Conventions", "Conventions distinctes que ces changements concernent."),
        entier("de_convention", "Sur les conventions"),
        entier("de_constat", "Sur les constats"),
    ]
    _repartir(ici, departements, colonnes, "Changements par département", total)
    champs = [{**ligne, "libelle": ligne["libelle"] or ligne["code"]} for ligne in requetes_changements.par_champ(ici, filtres)]
    if champs:
        st.header("Champs modifiés", anchor=False)
        colonnes = [
            Colonne("libelle", "Champ"),
            _CHANGEMENTS,
            entier("remplis", "Dont vides avant"),
            entier("vides", "Dont vides après"),
            Colonne("code", "Colonne", genre="code"),
        ]
        _repartir(ici, champs, colonnes, "Conventions modifiées par champ", sum(ligne["changements"] for ligne in champs))
    regles = requetes_changements.par_regle(ici, filtres)
    if regles:
        st.header("Règles en cause", anchor=False)
        nommees = [{**ligne, "libelle": f"{ligne['regle_id']} · {formats.texte(ligne['titre'])}"} for ligne in regles]
        colonnes = [
            Colonne("regle_id", "Règle", genre="serre"),
            Colonne("titre", "Titre", genre="texte"),
            _CHANGEMENTS,
            entier("nouveaux", "Nouveaux"),
            entier("resolus", "Résolus"),
            entier("modifies", "Changés"),
            entier("non_juges", "Plus jugés"),
        ]
        total_des_regles = sum(ligne["changements"] for ligne in regles)
        _repartir(ici, nommees, colonnes, "Changements de constats par règle", total_des_regles, est_dessous=True)


def _pourquoi(ici: Paire, filtres: Filtres, total: int) -> None:
    trouvees = requetes_changements.causes(ici, filtres)
    raisons, croises = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for ligne in trouvees:
        raisons[ligne["cause"], ligne["cause_detail"]] += ligne["changements"]
        croises[ligne["nature"], ligne["cause"]] += ligne["changements"]
    lignes = [
        {"cause": cause, "libelle": f"{detail[:1].upper()}{detail[1:]}", "changements": nombre}
        for (cause, detail), nombre in raisons.most_common()
    ]
    colonnes = [
        Colonne("cause", "Cause", lambda code: CHOIX_CAUSE.get(code, code)),
        Colonne("libelle", "Ce qui a changé", genre="long"),
        _CHANGEMENTS,
    ]
    _repartir(ici, lignes, colonnes, "Changements par cause", total, est_dessous=True)
    note(
        "Quand plusieurs choses ont changé en même temps, la plus proche du changement est nommée : la livraison si la convention "
        "a changé, sinon la règle, ses paramètres, la date de référence, la livraison, le code."
    )
    causes = [cause for cause in words.CAUSES if any(trouvee == cause for _, trouvee in croises)]
    par_nature = [
        {
            "nature": nature,
            **{cause: croises[nature, cause] for cause in causes},
            "ensemble": sum(croises[nature, cause] for cause in causes),
        }
        for nature in words.CHANGES
        if any(trouvee == nature for trouvee, _ in croises)
    ]
    titres = [entier(cause, CHOIX_CAUSE[cause]) for cause in causes]
    nature = Colonne("nature", "Nature", lambda code: CHOIX_NATURE.get(code, code))
    legende = "Changements par nature et par cause"
    tableau(par_nature, [nature, *titres, entier("ensemble", "Ensemble")], legende, "changements_nature_cause", ici.apres)


def _repartir(  # noqa: PLR0913 - what a spread is made of
    ici: Paire, lignes: Sequence[Ligne], colonnes: Sequence[Colonne], legende: str, total: int, *, est_dessous: bool = False
) -> None:
    fichier = legende.lower().replace(" ", "_").translate(str.maketrans("éè", "ee"))
    quoi = Repartition(colonnes, legende, fichier, "changements", "Changements", _BARRES, est_dessous=est_dessous, run=ici.apres)
    repartition(lignes, quoi, _phrase(lignes, total))


def _suite(nature: str, compte: Ligne | None) -> str:
    if compte is None:
        return ""
    if nature.startswith("constat_"):
        return f"dont {formats.pluriel(compte['cas'], 'cas', 'cas')}, hors informations"
    return f"sur {formats.pluriel(compte['conventions'], 'convention')}" if nature == "convention_modifiee" else ""


def _phrase(lignes: Sequence[Ligne], total: int) -> str:
    """Say the first value, its share, and the second."""
    premiere, *suivantes = lignes
    compte = f"{formats.pluriel(premiere['changements'], 'changement')} sur {formats.nombre(total)}"
    phrase = f"« {premiere['libelle']} » : {compte} ({formats.part(premiere['changements'], total)})"
    if not suivantes:
        return f"{phrase}."
    return f"{phrase}, devant « {suivantes[0]['libelle']} » ({formats.nombre(suivantes[0]['changements'])})."


def _departement(ligne: Ligne) -> str:
    if ligne["code"] is None:
        return "Sans département"
    return f"{ligne['nom']} ({ligne['code']})" if ligne["nom"] else str(ligne["code"])

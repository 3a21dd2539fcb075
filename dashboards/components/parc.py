"""The parc in force on a day: its figures, what a past state can and can't tell, and its spreads, each leading to its rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import streamlit as st

from dashboards import pages
from dashboards.components.adresse import ENSEMBLE, vers
from dashboards.components.barres import Repartition, repartition
from dashboards.components.blocs import Chiffre, Renvoi, chiffres, enumeration, note
from dashboards.components.colonnes.liens import vers_les_lignes
from dashboards.components.tableau import LIGNES_MONTREES, Colonne, entier
from dashboards.filtres.parc import CONVENTIONS, FOYERS, LOGEMENTS, TOUS
from dashboards.requetes import ensembles, ensembles_etat
from dashboards.requetes import parc as requetes_parc
from dashboards.requetes.axes_parc import AXES
from dashboards.requetes.ensembles_etat import CHOSES, de_l_etat
from data_contracts.extraits import formats

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from dashboards.donnees import Ligne
    from dashboards.filtres.parc import Filtres
    from dashboards.requetes.parc import Etat
    from data_contracts.publication import PublishedRun

CODES = {LOGEMENTS: "parc_logements", FOYERS: "parc_foyers", CONVENTIONS: "parc_conventions", TOUS: "parc_tous"}
"""The set of rows that each measure counts."""
MESUREES = (
    entier("conventions", "Conventions"),
    entier("logements", "Logements ordinaires"),
    entier("foyers", "Logements de foyers"),
    entier("lits", "Lits de foyers", "Une autre façon de compter les foyers : ne s'ajoutent pas à leurs logements."),
)
VOIR = Colonne("voir", "Lignes", lambda lien: lien, "serre", est_lien=True)
_NOMS = {
    LOGEMENTS: ("logement ordinaire", "logements ordinaires"),
    FOYERS: ("logement de foyer", "logements de foyers"),
    CONVENTIONS: ("convention", "conventions"),
    TOUS: ("logement", "logements"),
}
_NOMS_LONGS = ("nature",)
"""Axes whose values have names too long to stand beside their bars."""
_PASSE = """
Une convention est en vigueur un jour donné quand la période de son historique qui tient ce jour est signée, en cours de
publication, publiée ou opposable. Un jour que la source laisse entre deux périodes garde l'état de la première.

Logements, financements, commune et propriétaire sont ceux de cette période ; régions, départements et noms de communes, ceux
d'aujourd'hui.

Une convention qui n'est connue que d'APiLos n'a pour histoire que sa signature, ses avenants signés et sa fin : avant le jour de
sa résiliation ou de sa dénonciation, elle est en vigueur depuis sa signature.

Une sortie dont la source ne date pas le jour compte depuis le début de la période qui la dit.

L'état d'un jour passé est celui que les sources racontent à présent, corrections faites depuis comprises : une publication de
ce jour-là pouvait montrer autre chose.

Un terme dépassé n'est pas une sortie : sans dénonciation, la convention se reconduit et reste en vigueur.
"""


@dataclass(frozen=True)
class Vue:
    """The parc being looked at."""

    run: PublishedRun
    filtres: Filtres
    etat: Etat

    @property
    def au(self) -> date:
        """The day of its state."""
        return requetes_parc.jour(self.run, self.filtres)

    @property
    def mesure(self) -> str:
        """What bars and squares count."""
        return self.filtres.mesure

    @property
    def total(self) -> int:
        """How many of it there are in the parc social."""
        return int(self.etat.social[self.mesure])

    def comptant(self, mesure: str) -> Vue:
        """Return the same parc where something else is counted."""
        return replace(self, filtres=replace(self.filtres, mesure=mesure))


def mesuree(compte: int, mesure: str) -> str:
    """Write a count and what it counts: « 1 logement ordinaire »."""
    return formats.pluriel(compte, *_NOMS[mesure])


def figures(vue: Vue) -> None:
    """Show the key figures of the parc social, and ANAH apart."""
    social, anah = vue.etat.social, vue.etat.anah
    total = social["conventions"] + anah["conventions"]
    dits = {
        "parc_conventions": (social["conventions"], f"{formats.part(social['conventions'], total)} de celles en vigueur"),
        "parc_logements": (social["logements"], "dans le parc social, hors foyers"),
        "parc_foyers": (social["foyers"], "comptés à part"),
        "parc_lits": (social["lits"], "à ne pas ajouter aux logements"),
        "parc_sortis": (social["sortis"], "déjà retirés des logements"),
        "parc_anah": (
            anah["conventions"],
            f"{formats.pluriel(anah['logements'] + anah['foyers'], 'logement')}, hors du parc social",
        ),
    }
    chiffres("etat", [
        Chiffre(
            CHOSES[code].titre,
            formats.nombre(compte),
            CHOSES[code].definition,
            CHOSES[code].source,
            suite,
            f"Parc au {formats.jour(vue.au)}.",
            Renvoi(pages.LIGNES, {ENSEMBLE: code, **de_l_etat(vue.run, code, vue.au).adresse}),
        )
        for code, (compte, suite) in dits.items()
    ])  # fmt: skip
    if vue.filtres.au is None:
        note(
            f"Avec l'ANAH, les foyers, et les logements sortis ou d'un programme résilié : {formats.pluriel(total, 'convention')} "
            f"et {formats.pluriel(social['bruts'] + anah['bruts'], 'logement')}, ce que compte l'Accueil."
        )


def passe(run: PublishedRun, filtres: Filtres) -> None:
    """Say what the state of a day can and can't tell."""
    with st.expander("Ce que veut dire « en vigueur » un jour donné, et ce qu'un état passé ne peut pas dire", key="passe"):
        enumeration([" ".join(phrase.split()) for phrase in _PASSE.strip().split("\n\n")])
    if filtres.au is None:
        return
    inconnues = ensembles_etat.sans_etat(filtres.au)
    nombre = ensembles.compter(run, filtres.communs, [inconnues])[inconnues.code]
    if nombre:
        note(
            f"Pas comptées ici : {formats.pluriel(nombre, 'convention signée', 'conventions signées')} avant ce jour, sans état "
            "connu à cette date, car leur historique commence plus tard."
        )
        vers(pages.LIGNES, "Voir ces conventions", {ENSEMBLE: inconnues.code, **inconnues.adresse})


def avec_mots(vue: Vue, axe: str, lignes: Sequence[Ligne]) -> list[Ligne]:
    """Give each row of an axis its words (libelle), those that the measure makes the largest first."""
    nommees = [{**ligne, "libelle": AXES[axe].dire(vue.run, ligne["code"])} for ligne in lignes]
    return sorted(nommees, key=lambda ligne: -ligne[vue.mesure])


def avec_liens(vue: Vue, axe: str, lignes: Sequence[Ligne], au: date) -> list[Ligne]:
    """Give each row of an axis the link to the rows of what is counted on a day (voir)."""
    code = CODES[vue.mesure]
    adresse = {ENSEMBLE: code, **de_l_etat(vue.run, code, au).adresse, ensembles_etat.AXE: axe}
    return [
        {**ligne, "voir": vers_les_lignes(adresse | {ensembles_etat.VALEUR: ligne["code"] or ""}, ligne["libelle"])}
        for ligne in lignes
    ]


def phrase(lignes: Sequence[Ligne], mesure: str, total: int, precision: str = "") -> str:
    """Say the first value, its share of the total, and the second; rows stand in the order of the measure."""
    if not total:
        return f"Aucun{'e' if mesure == CONVENTIONS else ''} {_NOMS[mesure][0]} à répartir."
    premiere, *suivantes = lignes
    dit = f"« {premiere['libelle']} » : {mesuree(premiere[mesure], mesure)} sur {formats.nombre(total)}"
    dit += f" ({formats.part(premiere[mesure], total)})"
    if suivantes and suivantes[0][mesure]:
        dit += f", devant « {suivantes[0]['libelle']} » ({formats.nombre(suivantes[0][mesure])})"
    return f"{dit}. {precision}".strip()


def distinguer(lignes: Sequence[Ligne]) -> list[Ligne]:
    """Return rows no two of which bear the same words (libelle): those that did are told apart by their code.

    Bars are placed by their words: two of the same would stand on one another.
    """
    fois = Counter(ligne["libelle"] for ligne in lignes)
    return [
        {**ligne, "libelle": f"{ligne['libelle']} ({ligne['code']})"} if fois[ligne["libelle"]] > 1 else ligne for ligne in lignes
    ]


def spread(vue: Vue, axe: str, titre: str, precision: str = "", total: int | None = None) -> None:
    """Show how the parc spreads along an axis; `total` is what it shares out, the parc social unless told otherwise."""
    rangees = avec_liens(vue, axe, avec_mots(vue, axe, vue.etat.par[axe]), vue.au)
    st.subheader(titre, anchor=False)
    dit = phrase(rangees, vue.mesure, vue.total if total is None else total, precision)
    quoi = replace(_quoi(vue, axe, titre, rangees), est_dessous=axe in _NOMS_LONGS)
    repartition([ligne for ligne in rangees if ligne[vue.mesure]], quoi, dit)


def classer(vue: Vue, axe: str, titre: str, dire: Callable[[int], str], colonnes: Sequence[Colonne] = ()) -> None:
    """Show the first values of a long axis: bars, a table of the first ones, files of them all; `dire` says how many there are."""
    classement = requetes_parc.classement(vue.run, vue.filtres, axe, LIGNES_MONTREES)
    rangees = avec_liens(vue, axe, distinguer(classement.premiers), vue.au)
    st.subheader(titre, anchor=False)
    quoi = _quoi(vue, axe, titre, replace(classement, premiers=rangees), colonnes)
    dit = phrase(rangees, vue.mesure, vue.total, dire(len(classement)))
    repartition([ligne for ligne in rangees if ligne[vue.mesure]], replace(quoi, est_dessous=True), dit)


def _quoi(vue: Vue, axe: str, titre: str, toutes: Sequence[Ligne], colonnes: Sequence[Colonne] = ()) -> Repartition:
    return Repartition(
        [Colonne("libelle", titre.removeprefix("Par ").capitalize()), *colonnes, *MESUREES, VOIR],
        f"{_NOMS[vue.mesure][1].capitalize()} au {formats.jour(vue.au)}, {titre.lower()}",
        f"parc_{axe}",
        champ=vue.mesure,
        compte=_NOMS[vue.mesure][1].capitalize(),
        toutes=toutes,
    )

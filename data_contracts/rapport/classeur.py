"""The report as a workbook: what it says first, then a sheet a subject with every row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data_contracts.extraits import classeur, formats
from data_contracts.extraits.classeur import ColonneFichier, Feuille
from data_contracts.rapport.section import Colonne, Etat, Genre, Section, Tableau

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from data_contracts.extraits.lecture import Ligne
    from data_contracts.rapport.rapport import Rapport

_LISEZ_MOI = (ColonneFichier("rubrique", "Rubrique", 26), ColonneFichier("valeur", "À savoir", 130))


def en_classeur(rapport: Rapport) -> bytes:
    """Write the workbook."""
    return classeur.classeur([Feuille("Lisez-moi", _LISEZ_MOI, _lisez_moi(rapport)), *_feuilles(rapport.sections)])


def _lisez_moi(rapport: Rapport) -> Iterator[Ligne]:
    yield {"rubrique": "Peut-on s'y fier ?", "valeur": rapport.verdict.etat.mots}
    for phrase in rapport.verdict.phrases:
        yield {"rubrique": "Verdict", "valeur": phrase}
    for suite in rapport.suites:
        yield {"rubrique": "Que faire", "valeur": suite}
    for section in rapport.sections:
        for phrase in section.phrases:
            yield {"rubrique": section.titre, "valeur": phrase}
    yield {"rubrique": "Publication", "valeur": rapport.run_id}
    yield {"rubrique": "Publiée le", "valeur": formats.instant(rapport.publie_le)}
    yield {"rubrique": "Date de référence", "valeur": rapport.date_reference}
    yield {"rubrique": "Code de l'entrepôt", "valeur": rapport.version_code}
    for livraison in rapport.livraisons:
        yield {"rubrique": "Livraison", "valeur": livraison}


def _feuilles(sections: Iterable[Section]) -> Iterator[Feuille]:
    for section in sections:
        for nom, tableau in section.feuilles.items():
            yield _feuille(nom, tableau)


def _feuille(nom: str, tableau: Tableau) -> Feuille:
    colonnes = [ColonneFichier(colonne.champ, _titre(colonne), colonne.largeur) for colonne in tableau.colonnes]
    lignes = (
        {colonne.champ: _valeur(ligne.get(colonne.champ), colonne) for colonne in tableau.colonnes} for ligne in tableau.lignes
    )
    # a sheet without a row would not say whether nothing is there or nothing was looked at
    return Feuille(nom, colonnes, lignes if tableau.lignes else [{colonnes[0].champ: tableau.vide}])


def _titre(colonne: Colonne) -> str:
    return f"{colonne.titre} (%)" if colonne.genre is Genre.PART else colonne.titre


def _valeur(valeur: Any, colonne: Colonne) -> Any:  # noqa: ANN401 - one value of any column
    if isinstance(valeur, Etat):
        return valeur.mots
    if valeur is not None and colonne.genre is Genre.PART:
        return round(float(valeur), 2)
    return valeur

"""Files ready for the corrections that APiLos applies to a list of agreements, and the list of ANAH agreements to clean out.

Each file holds what APiLos asks for and nothing else; the next sheets of its workbook say what could not be asked, and why.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data_contracts.extraits import constats, formats, lisez_moi, provenance, requetes_corrections
from data_contracts.extraits.classeur import ColonneFichier, Feuille, classeur
from data_contracts.extraits.csv_excel import csv_excel
from data_contracts.extraits.lecture import parcourir
from data_contracts.extraits.libelles import STATUTS, nommer

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    import duckdb

    from data_contracts.extraits.lecture import Ligne
    from data_contracts.extraits.selection import Selection
    from data_contracts.publication import PublishedRun

_NUMERO = ColonneFichier("numero", "Numéro de convention", 30)
_A_COMPLETER = (
    ColonneFichier("obstacle", "Ce qui empêche de la demander", 52),
    ColonneFichier("precision", "Précision", 60),
    ColonneFichier("code_departement", "Département", 13),
    ColonneFichier("convention_id", "Identifiant de la convention", 22),
)


@dataclass(frozen=True)
class Correction:
    """One file: what APiLos asks for, and where the data says it."""

    fichier: str
    titre: str
    colonnes: tuple[ColonneFichier, ...]
    requete: str
    explications: tuple[str, ...]


@dataclass(frozen=True)
class Trouvee:
    """A correction and the agreements that it is about."""

    correction: Correction
    lignes: list[Ligne]

    @property
    def pretes(self) -> list[Ligne]:
        """Those that can be asked as they are."""
        return [ligne for ligne in self.lignes if ligne["obstacle"] is None]

    @property
    def a_completer(self) -> list[Ligne]:
        """Those that something keeps from being asked."""
        return [ligne for ligne in self.lignes if ligne["obstacle"] is not None]


@dataclass(frozen=True)
class Ecrite:
    """A file once written."""

    fichier: str
    titre: str
    nb_pretes: int
    nb_a_completer: int = 0


CORRECTIONS = (
    Correction(
        "resiliations",
        "Résiliations",
        (_NUMERO, ColonneFichier("date_fin", "Date de résiliation", 20)),
        requetes_corrections.CHOISIES + requetes_corrections.RESILIATIONS,
        (
            "Conventions résiliées selon la source, avec la date de la résiliation par le préfet.",
            "APiLos laisse comme elles sont celles qu'il sait déjà résiliées.",
        ),
    ),
    Correction(
        "denonciations",
        "Dénonciations",
        (_NUMERO, ColonneFichier("date_fin", "Date de dénonciation", 20)),
        requetes_corrections.CHOISIES + requetes_corrections.DENONCIATIONS,
        (
            "Conventions dénoncées selon la source.",
            "Ecoloweb ne garde que la date de la demande de dénonciation : c'est elle qui est donnée, à vérifier avant l'envoi.",
            "APiLos laisse comme elles sont celles qu'il sait déjà dénoncées.",
        ),
    ),
    Correction(
        "financements",
        "Financements",
        (_NUMERO, ColonneFichier("financement", "Financement", 22)),
        requetes_corrections.CHOISIES + requetes_corrections.FINANCEMENTS,
        (
            "Conventions d'un seul financement, que l'import officiel a écrit autrement dans APiLos (PALULOS repris en PLUS).",
            "Les numéros se suivent financement par financement, comme APiLos les demande.",
            "Une convention mixte n'est jamais prête : APiLos donnerait un même financement à toutes celles de son numéro.",
        ),
    ),
    Correction(
        "bailleurs",
        "Changements de bailleur",
        (_NUMERO, ColonneFichier("siren", "SIREN du bailleur", 20)),
        requetes_corrections.CHOISIES + requetes_corrections.BAILLEURS,
        (
            "Conventions dont le propriétaire d'aujourd'hui n'est plus celui que l'import officiel a écrit dans APiLos.",
            "L'import officiel lit la dernière période qu'aucun avenant n'a ouverte.",
            "Prête quand un avenant de mutation le dit et que le SIREN du nouveau propriétaire est valide.",
        ),
    ),
)
"""What APiLos can be asked by list."""

_FICHIER_ANAH = "conventions_anah"
_ANAH = (
    ColonneFichier("numero", "Numéro de convention", 26),
    ColonneFichier("code_departement", "Département", 13),
    ColonneFichier("date_signature", "Date de signature", 13),
    ColonneFichier("date_effet", "Prise d'effet", 13),
    ColonneFichier("date_expiration", "Expiration", 13),
    ColonneFichier("etat", "État", 16),
    ColonneFichier("motif", "Pourquoi elle est de l'ANAH", 50),
    ColonneFichier("est_dans_apilos", "Reprise dans APiLos", 12),
    ColonneFichier("convention_id", "Identifiant de la convention", 22),
)
_EXPLICATIONS_ANAH = (
    "Conventions de l'ANAH : un lot financé par l'ANAH, ou une convention type de l'ANAH.",
    "APiLos ne les supprime pas par lot : chacun supprime les siennes, bailleur ou instructeur.",
    "« Reprise dans APiLos » non : il n'y a rien à y supprimer.",
    "Les nouvelles conventions de l'ANAH ne se font pas dans APiLos.",
    "Source : FAQ réglementaire d'APiLos, « Conventions ANAH ».",
)


def trouver(connection: duckdb.DuckDBPyConnection, selection: Selection, date_reference: date) -> list[Trouvee]:
    """Return the rows of each correction, as the marts of a run say them on its day."""
    connues = [nom for nom, *_ in connection.execute("describe fct_anomalie").fetchall()]
    cles = {
        "condition": _condition(selection),
        "a_traiter": constats.a_traiter(connues),
        "date_reference": date_reference.isoformat(),
    }
    return [Trouvee(correction, list(parcourir(connection, correction.requete.format(**cles)))) for correction in CORRECTIONS]


def anah(connection: duckdb.DuckDBPyConnection, selection: Selection) -> list[Ligne]:
    """Return the agreements of the ANAH, as rows of their file."""
    trouvees = parcourir(connection, requetes_corrections.ANAH.format(condition=_condition(selection)))
    return [{**ligne, "etat": nommer(ligne["statut"], STATUTS, "")} for ligne in trouvees]


def ecrire(connection: duckdb.DuckDBPyConnection, run: PublishedRun, selection: Selection, dossier: Path) -> list[Ecrite]:
    """Write every file of corrections in a folder, as a workbook and as a CSV; one without a row holds its titles."""
    dossier.mkdir(parents=True, exist_ok=True)

    def explications(*textes: str) -> Feuille:
        return Feuille("Explications", lisez_moi.COLONNES, _explications(run, selection, textes))

    ecrites = []
    for trouvee in trouver(connection, selection, run.reference_date):
        correction, pretes, autres = trouvee.correction, trouvee.pretes, trouvee.a_completer
        suite = [Feuille("À compléter", (*correction.colonnes, *_A_COMPLETER), autres)] if autres else []
        suite.append(explications(*correction.explications, *_prete(len(pretes), len(autres))))
        _deux_formes(dossier / correction.fichier, Feuille(correction.titre, correction.colonnes, pretes), suite)
        ecrites.append(Ecrite(correction.fichier, correction.titre, len(pretes), len(autres)))
    conventions = anah(connection, selection)
    _deux_formes(dossier / _FICHIER_ANAH, Feuille("Conventions ANAH", _ANAH, conventions), [explications(*_EXPLICATIONS_ANAH)])
    return [*ecrites, Ecrite(_FICHIER_ANAH, "Conventions de l'ANAH à nettoyer", len(conventions))]


def _condition(selection: Selection) -> str:
    return selection.condition({"convention_id"}) or "true"


def _deux_formes(chemin: Path, feuille: Feuille, suite: list[Feuille]) -> None:
    chemin.with_suffix(".xlsx").write_bytes(classeur([feuille, *suite]))
    chemin.with_suffix(".csv").write_bytes(csv_excel(feuille.lignes, feuille.colonnes))


def _prete(nb_pretes: int, nb_autres: int) -> tuple[str, ...]:
    prete = f"Prêtes : {formats.pluriel(nb_pretes, 'convention')}, sur la première feuille, à transmettre à APiLos telle quelle."
    autre = f"À compléter : {formats.pluriel(nb_autres, 'convention')}, avec ce qui empêche de la demander."
    return (prete, autre) if nb_autres else (prete,)


def _explications(run: PublishedRun, selection: Selection, textes: tuple[str, ...]) -> list[Ligne]:
    dites = ("Contenu : " + selection.describe() + ".", *textes)
    return [
        *({"rubrique": "Cette liste", "nom": "", "valeur": formats.typographie(texte)} for texte in dites),
        *provenance.publication(run),
        *provenance.livraisons(run),
    ]

"""Where the figures of a file come from: the publication, the deliveries behind it, the law it applied."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from data_contracts.extraits import forcage, formats
from data_contracts.extraits.classeur import ColonneFichier
from data_contracts.extraits.libelles import FORMATS, SOURCES, nommer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from data_contracts.extraits.lecture import Ligne
    from data_contracts.publication import PublishedRun

COLONNES = (
    ColonneFichier("rubrique", "Rubrique", 26),
    ColonneFichier("nom", "Nom", 34),
    ColonneFichier("valeur", "Valeur", 110),
)


def publication(run: PublishedRun) -> Iterator[Ligne]:
    """Give the rows that identify a run: itself, its day, its code, the catalogue of rules that it applied, what it breaks."""
    forcee = forcage.lire(run)
    droit = run.manifest.get("droit", {}).get("empreinte")
    yield _dite("Publication", "Publication", run.run_id)
    if forcee:
        yield _dite("Publication", "À savoir", forcee.phrase())
        for rang, detail in enumerate(forcee.details(), start=1):
            yield _dite("Publication", f"Contrôle rompu {rang}", detail)
    yield _dite("Publication", "Publiée le", formats.instant(run.published_at))
    yield _dite("Publication", "Date de référence", run.reference_date)
    yield _dite("Publication", "Code de l'entrepôt", run.manifest["version_code"])
    if droit:
        yield _dite("Publication", "Empreinte du catalogue des règles", droit)


def livraisons(run: PublishedRun) -> Iterator[Ligne]:
    """Give the rows of the deliveries that a run read: what each one is, when it came, its hash, what it covers."""
    for livraison in run.manifest["livraisons"]:
        source = nommer(livraison["source"], SOURCES)
        forme = nommer(livraison["format"], FORMATS)
        recue = formats.instant(datetime.fromisoformat(livraison["recue_le"]))
        yield _dite("Livraisons", source, f"{livraison['origine']} ({forme}), reçue le {recue}")
        yield _dite("Livraisons", f"{source}, sha256", livraison["sha256"])
        if livraison["departements"]:
            yield _dite("Livraisons", f"{source}, départements couverts", formats.liste(livraison["departements"]))


def definitions(rubrique: str, colonnes: Iterable[ColonneFichier]) -> Iterator[Ligne]:
    """Give the rows that say what columns mean."""
    return (_dite(rubrique, colonne.titre, colonne.definition) for colonne in colonnes)


def _dite(rubrique: str, nom: str, valeur: object) -> Ligne:
    return {"rubrique": rubrique, "nom": nom, "valeur": valeur}

"""The files of the page « Cas non réglementaires »: every finding that answers the filters, with what it takes to read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards import donnees
from dashboards.filtres.cas import INFORMATIONS
from dashboards.requetes import cas as requetes_cas
from data_contracts.extraits import constats, formats, provenance
from data_contracts.extraits.classeur import Feuille, classeur
from data_contracts.extraits.csv_excel import csv_excel
from data_contracts.extraits.lecture import depuis_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboards.donnees import Ligne
    from dashboards.filtres.cas import Filtres
    from data_contracts.publication import PublishedRun


def en_csv(run: PublishedRun, filtres: Filtres) -> bytes:
    """Return every finding that answers the filters, for a French Excel."""
    return csv_excel(lignes(run, filtres), constats.COLONNES)


def en_classeur(run: PublishedRun, filtres: Filtres) -> bytes:
    """Return every finding that answers the filters as a workbook, with what its columns mean and where they come from."""
    nom = "Informations" if filtres.severite == INFORMATIONS else "Cas"
    return classeur([
        Feuille(nom, constats.COLONNES, lignes(run, filtres)),
        Feuille("Définitions et provenance", provenance.COLONNES, explications(run, filtres)),
    ])  # fmt: skip


def lignes(run: PublishedRun, filtres: Filtres) -> Iterator[Ligne]:
    """Give the rows of the file, one a finding."""
    parametres = {regle["regle_id"]: depuis_json(regle["parametres"]) for regle in requetes_cas.regles_retenues(run, filtres)}
    return (constats.en_ligne(constat, parametres.get(constat["regle_id"])) for constat in requetes_cas.tous(run, filtres))


def explications(run: PublishedRun, filtres: Filtres) -> list[Ligne]:
    """Return what a reader of the file must know: the run and its deliveries, the filters, the columns, the rules."""
    compte = requetes_cas.chiffres(run, filtres)
    filtres_dits = filtres.en_mots(requetes_cas.referentiel(run))
    regles = requetes_cas.regles_retenues(run, filtres)
    return [
        *provenance.publication(run),
        {"rubrique": "Publication", "nom": "Lignes", "valeur": formats.nombre(compte["constats"])},
        {"rubrique": "Publication", "nom": "Conventions concernées", "valeur": formats.nombre(compte["conventions"])},
        *provenance.livraisons(run),
        *({"rubrique": "Filtres appliqués", "nom": dit["filtre"], "valeur": dit["valeur"]} for dit in filtres_dits),
        *provenance.definitions("Colonnes", constats.COLONNES),
        *({"rubrique": "Règles", "nom": regle["regle_id"], "valeur": _regle(regle)} for regle in regles),
        *(
            {"rubrique": "Sources juridiques", "nom": regle["regle_id"], "valeur": reference}
            for regle in regles
            for reference in regle["references_juridiques"] or []
        ),
    ]


def nom_fichier(run: PublishedRun, filtres: Filtres) -> str:
    """Return the name of the file, without extension."""
    nom = "informations" if filtres.severite == INFORMATIONS else "cas_non_reglementaires"
    return f"{nom}_{donnees.date_reference(run).isoformat()}"


def _regle(regle: Ligne) -> str:
    return (
        f"{regle['titre']} (version {regle['version']}, {formats.pluriel(regle['constats'], 'constat')}). {regle['en_clair'] or ''}"
    )

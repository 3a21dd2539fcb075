"""Writes rows whose parent was deleted, as a database keeps them when nothing ever checked its foreign keys."""

from __future__ import annotations

from ingest.demo.copie import Copie, Valeur
from ingest.demo.faits import Convention, Orpheline
from ingest.demo.referentiels import identifiant, valeur

_SUPPRIMEES = 900_000_000
"""From this id on, rows that no longer exist."""
_CREATION = 1_325_376_000_000
"""1 January 2012, in epoch milliseconds."""


def ecrire_orpheline(copie: Copie, convention: Convention, orpheline: Orpheline) -> None:
    """Write one row of its table, like those of an agreement, under a parent that does not exist.

    KeyError for a table that is not known here.
    """
    orpheline.id = copie.identifiant(orpheline.table)
    copie.ajouter(orpheline.table, id=orpheline.id, **_COLONNES[orpheline.table](convention))


def _periode(convention: Convention) -> dict[str, Valeur]:
    courante = convention.courante
    return {
        "datehistoriquedebut": courante.debut,
        "descriptifhistorique": courante.descriptif,
        "estcourante": True,
        "conventionapl_id": _mere(convention),
        "etatconvention_id": valeur("ECO", courante.etat.name),
        "conventiontype_id": convention.type.id,
        "naturelogement_id": identifiant("naturelogement", convention.nature.value),
        "naturebailleur_id": identifiant("naturebailleur", convention.secteur.value),
    }


def _programme(convention: Convention) -> dict[str, Valeur]:
    lot = convention.courante.contenu[0]
    return {
        "ordre": 1,
        "description": lot.description,
        "logementsnombretotal": lot.nb_logements,
        "conventiondonneesgenerales_id": _mere(convention),
        "typefinancement_id": identifiant("typefinancement", lot.financement),
        "commune_id": lot.commune.id,
        "bailleurproprietaire_id": lot.proprietaire.id,
        "etatprogramme_id": valeur("EPR", "ENC"),
    }


def _logement(convention: Convention) -> dict[str, Valeur]:
    return {
        "nblogements": 1,
        "programmelogement_id": _mere(convention),
        "typelogement_id": valeur("TLO", "T3"),
        "typeconstruction_id": valeur("TCS", "C"),
        "statutlogement_id": valeur("SLO", "OC"),
        "datecreation": _CREATION,
    }


def _avenant(convention: Convention) -> dict[str, Valeur]:
    return {
        "numero": 1,
        "datedepot": convention.depot,
        "description": "Avenant n° 1",
        "conventionapl_id": _mere(convention),
        "entitegest_id": convention.office.id,
    }


def _piece_jointe(convention: Convention) -> dict[str, Valeur]:
    return {
        "fichier": "avenant.pdf",
        "date": convention.depot,
        "conventionapl_id": _mere(convention),
        "typepiecejointe_id": valeur("TPJ", "4"),
        "entitegest_id": convention.office.id,
    }


_COLONNES = {
    "conventiondonneesgenerales": _periode,
    "programmelogement": _programme,
    "logement": _logement,
    "avenant": _avenant,
    "piecejointe": _piece_jointe,
}
"""What is written of a row of each table."""


def _mere(convention: Convention) -> int:
    return _SUPPRIMEES + convention.id

"""Writes the tables that do not depend on the agreements: code lists, communes and postal codes, yearly indices."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.demo.copie import Copie
from ingest.demo.geographie import Commune, Departement
from ingest.demo.referentiels import TABLES_DE_REFERENCE, identifiant, lignes_de_reference, liste, valeur
from ingest.demo.revision import INDICE_PCT


def ecrire_listes(copie: Copie) -> None:
    """Write the reference tables."""
    for table in TABLES_DE_REFERENCE:
        copie.brut(table, (ligne + _colonnes_ajoutees(table) for ligne in lignes_de_reference(table)))


def _colonnes_ajoutees(table: str) -> str:
    return "\t\\N" if table == "conventiontype" else ""


def ecrire_communes(copie: Copie, departements: Sequence[Departement]) -> None:
    """Write the communes where agreements may be, and every postal code of each."""
    for departement in departements:
        for commune in departement.communes:
            ecrire_commune(copie, commune)
            for code_postal in commune.codes_postaux:
                copie.ajouter(
                    "codepostal",
                    id=copie.identifiant("codepostal"),
                    codeinsee=commune.code_officiel if commune.est_active else commune.code,
                    codepostal=code_postal,
                )


def ecrire_commune(copie: Copie, commune: Commune) -> None:
    """Write one commune."""
    copie.ajouter(
        "commune",
        id=commune.id,
        code=commune.code,
        codesiren=commune.siren,
        libelle=commune.nom,
        estactive=commune.est_active,
        departement_id=identifiant("departement", commune.departement_lu),
        version=46,
    )


def ecrire_indices(copie: Copie) -> None:
    """Write the yearly indices of rents and of foyers' charges."""
    annees = [ligne["code"] for ligne in liste("valeurparamstatic_ajouts") if ligne["subtype"] == "ANN"]
    foyers = [identifiant("naturelogement", ligne["code"]) for ligne in liste("naturelogement") if ligne["estfoyer"] == "t"]
    for annee in annees:
        copie.ajouter(
            "indiceloyer",
            id=copie.identifiant("indiceloyer"),
            annee_id=valeur("ANN", annee),
            irl1evol=INDICE_PCT,
            irl2evol=INDICE_PCT,
            iccaugmentation=INDICE_PCT,
        )
        for nature in foyers:
            copie.ajouter(
                "indiceredevance",
                id=copie.identifiant("indiceredevance"),
                annee_id=valeur("ANN", annee),
                naturelogement_id=nature,
                indicevariation=INDICE_PCT,
            )

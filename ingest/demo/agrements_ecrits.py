"""Writes the agréments of the demo as their sources give them: one report of SISAL, and a folder of SIAP's answers."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, Self
from zlib import crc32

from ingest.demo import noms
from ingest.demo.agrements import Agrement, Operation, Piege
from ingest.demo.faits import Absorption
from ingest.demo.personnes import Personnes
from ingest.demo.referentiels import Nature

SISAL, SIAP = "sisal.csv", "siap"
LIBELLES = (
    "Année Gestion Programmation",
    "Année Gestion Clôture",
    "Année Gestion Début",
    "N° Opération GALION",
    "Commune",
    "Zone 123",
    "Zone ABC",
    "Type Financement",
    "Gestionnaire",
    "MOA (nom officiel)",
    "MOA (code SIRET)",
    "MOA Adresse 1",
    "MOA Code postal",
    "MOA Ville",
    "Type d'habitat",
    "Nom Opération",
    "Adresse Opération 1",
    "Réf. Parcelle cadastrale",
    "Réf. Coordonnées XY",
    "Année Achèvement Travaux",
    "Nature logement",
    "Type Bénéficiaire",
    "Produit",
    "Nb logts",
    "SU totale",
    "Nb Garages aériens",
    "Loyer Garages aériens",
    "Nb Garages enterrés",
    "Loyer Garages enterrés",
    "Nb Places Stationnement",
    "Loyer Places Stationnement",
    "Nb Jardins",
    "Loyer Jardins",
)
NATURES = {
    Nature.ORDINAIRE: ("LOO", "Logements ordinaires", "Ménages"),
    Nature.FOYER_PA: ("ALF", "Autres logements foyers", "Personnes âgées"),
    Nature.FOYER_PH: ("ALF", "Autres logements foyers", "Personnes handicapées"),
    Nature.FOYER_INCLUSIF: ("ALF", "Autres logements foyers", "Personnes handicapées"),
    Nature.FTM: ("ALF", "Autres logements foyers", "Publics issus de FTM"),
    Nature.FJT: ("ALF", "Autres logements foyers", "Jeunes"),
    Nature.RESIDENCE_SOCIALE: ("RES", "Résidence sociale", "Autres publics spécifiques"),
}
"""Code of a nature in SIAP, its label in SISAL, and the public that it is for."""
TYPOLOGIES = {"LOO": "LLS", "ALF": "LF", "RES": "RELS"}
"""What SIAP gives in place of a nature. It takes a résidence sociale for ordinary dwellings."""
HABILITATION = {
    "id": 1,
    "statut": "VALIDEE",
    "valide": True,
    "territComp": "France entière",
    "groupe": {"profil": {"code": "ADM_CENTR"}},
}
FUSIONS = [{"sirenAbsorbe": noms.siren(900_001), "sirenAbsorbant": noms.siren(900_002), "dateFinValidite": "2021-12-31"}]
NON_RENDUE = "20231299999"
"""An operation that the list announces and whose details are nowhere."""
_PAR_FICHIER = 500
_ESPACE = "\u00a0"


class Ecriture:
    """The two deliveries while they are written. Made in a folder aside, they take the place of those of before at once."""

    def __init__(self, dossier: Path, personnes: Personnes) -> None:
        """Write in `dossier`; note in `personnes` whom the operations name."""
        self._personnes = personnes
        self._dossier = dossier
        (dossier / SIAP).mkdir()
        self._sisal: IO[str] = (dossier / SISAL).open("w", encoding="utf-8", newline="")
        self._lignes = csv.writer(self._sisal)
        vide = [""] * (len(LIBELLES) - 1)
        self._lignes.writerows([["", *vide], ["Rapport 1", *vide], ["", *vide], LIBELLES])
        self._details: list[dict[str, Any]] = []
        self._annoncees: list[dict[str, Any]] = []
        self._fichiers = 0

    def ecrire(self, operation: Operation) -> None:
        """Write one operation in the delivery of its source."""
        if operation.source == "sisal":
            self._lignes.writerows(_lignes(operation))
            return
        self._details.append(_detail(operation, self._personnes.citer(crc32(operation.numero.encode())).courriel))
        self._annoncees.append({"numeroOperation": operation.numero, "aides": [agrement.aide for agrement in operation.agrements]})
        if len(self._details) == _PAR_FICHIER:
            self._verser()

    def poser(self, dossier: Path, absorptions: Mapping[str, Absorption]) -> tuple[Path, Path]:
        """Put the report and the folder of answers in their place, with the mergers by SIREN absorbed; return them."""
        self._verser()
        self._annoncees.append({"numeroOperation": NON_RENDUE, "aides": ["PLUS"]})
        for nom, reponse in (
            ("operations", self._annoncees),
            ("fusions", [*FUSIONS, *_fusions(absorptions)]),
            ("habilitations", {"habilitations": [HABILITATION]}),
        ):
            self._json(nom, reponse)
        self._sisal.close()
        shutil.rmtree(dossier / SIAP, ignore_errors=True)
        (self._dossier / SIAP).rename(dossier / SIAP)
        (self._dossier / SISAL).replace(dossier / SISAL)
        return dossier / SISAL, dossier / SIAP

    def _verser(self) -> None:
        """Write the operations in waiting. Without any there is a file all the same: an empty list is an answer too."""
        self._fichiers += 1
        self._json(f"details-{self._fichiers:04}", self._details)
        self._details = []

    def _json(self, nom: str, reponse: Any) -> None:  # noqa: ANN401 - whatever JSON holds
        texte = json.dumps(reponse, ensure_ascii=False, indent=1)
        (self._dossier / SIAP / f"{nom}.json").write_text(texte + "\n", encoding="utf-8")

    def __enter__(self) -> Self:
        """The report is open."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the report."""
        self._sisal.close()


def _fusions(absorptions: Mapping[str, Absorption]) -> Iterator[dict[str, str]]:
    """Yield the mergers as the log of SIAP tells them."""
    for absorbe, absorption in absorptions.items():
        yield {
            "sirenAbsorbe": absorbe,
            "sirenAbsorbant": absorption.absorbant,
            "dateFinValidite": absorption.jour.isoformat(),
        }


def nombre(centiemes: int) -> str:
    """Return a number given in hundredths as the infocentre writes it: 101720 → « 1 017,2 »."""
    entier, reste = divmod(centiemes, 100)
    return f"{entier:,}".replace(",", _ESPACE) + (f",{reste:02}".rstrip("0") if reste else "")


def _lignes(operation: Operation) -> Iterator[list[str]]:
    """Yield the rows of an operation: one an aid and a kind of housing."""
    commun = _commun(operation)
    for agrement in operation.agrements:
        for habitat, logements, utile in _habitats(operation, agrement):
            surface = "" if Piege.SURFACE_VIDE in operation.pieges else nombre(utile)
            sienne = {
                "Type d'habitat": habitat,
                "Produit": agrement.aide,
                "Nb logts": nombre(logements * 100),
                "SU totale": surface,
            }
            yield [(commun | sienne).get(libelle, "0") for libelle in LIBELLES]


def _habitats(operation: Operation, agrement: Agrement) -> Iterator[tuple[str, int, int]]:
    """Yield the kinds of housing of an aid: name, dwellings, useful area."""
    if agrement.collectifs or not agrement.individuels:
        yield "collectif", agrement.collectifs, agrement.utile_collective
    if agrement.individuels:
        yield "individuel", agrement.individuels, agrement.utile_individuelle
    elif Piege.SANS_LOGEMENT in operation.pieges and agrement is operation.agrements[0]:
        yield "individuel", 0, 0


def _commun(operation: Operation) -> dict[str, str]:
    aides = {agrement.aide.removesuffix("_ADP") for agrement in operation.agrements}
    zone_123, zone_abc = operation.zones
    _, nature, public = NATURES[operation.nature]
    inconnu = Piege.INCONNU in operation.pieges
    siret = noms.siret(operation.siren or "", 1)
    return {
        "Année Gestion Programmation": str(operation.annee),
        "Année Gestion Clôture": "NA",
        "Année Gestion Début": str(operation.annee),
        "N° Opération GALION": operation.numero,
        "Commune": _commune(operation),
        "Zone 123": zone_123,
        "Zone ABC": zone_abc,
        "Type Financement": min(aides) if len(aides) == 1 else "MIXTE",
        "Gestionnaire": f"Gestionnaire {operation.lieu}",
        "MOA (nom officiel)": "Non renseigné" if inconnu else operation.maitre_d_ouvrage,
        "MOA (code SIRET)": "NR" if inconnu else siret.removeprefix("0"),
        "MOA Adresse 1": " ",
        "MOA Code postal": "",
        "MOA Ville": "",
        "Nom Opération": operation.nom,
        "Adresse Opération 1": "",
        "Réf. Parcelle cadastrale": operation.parcelle or "",
        "Réf. Coordonnées XY": "",
        "Année Achèvement Travaux": "",
        "Nature logement": nature,
        "Type Bénéficiaire": public,
    }


def _commune(operation: Operation) -> str:
    """Return the place as SISAL names it."""
    if operation.arrondissement is None:
        return operation.commune.nom
    rang = "1er" if operation.arrondissement == 1 else f"{operation.arrondissement}e"
    return f"{operation.commune.nom} - {rang} arrondissement"


def _detail(operation: Operation, courriel: str) -> dict[str, Any]:
    """Return an operation as the interface of SIAP describes it."""
    zone_123, zone_abc = (f"0{operation.zones[0]}".replace("01bis", "1bis"), operation.zones[1])
    if Piege.ZONES_INVERSEES in operation.pieges:
        zone_123, zone_abc = zone_abc, zone_123
    nature = NATURES[operation.nature][0]
    est_vide = Piege.NATURE_VIDE in operation.pieges
    sans_detail = Piege.SANS_DETAIL in operation.pieges
    return {
        "donneesMo": {"nom": operation.maitre_d_ouvrage, "siren": operation.siren, "email": courriel, "codeFamilleMO": "HLM"},
        "donneesLocalisation": {
            "region": None,
            "departement": {"codeInsee": operation.commune.departement, "libelle": None},
            "commune": {"codeInsee": operation.code_commune, "libelle": None},
            "adresseComplete": {"codePostal": operation.commune.codes_postaux[0], "commune": operation.commune.ville},
            "zonage123": zone_123,
            "zonageABC": zone_abc,
        },
        "donneesOperation": {
            "numeroOperation": operation.numero,
            "nomOperation": operation.nom,
            "aides": [{"code": agrement.aide, "libelle": agrement.aide} for agrement in operation.agrements],
            "sousNatureOperation": "CNE",
            "typeConstruction": "TC_C",
            "natureLogement": None if est_vide else nature,
            "typologie": TYPOLOGIES[nature] if est_vide else None,
            "sansTravaux": False,
            "statutOperation": operation.statut,
        },
        "detailsOperation": None if sans_detail else list(map(_detail_de_l_aide, operation.agrements)),
        "plansFinancement": None if sans_detail else list(_plans(operation.agrements)),
        "gestionnaire": {"code": operation.lieu, "libelle": f"Gestionnaire {operation.lieu}"},
        "gestionnaireSecondaire": None,
    }


def _detail_de_l_aide(agrement: Agrement) -> dict[str, Any]:
    """Return the numbers of an aid: those of a kind of housing that it has none of are null, not zero."""
    return {
        "aide": {"code": agrement.aide, "libelle": agrement.aide},
        "logement": {
            "nbLogementsIndividuels": agrement.individuels or None,
            "nbLogementsCollectifs": agrement.collectifs or None,
        },
        "detailsTypeLogement": None,
        "garages": [],
        "loyers": None,
    }


def _plans(agrements: Iterable[Agrement]) -> Iterator[dict[str, Any]]:
    """Yield the plan of each aid, which tells the grants of all of them."""
    subventions = [{"type": agrement.aide, "montant": agrement.nb_logements * 1000} for agrement in agrements]
    for agrement in agrements:
        yield {"codeAide": agrement.aide, "fondsPropres": None, "prets": [], "subventions": subventions}

"""The truth file: what the generator decided, written beside the dump while the facts are at hand.

Its content is documented in `ingest.demo`.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import IO, Any, Self

from ingest.demo.faits import DATE_DE_LA_DEMO, Convention, Etat

CHAMPS = (
    "id",
    "statut",
    "date_expiration",
    "date_expiration_initiale",
    "est_mixte",
    "familles",
    "est_anah",
    "nb_logements",
    "nb_stationnements",
    "nb_avenants",
    "nb_versions",
    "code_departement",
    "code_commune",
    "bailleur_id",
)


class Verite:
    """Notes each agreement in a spool file and keeps only totals in memory."""

    def __init__(self, provisoire: Path) -> None:
        """Spool the agreements to `provisoire`."""
        self._provisoire = provisoire
        self._fichier: IO[str] = provisoire.open("w", encoding="utf-8", newline="\n")
        self._statuts: Counter[str] = Counter()
        self._departements: Counter[str] = Counter()
        self._totaux: Counter[str] = Counter()

    def noter(self, convention: Convention) -> None:
        """Note one agreement."""
        familles = convention.familles
        terme, initiale = convention.expiration, convention.courante.calendrier.expiration_initiale
        valeurs: tuple[Any, ...] = (
            convention.id,
            convention.courante.etat.value,
            terme.isoformat() if terme else None,
            initiale.isoformat() if initiale else None,
            len(familles) > 1,
            familles,
            convention.est_anah,
            convention.nb_logements,
            convention.nb_stationnements,
            len(convention.avenants),
            len(convention.periodes),
            convention.departement.code,
            convention.code_commune,
            convention.bailleur_principal,
        )
        separateur = ",\n" if self._totaux["conventions"] else ""
        self._fichier.write(separateur + json.dumps(valeurs, ensure_ascii=False, separators=(",", ":")))
        self._compter(convention, dict(zip(CHAMPS, valeurs, strict=True)))

    def _compter(self, convention: Convention, faits: dict[str, Any]) -> None:
        self._statuts[faits["statut"]] += 1
        self._departements[faits["code_departement"]] += 1
        self._totaux.update(
            {
                "conventions": 1,
                "conventions_mixtes": faits["est_mixte"],
                "conventions_anah": faits["est_anah"],
                "conventions_sans_programme": not convention.courante.contenu,
                "conventions_multi_communes": len({lot.commune.id for lot in convention.courante.contenu}) > 1,
                "conventions_multi_bailleurs": len({lot.proprietaire.id for lot in convention.courante.contenu}) > 1,
                "logements": faits["nb_logements"],
                "stationnements": faits["nb_stationnements"],
                "avenants": faits["nb_avenants"],
                "versions": faits["nb_versions"],
            }
        )

    def ecrire(self, chemin: Path, conventions: int, graine: int, lignes: dict[str, int]) -> None:
        """Write the truth file, replacing it only once it is complete."""
        self._fichier.close()
        entete = {
            "conventions_demandees": conventions,
            "graine": graine,
            "date": DATE_DE_LA_DEMO.isoformat(),
            "lignes": lignes,
            "statuts": {etat.value: self._statuts[etat.value] for etat in Etat},
            "departements": dict(sorted(self._departements.items())),
            "totaux": dict(sorted(self._totaux.items())),
            "champs": CHAMPS,
        }
        provisoire = chemin.with_name(chemin.name + ".partiel")
        with provisoire.open("w", encoding="utf-8", newline="\n") as sortie:
            sortie.write(json.dumps(entete, ensure_ascii=False, indent=1)[: -len("\n}")])
            sortie.write(',\n "conventions": [\n')
            with self._provisoire.open(encoding="utf-8") as lues:
                for ligne in lues:
                    sortie.write(ligne)
            sortie.write("\n]\n}\n")
        provisoire.replace(chemin)

    def __enter__(self) -> Self:
        """Its spool file is open."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the spool file."""
        self._fichier.close()

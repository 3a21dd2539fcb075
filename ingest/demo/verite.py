"""The truth file: what the generator decided, written beside the dump while the facts are at hand.

Its content is documented in `ingest.demo`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Self

from ingest.demo.agrements import Operation, Piege
from ingest.demo.cas.plan import Plante
from ingest.demo.faits import DATE_DE_LA_DEMO, Convention, Etat
from ingest.demo.oracle import DATE_DE_REFERENCE, REGLES, Constat
from ingest.demo.oracle.rapprochements import Lien

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
CHAMPS_AGREMENTS = ("id", "nb_logements", "code_commune", "siren", "annee", "convention", "pieges", "native")
CHAMPS_RAPPROCHEMENTS = Lien._fields
_PARTAGES = frozenset({"bailleur", "commune", "region"})


class Verite:
    """Notes each agreement and each finding in spool files and keeps only totals in memory, with places, owners and cases."""

    def __init__(self, dossier: Path) -> None:
        """Spool to files of `dossier`."""
        self._conventions = Liste(dossier / "conventions.json")
        self._constats = Liste(dossier / "constats.json")
        self._agrements = Liste(dossier / "agrements.json")
        self._rapprochements = Liste(dossier / "rapprochements.json")
        self._regles: Counter[str] = Counter()
        self._partages: set[Constat] = set()
        self._statuts: Counter[str] = Counter()
        self._departements: Counter[str] = Counter()
        self._totaux: Counter[str] = Counter()
        self._enquetes: Sequence[Mapping[str, object]] = ()
        self._rpls: Mapping[str, int] = {}

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
        self._conventions.ajouter(valeurs)
        self._compter(convention, dict(zip(CHAMPS, valeurs, strict=True)))

    def constater(self, constats: Iterable[Constat]) -> None:
        """Note findings; those on a place or an owner, which agreements share, once."""
        for constat in constats:
            if constat.objet_type in _PARTAGES:
                if constat in self._partages:
                    continue
                self._partages.add(constat)
            self._regles[constat.regle] += 1
            self._constats.ajouter(constat)

    def agreer(self, operation: Operation) -> None:
        """Note the agréments of an operation, one an aid."""
        sans_detail = Piege.SANS_DETAIL in operation.pieges
        siren = None if Piege.INCONNU in operation.pieges else operation.siren
        for agrement, identifiant in zip(operation.agrements, operation.ids, strict=True):
            self._agrements.ajouter(
                (
                    identifiant,
                    None if sans_detail else agrement.nb_logements,
                    operation.commune.code_officiel,
                    siren,
                    operation.annee,
                    operation.convention,
                    operation.pieges,
                    operation.native,
                )
            )

    def rapprocher(self, liens: Iterable[Lien]) -> None:
        """Note what brings agréments and agreements together."""
        for lien in liens:
            self._rapprochements.ajouter(lien)

    def enqueter(self, enquetes: Sequence[Mapping[str, object]]) -> None:
        """Note what is true of each satisfaction survey."""
        self._enquetes = enquetes

    def repertorier(self, rpls: Mapping[str, int]) -> None:
        """Note what is true of the register of social housing."""
        self._rpls = rpls

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

    def ecrire(self, chemin: Path, conventions: int, graine: int, lignes: dict[str, int], plantes: Sequence[Plante]) -> None:
        """Write the truth file, replacing it only once it is complete."""
        entete = {
            "conventions_demandees": conventions,
            "graine": graine,
            "date": DATE_DE_LA_DEMO.isoformat(),
            "date_reference": DATE_DE_REFERENCE.isoformat(),
            "lignes": lignes,
            "statuts": {etat.value: self._statuts[etat.value] for etat in Etat},
            "departements": dict(sorted(self._departements.items())),
            "totaux": dict(sorted(self._totaux.items())),
            "regles": {regle: self._regles[regle] for regle in REGLES},
            "cas": [_cas(plante) for plante in plantes],
            "enquetes": self._enquetes,
            "rpls": self._rpls,
            "champs": CHAMPS,
            "champs_agrements": CHAMPS_AGREMENTS,
            "champs_rapprochements": CHAMPS_RAPPROCHEMENTS,
        }
        provisoire = chemin.with_name(chemin.name + ".partiel")
        with provisoire.open("w", encoding="utf-8", newline="\n") as sortie:
            sortie.write(json.dumps(entete, ensure_ascii=False, indent=1)[: -len("\n}")])
            for nom, liste in (
                ("conventions", self._conventions),
                ("constats", self._constats),
                ("agrements", self._agrements),
                ("rapprochements", self._rapprochements),
            ):
                sortie.write(f',\n "{nom}": [\n')
                liste.verser(sortie)
                sortie.write("\n]")
            sortie.write("\n}\n")
        provisoire.replace(chemin)

    def __enter__(self) -> Self:
        """Its spool files are open."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the spool files."""
        self._conventions.fermer()
        self._constats.fermer()
        self._agrements.fermer()
        self._rapprochements.fermer()


class Liste:
    """A list of the truth in a spool file, one value a line."""

    def __init__(self, chemin: Path) -> None:
        """Spool to a file."""
        self._chemin = chemin
        self._fichier: IO[str] = chemin.open("w", encoding="utf-8", newline="\n")
        self._separateur = ""

    def ajouter(self, valeur: Sequence[Any]) -> None:
        """Add one value."""
        self._fichier.write(self._separateur + json.dumps(valeur, ensure_ascii=False, separators=(",", ":")))
        self._separateur = ",\n"

    def verser(self, sortie: IO[str]) -> None:
        """Write every value in its place in the truth file."""
        self._fichier.close()
        with self._chemin.open(encoding="utf-8") as lignes:
            for ligne in lignes:
                sortie.write(ligne)

    def fermer(self) -> None:
        """Close the spool file."""
        self._fichier.close()


def _cas(plante: Plante) -> dict[str, str | int | bool]:
    cas = plante.cas
    return {
        "regle": cas.regle,
        "attendu": cas.attendu,
        "objet": plante.objet,
        "convention": plante.convention,
        "cas": cas.phrase,
    }

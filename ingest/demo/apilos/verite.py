"""The truth file of APiLos. Its content is documented in `ingest.demo.apilos`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self

from ingest.demo.apilos.delais import allers_retours, delais, publication, stock
from ingest.demo.apilos.etat import Racine
from ingest.demo.apilos.faits import Acte
from ingest.demo.apilos.oracle import croises, mig, natifs
from ingest.demo.faits import DATE_DE_LA_DEMO, Convention
from ingest.demo.oracle import DATE_DE_REFERENCE, Constat, Severite
from ingest.demo.verite import Liste

REGLES = tuple(sorted({*mig.REGLES, *natifs.CONVENTION, *natifs.AVENANT, *natifs.LOT, *natifs.CROISEES, *croises.REGLES}))
"""The rules that only APiLos feeds and that the truth speaks of."""
CHAMPS = {
    "actes": ("uuid", "cle", "est_avenant", "objet_id", "convention_id", "statut", "financements"),
    "etats": (
        "convention_id",
        "source",
        "statut",
        "nb_conventions_apilos",
        "date_signature",
        "date_publication",
        "date_expiration",
        "nb_avenants",
        "nb_logements",
    ),
    "delais": ("etape", "objet_id", "convention_id", "debut", "fin", "jours", "jours_ouvres", "est_censure"),
    "allers_retours": ("objet_id", "nombre"),
    "stock": ("objet_id", "statut", "entree", "age_jours"),
    "constats": Constat._fields,
    "constats_leves": Constat._fields,
}
_TOTAUX = {
    (False, True): "conventions_reprises",
    (True, True): "avenants_repris",
    (False, False): "conventions_natives",
    (True, False): "avenants_natifs",
}


@dataclass(frozen=True, slots=True)
class CasPlante:
    """A planted case, and the object that a finding bears, or would bear."""

    regle: str
    severite: Severite | None
    phrase: str
    objet: str
    convention: str | None


class VeriteApilos:
    """Notes acts, states, stages and findings in spool files."""

    def __init__(self, dossier: Path) -> None:
        """Spool to files of `dossier`."""
        self._listes = {nom: Liste(dossier / f"apilos-{nom}.json") for nom in CHAMPS}
        self._regles: Counter[str] = Counter()
        self._totaux: Counter[str] = Counter()
        self._trouves: dict[tuple[str, str], Severite] = {}
        self.cas: list[CasPlante] = []

    def noter(self, acte: Acte) -> None:
        """Note one act that is written, and its stages when it is native."""
        financements = sorted(acte.contenu)
        self._ajouter(
            "actes", (acte.uuid, acte.cle, acte.est_avenant, acte.objet_id, acte.convention_id, acte.statut.name, financements)
        )
        self._totaux[_TOTAUX[acte.est_avenant, acte.est_reprise]] += 1
        if acte.est_reprise or acte.convention_id is None:
            return
        for delai in delais(acte):
            self._ajouter("delais", delai)
        attente, renvois = stock(acte), allers_retours(acte)
        if attente is not None:
            self._ajouter("stock", attente)
        if renvois is not None:
            self._ajouter("allers_retours", (acte.objet_id, renvois))

    def etat_d_ecoloweb(self, convention: Convention, toutes: Sequence[Racine]) -> None:
        """Note the state of an agreement that nothing happened to in APiLos, but amendments that are not signed yet."""
        calendrier = convention.courante.calendrier
        dates = (calendrier.signature or calendrier.signature_bailleur, calendrier.publication, convention.expiration)
        compte = (len(convention.avenants) + _nb_avenants_natifs(toutes), convention.nb_logements or None)
        etat = (f"ecoloweb:{convention.id}", "ecoloweb", convention.courante.etat.value, len(toutes))
        self._ajouter("etats", (*etat, *dates, *compte))

    def etat_d_apilos(self, convention: Convention, toutes: Sequence[Racine], avant: Convention | None = None) -> None:
        """Note the state of an agreement that APiLos has the last word on.

        `convention` are its facts as they then stand, `avant` those that it had in Ecoloweb.
        """
        acte = toutes[0].acte
        if acte.convention_id is None:
            return
        compte = (len(avant.avenants if avant else ()) + _nb_avenants_natifs(toutes), convention.nb_logements or None)
        etat = (acte.convention_id, "apilos", acte.statut.name, len(toutes))
        self._ajouter("etats", (*etat, acte.signature, acte.publication, acte.fin, *compte))
        if acte.est_reprise:
            for delai in publication(acte, convention):
                self._ajouter("delais", delai)

    def constater(self, constats: Iterable[Constat]) -> None:
        """Note findings."""
        for constat in constats:
            self._regles[constat.regle] += 1
            self._trouves[constat.regle, constat.objet_id] = constat.severite
            self._ajouter("constats", constat)

    def lever(self, constats: Iterable[Constat]) -> None:
        """Note findings of Ecoloweb that no longer hold."""
        for constat in constats:
            self._ajouter("constats_leves", constat)

    def verifier(self) -> None:
        """Raise ValueError when a rule does not say of an object what its case says: no truth may be written then."""
        for cas in self.cas:
            severite = self._trouves.get((cas.regle, cas.objet))
            if severite is not cas.severite:
                raise ValueError(
                    f"{cas.regle}, {cas.objet}, « {cas.phrase} » : le cas attend {cas.severite or 'aucun constat'}, "
                    f"la vérité donne {severite or 'aucun constat'}"
                )

    def ecrire(self, chemin: Path, conventions: int, graine: int, lignes: dict[str, int], departements: Sequence[str]) -> None:
        """Write the truth file, replacing it only once it is complete."""
        entete = {
            "conventions_demandees": conventions,
            "graine": graine,
            "date": DATE_DE_LA_DEMO.isoformat(),
            "date_reference": DATE_DE_REFERENCE.isoformat(),
            "lignes": lignes,
            "departements": departements,
            "totaux": dict(sorted(self._totaux.items())),
            "regles": dict(sorted({**dict.fromkeys(REGLES, 0), **self._regles}.items())),
            "cas": [
                {
                    "regle": cas.regle,
                    "attendu": cas.severite is not None,
                    "objet": cas.objet,
                    "convention": cas.convention,
                    "cas": cas.phrase,
                }
                for cas in self.cas
            ],
            "champs": CHAMPS,
        }
        provisoire = chemin.with_name(chemin.name + ".partiel")
        with provisoire.open("w", encoding="utf-8", newline="\n") as sortie:
            sortie.write(json.dumps(entete, ensure_ascii=False, indent=1)[: -len("\n}")])
            for nom, liste in self._listes.items():
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
        for liste in self._listes.values():
            liste.fermer()

    def _ajouter(self, nom: str, valeurs: Sequence[Any]) -> None:
        self._listes[nom].ajouter([valeur.isoformat() if isinstance(valeur, date) else valeur for valeur in valeurs])


def _nb_avenants_natifs(toutes: Sequence[Racine]) -> int:
    return sum(not avenant.est_reprise for racine in toutes for avenant in racine.avenants)

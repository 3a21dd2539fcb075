"""Puts the delivery of APiLos together: what it took over while Ecoloweb is written, then what was born there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from ingest.demo import noms
from ingest.demo.agrements import AIDES, SIREN, Operation, Operations
from ingest.demo.alea import Alea, aleas
from ingest.demo.apilos.cas_natifs import CAS_NATIFS, Fabrique, Fait
from ingest.demo.apilos.deformations import Deformations
from ingest.demo.apilos.ecriture import Ecriture
from ingest.demo.apilos.etat import Racine, racines
from ingest.demo.apilos.faits import Acte, Statut
from ingest.demo.apilos.natives import PART, PREMIERE_SIGNATURE, Natives
from ingest.demo.apilos.oracle import mig, natifs
from ingest.demo.apilos.oracle.croises import Absentes, Ressaisies, communes_disparues, orphelin, sans_mere
from ingest.demo.apilos.registre import Registre
from ingest.demo.apilos.reprise import reprendre
from ingest.demo.apilos.suites import Suite, suivre
from ingest.demo.apilos.verite import CasPlante, VeriteApilos
from ingest.demo.copie import PREMIER_IDENTIFIANT, Copie
from ingest.demo.faits import Convention, Etat
from ingest.demo.geographie import Departement
from ingest.demo.oracle import Constat, juger, voir
from ingest.demo.referentiels import Nature
from ingest.demo.territoire import Territoire

DUMP, VERITE = "apilos.sql", "verite_apilos.json"
_ASSEZ_POUR_LES_CAS = 400
"""Agreements of a demo from which the cases of native agreements are planted."""
_UNE_FOIS_SUR = 4000
_MODELES_MAX = 24
"""Agreements of Ecoloweb kept at most for cases to look like."""
_SOCIAUX = frozenset({"1", "2", "3"})


@dataclass(frozen=True, slots=True)
class Tirages:
    """What is drawn: the seed, and after it the streams of agreements taken over, of native ones, of planted ones.

    Without `avec_cas` nothing is planted.
    """

    graine: int
    reprise: int
    natives: int
    cas: int
    avec_cas: bool


class Apilos:
    """The delivery of APiLos while it is written, and its truth."""

    def __init__(self, copie: Copie, verite: VeriteApilos, territoire: Territoire, tirages: Tirages) -> None:
        """Write into `copie`, a copy of the schema of APiLos."""
        self._copie = copie
        self._verite = verite
        self._territoire = territoire
        self._tirages = tirages
        self._registre = Registre(copie, tirages.graine, tirages.reprise, deforme=tirages.avec_cas)
        self._ecriture = Ecriture(self._registre)
        self._deformations = Deformations()
        self._absentes = Absentes()
        self._ressaisies = Ressaisies(PREMIERE_SIGNATURE - timedelta(days=31))
        self._aides: dict[str, Collection[str]] = {}
        self._modeles: list[Convention] = []
        self._codes_de_communes: set[str] = set()
        """Those that the agreements and amendments born in APiLos write."""
        self.agrements_pourvus: set[str] = set()
        """Those whose number and aid an agreement born in APiLos bears, unless it was cancelled; as the warehouse names them."""
        self.agrements_publies: set[str] = set()
        """Those whose agreement was published in APiLos, and not yet in Ecoloweb."""

    def reprendre(self, convention: Convention, constats: Sequence[Constat], *, est_un_cas: bool) -> None:
        """Take over an agreement of Ecoloweb that is written, with the findings on it. A case of Ecoloweb is left as it is."""
        actes = reprendre(convention, self._registre)
        self._absentes.noter(convention, est_reprise=bool(actes))
        self._ressaisies.noter(convention)
        if not actes:
            self._verite.etat_d_ecoloweb(convention, ())
            self._garder(convention, est_un_cas=est_un_cas)
            return
        alea = self._registre.alea(0, convention.id)
        deformation = self._deformations.planter(convention, actes, alea) if self._tirages.avec_cas and not est_un_cas else None
        suite = None
        if deformation is not None:
            objet = f"ecoloweb:{convention.id}"
            self._verite.cas.append(CasPlante(deformation.regle, deformation.severite, deformation.phrase, objet, objet))
        elif not est_un_cas:
            suite = suivre(convention, actes, self._registre, alea)
            self._garder(convention, est_un_cas=suite is not None)
        if suite is not None:
            actes.extend(suite.actes)
        self._ecrire(actes)
        self._comparer(convention, racines(actes), suite, constats)

    def completer(self, pays: Sequence[Departement], conventions: int, operations: Operations) -> list[Operation]:
        """Add the agreements born in APiLos, and the findings told once everything is known; return the operations behind them."""
        natives = Natives(pays, self._territoire, self._registre, PREMIER_IDENTIFIANT + conventions)
        rendues: list[Operation] = []
        for _, alea in zip(range(int(PART * conventions)), aleas(self._tirages.graine, self._tirages.natives), strict=False):
            actes = natives.tirer(alea)
            rendues.extend(self._naitre(actes, operations, alea, Fait(actes, lambda: "")))
        if self._tirages.avec_cas and conventions >= _ASSEZ_POUR_LES_CAS:
            rendues.extend(self._planter(natives, pays, conventions, operations))
        self._verite.constater(self._absentes.constats())
        self._verite.constater(communes_disparues(self._codes_de_communes))
        self._verite.verifier()
        return rendues

    def leve(self, constat: Constat) -> bool:
        """Return whether a finding on an agrément no longer holds once APiLos is known."""
        return (constat.regle == "AGR-001" and constat.objet_id in self.agrements_pourvus) or (
            constat.regle == "AGR-014" and constat.objet_id in self.agrements_publies
        )

    def poser(self, dump: Path, verite: Path, conventions: int) -> None:
        """Write the dump and the truth."""
        self._copie.assembler(dump)
        self._verite.ecrire(verite, conventions, self._tirages.graine, self._copie.lignes, sorted(self._absentes.repris))

    def _planter(self, natives: Natives, pays: Sequence[Departement], conventions: int, operations: Operations) -> list[Operation]:
        alea = Alea(self._tirages.graine, self._tirages.cas)
        outre_mer = [departement for departement in pays if departement.est_outre_mer]
        fabrique = Fabrique(natives, outre_mer, self._territoire, self._modeles, alea)
        rendues: list[Operation] = []
        for cas in CAS_NATIFS * max(1, conventions // _UNE_FOIS_SUR):
            fait = cas.faire(fabrique)
            if fait is None:
                continue
            if fait.autres:
                rendues.extend(self._naitre(fait.autres, operations, alea, Fait(fait.autres, fait.objet)))
            rendues.extend(self._naitre(fait.actes, operations, alea, fait))
            objet = fait.objet()
            for acte in fait.programmes_seuls:
                seul = self._ecriture.programme_seul(acte)
                objet = f"apilos:programmes_programme:{seul}"
                self._verite.constater(orphelin("programmes_programme", seul))
            for acte in fait.lots_perdus:
                perdu = self._ecriture.lot_perdu(acte, fabrique.mere_supprimee())
                objet = f"apilos:programmes_lot:{perdu}"
                self._verite.constater(orphelin("programmes_lot", perdu))
            self._verite.cas.append(CasPlante(cas.regle, cas.severite, cas.phrase, objet, fait.actes[0].convention_id))
        return rendues

    def _naitre(self, actes: Sequence[Acte], operations: Operations, alea: Alea, fait: Fait) -> list[Operation]:
        """Write a native agreement, tell what is true of it, and return its operation."""
        self._ecrire(actes)
        operation = self._operation(actes[0], operations, alea, fait)
        for racine in racines(actes):
            self._verite.constater(natifs.constats_des_avenants(racine))
            self._verite.constater(sans_mere(racine.acte))
            if racine.acte.convention_id is not None:
                self._verite.constater(natifs.constats(racine, self._aides))
                self._verite.constater(self._ressaisies.constats(racine.acte))
                self._verite.etat_d_apilos(racine.acte.convention, [racine])
                self._codes_de_communes.add(racine.courant.code_commune or "")
        return [operation] if operation else []

    def _operation(self, acte: Acte, operations: Operations, alea: Alea, fait: Fait) -> Operation | None:
        aidee = any(lot.financement in AIDES for lot in acte.convention.courante.contenu)
        if acte.numero_operation is None or not fait.a_une_operation or not aidee:
            return None
        operation = operations.de_la_native(acte.convention, acte.numero_operation, acte.objet_id, alea, fait.aides)
        self._aides[operation.numero] = {agrement.aide for agrement in operation.agrements}
        if acte.statut is not Statut.ANNULEE:
            pourvues = [agrement.aide for agrement in operation.agrements if agrement.aide in acte.contenu]
            self.agrements_pourvus |= {f"{operation.source}:{operation.numero}:{aide}" for aide in pourvues}
        return operation

    def _ecrire(self, actes: Sequence[Acte]) -> None:
        for acte in actes:
            self._ecriture.ecrire(acte)
            self._verite.noter(acte)

    def _comparer(self, convention: Convention, toutes: Sequence[Racine], suite: Suite | None, constats: Sequence[Constat]) -> None:
        """Tell what is true of an agreement that both sources hold."""
        self._verite.constater(mig.constats(mig.Comparaison(convention, toutes, self._registre)))
        for racine in toutes:
            self._verite.constater(natifs.constats_des_avenants(racine))
        if suite is None or suite.apres is None:
            self._verite.etat_d_ecoloweb(convention, toutes)
            return
        self._verite.etat_d_apilos(suite.apres, toutes, convention)
        if convention.courante.calendrier.publication is None and suite.apres.courante.calendrier.publication is not None:
            self.agrements_publies |= set(convention.agrements)
        self._codes_de_communes |= {racine.courant.code_commune or "" for racine in toutes if not racine.courant.est_reprise}
        apres = list(natifs.constats_apres(suite.apres, toutes[0], juger(voir(suite.apres))))
        self._verite.lever(constat for constat in constats if constat not in apres)
        self._verite.constater(constat for constat in apres if constat not in constats)

    def _garder(self, convention: Convention, *, est_un_cas: bool) -> None:
        """Keep a recent agreement for a case to look like it."""
        courante = convention.courante
        signature = courante.calendrier.signature
        if est_un_cas or signature is None or signature < PREMIERE_SIGNATURE or len(self._modeles) >= _MODELES_MAX:
            return
        siren = courante.contenu[0].proprietaire.siren if len(courante.contenu) == 1 else None
        if (
            siren
            and len(siren) == SIREN
            and noms.est_juste(siren)
            and courante.etat is Etat.OPP
            and convention.nature is Nature.ORDINAIRE
            and convention.secteur.value in _SOCIAUX
            and courante.contenu[0].financement in {"1", "3", "9"}
        ):
            self._modeles.append(convention)

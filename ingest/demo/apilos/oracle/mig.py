"""The truth of the rules that compare an agreement of Ecoloweb with what APiLos kept of it: one small function a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ingest.demo import officiel
from ingest.demo.apilos.etat import Racine, nb_stationnements, principale
from ingest.demo.apilos.faits import SIGNES, Acte
from ingest.demo.apilos.registre import Registre
from ingest.demo.apilos.vocabulaire import ATTRIBUTIONS, OPERATIONS_SANS_MOT, SOUS_NATURES, operation, regions
from ingest.demo.faits import Convention, Etat, Lot
from ingest.demo.oracle import Constat, Severite

_AN, _IN = Severite.ANOMALIE, Severite.INFORMATION


@dataclass(frozen=True, slots=True)
class Comparaison:
    """An agreement of Ecoloweb, and those of APiLos that it became."""

    convention: Convention
    racines: Sequence[Racine]
    registre: Registre

    @property
    def courants(self) -> list[Acte]:
        """The acts whose content holds today, one an agreement of APiLos."""
        return [racine.courant for racine in self.racines]

    @property
    def repris(self) -> list[Acte]:
        """The amendments that were taken over."""
        return [avenant for racine in self.racines for avenant in racine.avenants if avenant.est_reprise]


def mig_001(comparee: Comparaison) -> Severite | None:
    """Another end than in Ecoloweb, or none."""
    terme = comparee.convention.expiration
    return _AN if terme is not None and any(racine.acte.fin != terme for racine in comparee.racines) else None


def mig_002(comparee: Comparaison) -> Severite | None:
    """An owner of another kind than its code says."""
    proprietaire = principale(comparee.racines).courant.bailleur
    return _AN if comparee.registre.sous_nature(proprietaire) != SOUS_NATURES.get(proprietaire.sous_nature) else None


def mig_003(comparee: Comparaison) -> Severite | None:
    """The code of no commune, or the region of before 2016."""
    codes = [acte.code_commune for acte in comparee.courants if acte.code_commune]
    inconnus = [code for code in codes if code not in officiel.communes() and code not in officiel.anciennes()]
    anciennes = [acte for acte in comparee.courants if acte.code_region not in set(regions().values())]
    return _AN if codes and (inconnus or anciennes) else None


def mig_004(comparee: Comparaison) -> Severite | None:
    """Sent to the land registry the day it was published, which Ecoloweb does not say."""
    acte, envoi = principale(comparee.racines).acte, comparee.convention.courante.calendrier.envoi_spf
    if acte.envoi_spf is None or acte.publication is None:
        return None
    return _IN if acte.envoi_spf == acte.publication and envoi != acte.publication else None


def mig_005(comparee: Comparaison) -> Severite | None:
    """Flats without their rent."""
    return _AN if any(acte.sans_loyer and any(_a_loyer_collectif(lot) for lot in acte.lots) for acte in comparee.courants) else None


def mig_006(comparee: Comparaison) -> Severite | None:
    """Amendments that are all remarks."""
    types = {nom for racine in comparee.racines for avenant in racine.avenants for nom in avenant.types}
    dits = any(avenant.types for avenant in comparee.convention.avenants)
    return _AN if dits and types == {"commentaires"} else None


def mig_007(comparee: Comparaison) -> Severite | None:
    """Several agreements instead of one."""
    return _IN if len(comparee.racines) > 1 else None


def mig_008(comparee: Comparaison) -> Severite | None:
    """One-and-a-bit-room dwellings taken for larger ones, or another nature of operation."""
    deformes = any(acte.types_1_prime_perdus and _a_un_type_1_prime(acte.lots) for acte in comparee.courants)
    lots = comparee.convention.courante.contenu
    voulues = {operation(lot.nature_operation) for lot in lots if lot.nature_operation not in OPERATIONS_SANS_MOT}
    return _AN if deformes or any(acte.type_operation not in voulues for acte in comparee.courants) else None


def mig_009(comparee: Comparaison) -> Severite | None:
    """Every box ticked, or texts that say that nobody knew."""
    acte = principale(comparee.racines).acte
    return _IN if acte.textes_par_defaut or acte.attributions == frozenset(ATTRIBUTIONS) else None


def mig_010(comparee: Comparaison) -> Severite | None:
    """Dwellings without a designation."""
    return _IN if any(acte.designations_vides and any(lot.logements for lot in acte.lots) for acte in comparee.courants) else None


def mig_011(comparee: Comparaison) -> Severite | None:
    """Fewer parking places than in Ecoloweb."""
    gardes = sum(nb_stationnements(acte.lots) for acte in comparee.courants if acte.stationnements_gardes)
    return _IN if gardes < comparee.convention.nb_stationnements else None


def mig_012(comparee: Comparaison) -> Severite | None:
    """Signed, and still being instructed in Ecoloweb."""
    est_en_instruction = comparee.convention.courante.etat is Etat.INS
    return _IN if est_en_instruction and principale(comparee.racines).acte.statut in SIGNES else None


def constats(comparee: Comparaison) -> Iterator[Constat]:
    """Yield the findings on an agreement that was taken over."""
    for regle, fonction in REGLES.items():
        if severite := fonction(comparee):
            yield Constat(regle, severite, "migration", f"ecoloweb:{comparee.convention.id}")


def _a_loyer_collectif(lot: Lot) -> bool:
    return bool(lot.regime and lot.loyer and lot.collectifs and not lot.individuels)


def _a_un_type_1_prime(lots: list[Lot]) -> bool:
    return any(logement.modele.typologie == "T1P" for lot in lots for logement in lot.logements)


REGLES: dict[str, Callable[[Comparaison], Severite | None]] = {
    f"MIG-{rang:03}": fonction
    for rang, fonction in enumerate(
        (mig_001, mig_002, mig_003, mig_004, mig_005, mig_006, mig_007, mig_008, mig_009, mig_010, mig_011, mig_012), start=1
    )
}

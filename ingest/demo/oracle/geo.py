"""The truth of the rules on places: one small function a rule, written from what the rule means."""

from __future__ import annotations

from ingest.demo import officiel
from ingest.demo.faits import Lot
from ingest.demo.geographie import Commune
from ingest.demo.oracle.vue import Severite, Vue
from ingest.demo.referentiels import region_du_departement

REGION_FICTIVE = "99"
CORSE_ENTIERE = "20"
_DEPARTEMENTS_FICTIFS = frozenset({"99", "999"})
_REGIONS = frozenset(["01", "02", "03", "04", "06", "11", "24", "27", "28", "32", "44", "52", "53", "75", "76", "84", "93", "94"])


def geo_001(commune: Commune) -> Severite | None:
    """A code that is and was of no commune."""
    connu = commune.code in officiel.communes() or commune.code in officiel.anciennes()
    return None if connu else Severite.ANOMALIE


def geo_002(commune: Commune) -> Severite | None:
    """The code of a commune that has merged into another."""
    return Severite.INFORMATION if commune.code in officiel.anciennes() else None


def geo_003(commune: Commune) -> Severite | None:
    """A commune filed under another real département than its own: what is not one is told by other rules."""
    if commune.departement_lu in _DEPARTEMENTS_FICTIFS | {CORSE_ENTIERE}:
        return None
    return Severite.ANOMALIE if commune.departement_lu != officiel.communes()[commune.code_officiel].departement else None


def geo_004(code: str) -> Severite | None:
    """A region that is no more."""
    return None if code in _REGIONS or code == REGION_FICTIVE else Severite.INFORMATION


def geo_005(_: Vue, lot: Lot) -> Severite | None:
    """A postal code of another commune."""
    commune = lot.commune
    adresse = next(iter(lot.adresses), None)
    if adresse is None or adresse.code_postal in officiel.communes()[commune.code_officiel].codes_postaux:
        return None
    insee = adresse.code_postal in {commune.code, commune.code_officiel}
    return None if insee or "CEDEX" in adresse.ville.upper() else Severite.A_VERIFIER


def geo_006(commune: Commune) -> Severite | None:
    """Corsica as one département."""
    return Severite.ANOMALIE if commune.departement_lu == CORSE_ENTIERE or commune.code.startswith(CORSE_ENTIERE) else None


def geo_009(vue: Vue) -> Severite | None:
    """Dwellings in two communes or more."""
    communes = {lot.commune.code_officiel for lot in vue.lots}
    return Severite.A_VERIFIER if vue.est_vivante and len(communes) > 1 else None


def geo_010(vue: Vue) -> Severite | None:
    """Dwellings in a département that does not exist."""
    fictif = any(
        lot.commune.departement_lu in _DEPARTEMENTS_FICTIFS
        or region_du_departement(lot.commune.departement_lu)[1] == REGION_FICTIVE
        for lot in vue.lots
    )
    return Severite.ANOMALIE if vue.est_vivante and fictif else None


def geo_011(vue: Vue) -> Severite | None:
    """Instructed by the State's office of another département than that of most dwellings."""
    office, principale = vue.convention.office, vue.convention.code_commune
    if not vue.est_vivante or office.genre != "ETA" or office.departement is None or principale is None:
        return None
    return Severite.A_VERIFIER if office.departement.code != officiel.communes()[principale].departement else None


CONVENTION = {"GEO-009": geo_009, "GEO-010": geo_010, "GEO-011": geo_011}
LOT = {"GEO-005": geo_005}
COMMUNE = {"GEO-001": geo_001, "GEO-002": geo_002, "GEO-003": geo_003, "GEO-006": geo_006}
REGION = {"GEO-004": geo_004}
SANS_OBJET = ("GEO-007", "GEO-008", "GEO-012")
"""Rules that never fire on Ecoloweb: it does not hold what they look at."""
COUVERTES = {"GEO-006": ("GEO-001",)}
"""The rules that each of these makes needless on the same object, or on the agreement that holds it."""

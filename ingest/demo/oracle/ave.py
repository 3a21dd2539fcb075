"""The truth of the rules on amendments: one small function a rule, written from what the rule means."""

from __future__ import annotations

import re
from datetime import date

from ingest.demo.faits import Avenant, Periode
from ingest.demo.oracle.fin import ILE_DE_FRANCE
from ingest.demo.oracle.pub import IL_Y_A_SIX_MOIS
from ingest.demo.oracle.vue import SECTEURS_A_LA_SIGNATURE, Severite, Vue
from ingest.demo.referentiels import Nature, libelle, reconduction

GUIDE_D_ILE_DE_FRANCE = date(2025, 1, 1)
RATTACHEMENT_A_UNE_CUS = "14"
_MUTATIONS = frozenset({"1", "2"})
_PROLONGATIONS = frozenset({"5", "8", "10", "R07"})
_TOUS_LES_TYPES = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13")
_TROIS_ANS, _JAMAIS_RECONDUITE = 3, "3"
_CITATION = re.compile(r"avenants?\s*(?:n\s*°\s*)?(\d{1,2})(?!\d)", re.IGNORECASE)


def ave_001(vue: Vue, avenant: Avenant) -> Severite | None:
    """Signed while the agreement is not, or before it is published, where publication matters."""
    if not vue.est_vivante or not _est_signe(avenant) or avenant.signature is None or _est_du_systeme(avenant):
        return None
    if vue.signature is None:
        return Severite.NON_REGLEMENTAIRE
    if avenant.signature < vue.signature or (vue.est_outre_mer and vue.est_foyer):
        return None
    publication = vue.calendrier.publication
    if publication is not None and publication <= avenant.signature:
        return None
    if vue.secteur not in SECTEURS_A_LA_SIGNATURE:
        return Severite.A_VERIFIER if vue.est_anah else Severite.NON_REGLEMENTAIRE
    oblige = vue.departement.code in ILE_DE_FRANCE and avenant.signature >= GUIDE_D_ILE_DE_FRANCE
    return Severite.NON_REGLEMENTAIRE if oblige else Severite.A_VERIFIER


def ave_003(vue: Vue) -> Severite | None:
    """Numbers that are not one, two, three and so on."""
    numeros = [avenant.numero for avenant in vue.convention.avenants if avenant.numero or not _est_du_systeme(avenant)]
    return Severite.ANOMALIE if vue.est_vivante and sorted(numeros) != list(range(1, len(numeros) + 1)) else None


def ave_004(vue: Vue, avenant: Avenant) -> Severite | None:
    """No type."""
    return Severite.ANOMALIE if vue.est_vivante and not avenant.annulation and not avenant.types else None


def ave_005(vue: Vue, periode: Periode, avant: Periode) -> Severite | None:
    """A term that changes, and neither an amendment nor a tacit renewal to say why."""
    if not vue.est_vivante or periode.expiration is None or avant.expiration in {None, periode.expiration}:
        return None
    fixes = {avenant.nouvelle_expiration for avenant in vue.convention.avenants if _est_signe(avenant)}
    avenant = periode.avenant
    prolonge = avenant is not None and not avenant.annulation and (avenant.nouvelle_expiration or _PROLONGATIONS & _types(periode))
    if periode.expiration in fixes or prolonge or _est_reconduction(vue, periode, avant.expiration):
        return None
    return Severite.A_VERIFIER


def ave_006(vue: Vue, avenant: Avenant) -> Severite | None:
    """An extension, and not until when."""
    trouve = vue.est_vivante and _est_signe(avenant) and "5" in avenant.types and avenant.nouvelle_expiration is None
    return Severite.ANOMALIE if trouve else None


def ave_007(vue: Vue, avenant: Avenant) -> Severite | None:
    """A term that the agreement has not taken up."""
    nouvelle = avenant.nouvelle_expiration
    if not vue.est_vivante or not _est_signe(avenant) or nouvelle is None:
        return None
    ouvertes = [periode for periode in vue.convention.periodes if periode.avenant is avenant]
    if ouvertes:
        return Severite.ANOMALIE if ouvertes[0].expiration not in {None, nouvelle} else None
    return Severite.ANOMALIE if vue.terme is not None and vue.terme < nouvelle else None


def ave_008(vue: Vue, periode: Periode, avant: Periode) -> Severite | None:
    """Other owners, and no amendment that says so."""
    proprietaires, precedents = ({lot.proprietaire.id for lot in p.contenu} for p in (periode, avant))
    if not vue.est_vivante or not proprietaires or not precedents or proprietaires == precedents:
        return None
    avenant = periode.avenant
    dite = avenant is not None and not avenant.annulation and bool(_MUTATIONS & _types(periode))
    if dite:
        return None
    return Severite.INFORMATION if _est_une_fusion(periode, avant) else Severite.ANOMALIE


def ave_009(vue: Vue, avenant: Avenant) -> Severite | None:
    """A manager changed where there is none."""
    trouve = vue.est_vivante and not avenant.annulation and "4" in avenant.types and vue.nature is Nature.ORDINAIRE
    return Severite.ANOMALIE if trouve else None


def ave_010(vue: Vue, avenant: Avenant) -> Severite | None:
    """Dwellings sold or demolished, and as many as before."""
    rang = next((rang for rang, periode in enumerate(vue.convention.periodes) if periode.avenant is avenant), 0)
    if not vue.est_vivante or not _est_signe(avenant) or not {"2", "3"} & {*avenant.types} or rang == 0:
        return None
    apres, avant = (_nb_logements(vue.convention.periodes[place]) for place in (rang, rang - 1))
    return Severite.ANOMALIE if apres and avant and apres >= avant else None


def ave_011(vue: Vue, avenant: Avenant) -> Severite | None:
    """Signed before the agreement."""
    if not vue.est_vivante or avenant.annulation or avenant.signature is None or vue.signature is None:
        return None
    return Severite.ANOMALIE if avenant.signature < vue.signature else None


def ave_012(vue: Vue, avenant: Avenant) -> Severite | None:
    """Signed for more than six months and never published."""
    if not vue.est_en_vigueur or avenant.annulation or _est_du_systeme(avenant) or avenant.publication is not None:
        return None
    if avenant.signature is None or avenant.signature >= IL_Y_A_SIX_MOIS:
        return None
    return Severite.INFORMATION if vue.est_outre_mer and vue.est_foyer else Severite.A_VERIFIER


def ave_015(vue: Vue) -> Severite | None:
    """An amendment that a text names, past the last one on record."""
    textes = [*(periode.descriptif for periode in vue.convention.periodes), *(a.description for a in vue.convention.avenants)]
    cites = [int(numero) for texte in textes for numero in _CITATION.findall(texte)]
    dernier = max((avenant.numero for avenant in vue.convention.avenants), default=0)
    return Severite.A_VERIFIER if vue.est_vivante and max(cites, default=0) > dernier else None


def _est_une_fusion(periode: Periode, avant: Periode) -> bool:
    """Whether each owner that is gone was absorbed by then by one that is there, and each new one absorbed one of those before."""
    precedents = {lot.proprietaire.id: lot.proprietaire for lot in avant.contenu}
    presents = {lot.proprietaire.id: lot.proprietaire for lot in periode.contenu}
    absorbants = {
        identifiant: bailleur.absorption.absorbant
        for identifiant, bailleur in precedents.items()
        if bailleur.absorption is not None and bailleur.absorption.jour <= periode.debut
    }
    sirens = {bailleur.siren for bailleur in presents.values()}
    partis, arrives = precedents.keys() - presents.keys(), presents.keys() - precedents.keys()
    return all(absorbants.get(parti) in sirens for parti in partis) and all(
        presents[arrive].siren in absorbants.values() for arrive in arrives
    )


def _est_signe(avenant: Avenant) -> bool:
    """Whether it holds: signed, and not cancelled."""
    return avenant.signature is not None and avenant.annulation is None


def _est_du_systeme(avenant: Avenant) -> bool:
    """Whether the application added it to tie the agreement to a CUS."""
    return avenant.types == (RATTACHEMENT_A_UNE_CUS,)


def _types(periode: Periode) -> set[str]:
    """Return the types of the amendment that opens a period, else the one whose label its description quotes."""
    if periode.avenant is None:
        return set()
    return {*periode.avenant.types} or {code for code in _TOUS_LES_TYPES if f'"{libelle("TAV", code)}"' in periode.descriptif}


def _est_reconduction(vue: Vue, periode: Periode, terme: date | None) -> bool:
    """Whether a term that had passed is put off by three years, or six, or nine."""
    if terme is None or periode.expiration is None or reconduction(vue.convention.type.id) == _JAMAIS_RECONDUITE:
        return False
    annees = periode.expiration.year - terme.year
    return periode.debut > terme and annees > 0 and annees % _TROIS_ANS == 0


def _nb_logements(periode: Periode) -> int:
    """Return the dwellings of a period, 0 when nobody knows."""
    return 0 if periode.squelette and not periode.avec_logements else sum(lot.nb_logements for lot in periode.contenu)


CONVENTION = {"AVE-003": ave_003, "AVE-015": ave_015}
VERSION = {"AVE-005": ave_005, "AVE-008": ave_008}
AVENANT = {
    "AVE-001": ave_001,
    "AVE-004": ave_004,
    "AVE-006": ave_006,
    "AVE-007": ave_007,
    "AVE-009": ave_009,
    "AVE-010": ave_010,
    "AVE-011": ave_011,
    "AVE-012": ave_012,
}
SANS_OBJET = ("AVE-002", "AVE-013", "AVE-014")
"""Rules that never fire on Ecoloweb: it does not hold what they look at."""

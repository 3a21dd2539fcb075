"""Applies every rule to an agreement, and leaves out what another finding covers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from ingest.demo.faits import Avenant, Lot, Periode
from ingest.demo.geographie import Commune
from ingest.demo.oracle import croises, dur, fin, geo
from ingest.demo.oracle.vue import Constat, Severite, Vue
from ingest.demo.referentiels import region_du_departement

_CONVENTION: dict[str, Callable[[Vue], Severite | None]] = {
    "FIN-001": fin.fin_001,
    "FIN-002": fin.fin_002,
    "FIN-003": fin.fin_003,
    "FIN-005": fin.fin_005,
    "DUR-001": dur.dur_001,
    "DUR-006": dur.dur_006,
    "DUR-007": dur.dur_007,
    "DUR-008": dur.dur_008,
    "DUR-009": dur.dur_009,
    "DUR-010": dur.dur_010,
    "DUR-011": dur.dur_011,
    "DUR-012": dur.dur_012,
    "DUR-013": dur.dur_013,
    "GEO-009": geo.geo_009,
    "GEO-010": geo.geo_010,
    "GEO-011": geo.geo_011,
}
_LOT: dict[str, Callable[[Vue, Lot], Severite | None]] = {
    "FIN-006": fin.fin_006,
    "FIN-008": fin.fin_008,
    "FIN-011": fin.fin_011,
    "FIN-012": fin.fin_012,
    "FIN-013": fin.fin_013,
    "FIN-014": fin.fin_014,
    "FIN-016": fin.fin_016,
    "DUR-002": dur.dur_002,
    "DUR-003": dur.dur_003,
    "DUR-004": dur.dur_004,
    "DUR-005": dur.dur_005,
    "DUR-018": dur.dur_018,
    "GEO-005": geo.geo_005,
}
_VERSION: dict[str, Callable[[Vue, Periode, Periode], Severite | None]] = {"FIN-010": fin.fin_010}
_AVENANT: dict[str, Callable[[Vue, Avenant], Severite | None]] = {"DUR-017": dur.dur_017}
_COMMUNE: dict[str, Callable[[Commune], Severite | None]] = {
    "GEO-001": geo.geo_001,
    "GEO-002": geo.geo_002,
    "GEO-003": geo.geo_003,
    "GEO-006": geo.geo_006,
}
_REGION: dict[str, Callable[[str], Severite | None]] = {"GEO-004": geo.geo_004}
_SANS_OBJET = ("FIN-004", "FIN-007", "FIN-015", "DUR-014", "DUR-015", "DUR-016", "GEO-007", "GEO-008", "GEO-012")
"""Rules that never fire on Ecoloweb: it does not hold what they look at."""
_COUVERTES = {"FIN-001": "FIN-003", "FIN-012": "FIN-014", "DUR-003": "DUR-001", "DUR-005": "DUR-001", "GEO-006": "GEO-001"}
"""The rule that each of these makes needless on the same object, or on the agreement of its lot."""

REGLES = tuple(
    sorted({*_CONVENTION, *_LOT, *_VERSION, *_AVENANT, *_COMMUNE, *_REGION, croises.REGLE, *_SANS_OBJET}),
)
"""Every rule that the truth speaks of."""


def juger(vue: Vue) -> list[Constat]:
    """Return the findings on an agreement that is written, and on the communes and regions of its lots."""
    return _sans_les_couverts([*_sur_la_convention(vue), *_sur_l_historique(vue), *_sur_les_lieux(vue)], vue)


def _sur_la_convention(vue: Vue) -> Iterator[Constat]:
    for regle, fonction in _CONVENTION.items():
        if severite := fonction(vue):
            yield Constat(regle, severite, "convention", f"ecoloweb:{vue.convention.id}")
    if not vue.est_vivante:
        return
    for identifiant, lot in zip(vue.convention.courante.ids_lots, vue.lots, strict=True):
        for regle, fonction_lot in _LOT.items():
            if severite := fonction_lot(vue, lot):
                yield Constat(regle, severite, "lot", f"ecoloweb:{identifiant}")


def _sur_l_historique(vue: Vue) -> Iterator[Constat]:
    periodes = vue.convention.periodes
    for avant, periode in pairwise(periodes):
        for regle, fonction in _VERSION.items():
            if severite := fonction(vue, periode, avant):
                yield Constat(regle, severite, "version", f"ecoloweb:{periode.id}")
    for avenant in vue.convention.avenants:
        for regle, fonction_avenant in _AVENANT.items():
            if severite := fonction_avenant(vue, avenant):
                yield Constat(regle, severite, "avenant", f"ecoloweb:{avenant.id}")


def _sur_les_lieux(vue: Vue) -> Iterator[Constat]:
    for commune in {lot.commune.id: lot.commune for lot in vue.lots}.values():
        for regle, fonction in _COMMUNE.items():
            if severite := fonction(commune):
                yield Constat(regle, severite, "commune", f"ecoloweb:{commune.id}")
        identifiant, code = region_du_departement(commune.departement_lu)
        for regle, fonction_region in _REGION.items():
            if severite := fonction_region(code):
                yield Constat(regle, severite, "region", f"ecoloweb:{identifiant}")


def _sans_les_couverts(constats: list[Constat], vue: Vue) -> list[Constat]:
    convention = f"ecoloweb:{vue.convention.id}"
    couverts = set()
    for constat in constats:
        if constat.regle in _COUVERTES:
            objets = {constat.objet_id, convention} if constat.objet_type == "lot" else {constat.objet_id}
            couverts |= {(_COUVERTES[constat.regle], objet) for objet in objets}
    return [constat for constat in constats if (constat.regle, constat.objet_id) not in couverts]

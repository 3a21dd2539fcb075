"""Applies every rule to an agreement, and leaves out what another finding covers.

Each family of rules is a module that lists its functions by the grain they judge, the rules that never fire on Ecoloweb, and
those that make others needless.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from ingest.demo.oracle import agr, ave, cas, croises, dat, dup, dur, fin, geo, ide, loy, mix, om, orp, pub, red, sta, sur, typ
from ingest.demo.oracle.rapprochements import Rapprochements
from ingest.demo.oracle.vue import Constat, Vue
from ingest.demo.referentiels import region_du_departement

_FAMILLES = (fin, dur, dat, loy, red, sur, mix, pub, ave, typ, cas, om, agr, ide, geo, dup, orp, sta)


def _fonctions(grain: str) -> dict[str, Any]:
    """Return the functions of every family that judge a grain, by rule."""
    return {regle: fonction for famille in _FAMILLES for regle, fonction in getattr(famille, grain, {}).items()}


_CONVENTION = _fonctions("CONVENTION")
_LOT = _fonctions("LOT")
_LOGEMENT = _fonctions("LOGEMENT")
_PARCELLE = _fonctions("PARCELLE")
_VERSION = _fonctions("VERSION")
_AVENANT = _fonctions("AVENANT")
_BAILLEUR = _fonctions("BAILLEUR")
_COMMUNE = _fonctions("COMMUNE")
_REGION = _fonctions("REGION")
_LIGNE = _fonctions("LIGNE")
_GRAINS = (_CONVENTION, _LOT, _LOGEMENT, _PARCELLE, _VERSION, _AVENANT, _BAILLEUR, _COMMUNE, _REGION, _LIGNE)
_COUVERTES: Mapping[str, tuple[str, ...]] = {
    regle: couvertes for famille in _FAMILLES for regle, couvertes in getattr(famille, "COUVERTES", {}).items()
}

_PARTAGES = frozenset({"bailleur", "commune", "region"})
"""Kinds of objects that no agreement holds."""

SANS_OBJET = frozenset(regle for famille in _FAMILLES for regle in famille.SANS_OBJET)
"""Rules that never fire on Ecoloweb: it does not hold what they look at."""

REGLES = tuple(sorted({*(regle for grain in _GRAINS for regle in grain), *croises.REGLES, *Rapprochements.REGLES, *SANS_OBJET}))
"""Every rule that the truth speaks of."""


def juger(vue: Vue) -> list[Constat]:
    """Return the findings on an agreement that is written, and on the owners, communes and regions of its lots."""
    constats = [
        *_sur_la_convention(vue),
        *_sur_les_lots(vue),
        *_sur_l_historique(vue),
        *_sur_les_bailleurs(vue),
        *_sur_les_lieux(vue),
        *_sur_les_orphelines(vue),
    ]
    return _sans_les_couverts(constats, vue)


def _sur_la_convention(vue: Vue) -> Iterator[Constat]:
    yield from _juger(_CONVENTION, "convention", vue.convention.id, vue)


def _sur_les_lots(vue: Vue) -> Iterator[Constat]:
    """Nothing of an agreement that was cancelled or abandoned."""
    if not vue.est_vivante:
        return
    courante = vue.convention.courante
    for identifiant, lot in zip(courante.ids_lots, vue.lots, strict=True):
        yield from _juger(_LOT, "lot", identifiant, vue, lot)
        for ligne, logement in zip(courante.ids_logements.get(identifiant, ()), lot.logements, strict=False):
            yield from _juger(_LOGEMENT, "logement", ligne, vue, lot, logement)
        for ligne, parcelle in zip(courante.ids_parcelles.get(identifiant, ()), lot.parcelles, strict=True):
            yield from _juger(_PARCELLE, "parcelle", ligne, vue, lot, parcelle)


def _sur_l_historique(vue: Vue) -> Iterator[Constat]:
    for avant, periode in pairwise(vue.convention.periodes):
        yield from _juger(_VERSION, "version", periode.id, vue, periode, avant)
    for avenant in vue.convention.avenants:
        yield from _juger(_AVENANT, "avenant", avenant.id, vue, avenant)


def _sur_les_bailleurs(vue: Vue) -> Iterator[Constat]:
    roles = (bailleur for lot in vue.lots for bailleur in (lot.proprietaire, lot.gestionnaire) if bailleur is not None)
    for bailleur in {bailleur.id: bailleur for bailleur in roles}.values():
        yield from _juger(_BAILLEUR, "bailleur", bailleur.id, bailleur)


def _sur_les_lieux(vue: Vue) -> Iterator[Constat]:
    for commune in {lot.commune.id: lot.commune for lot in vue.lots}.values():
        yield from _juger(_COMMUNE, "commune", commune.id, commune)
        identifiant, code = region_du_departement(commune.departement_lu)
        yield from _juger(_REGION, "region", identifiant, code)


def _sur_les_orphelines(vue: Vue) -> Iterator[Constat]:
    for orpheline in vue.convention.orphelines:
        yield from _juger(_LIGNE, "ligne", f"ecolo_{orpheline.table}:{orpheline.id}", vue, orpheline)


def _juger(regles: Mapping[str, Any], objet_type: str, identifiant: int | str, *faits: object) -> Iterator[Constat]:
    for regle, fonction in regles.items():
        if severite := fonction(*faits):
            yield Constat(regle, severite, objet_type, f"ecoloweb:{identifiant}")


def _sans_les_couverts(constats: Iterable[Constat], vue: Vue) -> list[Constat]:
    """Leave out what another finding says already, on the same object or on the agreement that holds it."""
    constats, convention = list(constats), f"ecoloweb:{vue.convention.id}"
    couverts = set()
    for constat in constats:
        portee = {constat.objet_id} if constat.objet_type in _PARTAGES else {constat.objet_id, convention}
        couverts |= {(couverte, objet) for couverte in _COUVERTES.get(constat.regle, ()) for objet in portee}
    return [constat for constat in constats if (constat.regle, constat.objet_id) not in couverts]

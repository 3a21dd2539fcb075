"""The truth of the rules on duplicates: one small function a rule, written from what the rule means.

Those that compare agreements are in `doublons`.
"""

from __future__ import annotations

import re

from ingest.demo.faits import Convention
from ingest.demo.oracle.vue import Severite, Vue

_MOIS_PAR_AN, _PREMIER_SIECLE = 12, 77
_ANNEE_MOIS = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d)(?!\d)")
_MOIS_ANNEE = re.compile(r"(?<!\d)(\d\d)((?:19|20)\d\d)(?!\d)")
_RECOMPOSE = re.compile(r"\S+ N \d \d (\d\d) (\d{1,2}) +S \d+")
_RANG_FINAL = re.compile(r"\D\d+$")


def dup_004(vue: Vue) -> Severite | None:
    """In force without a number of any kind."""
    sans_numero = not vue.convention.numero and not vue.convention.numero_normalise
    return Severite.ANOMALIE if vue.est_en_vigueur and sans_numero else None


def dup_005(vue: Vue) -> Severite | None:
    """A number that tells neither year nor rank."""
    numero = vue.convention.numero
    annee = _ANNEE_MOIS.search(numero) or _MOIS_ANNEE.search(numero)
    lisible = (annee and _RANG_FINAL.search(numero)) or _RECOMPOSE.fullmatch(numero)
    return Severite.INFORMATION if vue.est_vivante and numero and not lisible else None


def dup_006(vue: Vue) -> Severite | None:
    """A number of another year than the agreement."""
    mois, jour = _mois_du_numero(vue.convention), vue.signature or vue.convention.depot
    if not vue.est_vivante or mois is None:
        return None
    return Severite.A_VERIFIER if abs(jour.year * _MOIS_PAR_AN + jour.month - mois) > _MOIS_PAR_AN else None


def _mois_du_numero(convention: Convention) -> int | None:
    """Return the month that the number gives, typed or made up by Ecoloweb, counted from year zero."""
    if trouve := _ANNEE_MOIS.search(convention.numero):
        return int(trouve[1]) * _MOIS_PAR_AN + int(trouve[2])
    if trouve := _MOIS_ANNEE.search(convention.numero):
        return int(trouve[2]) * _MOIS_PAR_AN + int(trouve[1])
    if trouve := _RECOMPOSE.fullmatch(convention.numero_normalise):
        siecle = 1900 if int(trouve[1]) >= _PREMIER_SIECLE else 2000
        return (siecle + int(trouve[1])) * _MOIS_PAR_AN + int(trouve[2])
    return None


CONVENTION = {"DUP-004": dup_004, "DUP-005": dup_005, "DUP-006": dup_006}
SANS_OBJET = ("DUP-002",)
"""Rules that never fire on Ecoloweb: it does not hold what they look at."""

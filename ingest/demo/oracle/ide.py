"""The truth of the rules on identity of owners: one small function a rule, written from what the rule means."""

from __future__ import annotations

import re

from ingest.demo.faits import Bailleur
from ingest.demo.oracle.vue import DATE_DE_REFERENCE, Severite
from ingest.demo.referentiels import Secteur

SANS_FORME_JURIDIQUE = frozenset({"312", "314", "316", "333", "334", "335", "337", "338"})
"""Public bodies, whose name says no legal form."""
_FORMES = frozenset(
    {"SA", "SAS", "SARL", "SCI", "SCIC", "SEM", "OPH", "OPAC", "OFFICE", "ESH", "SACI", "SACICAP", "COOPERATIVE", "SOCIETE"}
    | {"ASSOCIATION", "FONDATION", "MUTUELLE", "UNION", "GIP"}
)
_NOM_COUPE = 50
_SIREN, _SIRET, _SIRET_SANS_ZERO = 9, 14, 13


def ide_001(bailleur: Bailleur) -> Severite | None:
    """A SIREN that cannot be one."""
    siren = _siren(bailleur)
    return None if siren is None or (_est_un_nombre(siren, _SIREN) and _a_la_bonne_cle(siren)) else Severite.ANOMALIE


def ide_002(bailleur: Bailleur) -> Severite | None:
    """A SIRET that cannot be one, even with the zero it may have lost."""
    siret = _siret(bailleur)
    if siret is None or _est_un_nombre(siret, _SIREN):
        return None
    juste = _est_un_nombre(siret, _SIRET, _SIRET_SANS_ZERO) and _a_la_bonne_cle(siret)
    return None if juste else Severite.ANOMALIE


def ide_003(bailleur: Bailleur) -> Severite | None:
    """A SIRET of another body."""
    siren, siret = _siren(bailleur), _siret(bailleur)
    if siren is None or siret is None or not _est_un_nombre(siren, _SIREN) or not _est_un_nombre(siret, _SIRET, _SIRET_SANS_ZERO):
        return None
    return None if siret.rjust(_SIRET, "0").startswith(siren) else Severite.ANOMALIE


def ide_004(bailleur: Bailleur) -> Severite | None:
    """A SIREN typed as a SIRET."""
    siret = _siret(bailleur)
    return Severite.INFORMATION if siret is not None and _est_un_nombre(siret, _SIREN) else None


def ide_005(bailleur: Bailleur) -> Severite | None:
    """An identifier with something else than digits."""
    saisis = (_siren(bailleur), _siret(bailleur))
    return Severite.ANOMALIE if any(re.search(r"[^0-9]", saisi) for saisi in saisis if saisi) else None


def ide_006(bailleur: Bailleur) -> Severite | None:
    """A name that is not in capitals, or does not say the legal form."""
    nom = bailleur.raison_sociale
    if not est_juge(bailleur):
        return None
    mots = re.findall(r"[A-Z]+", nom.upper())
    en_capitales = not any(len(suite) > 3 for suite in re.findall(r"[a-z]+", nom)) and not re.search(r"[A-Z][a-z]", nom)  # noqa: PLR2004
    forme_tue = bailleur.sous_nature not in SANS_FORME_JURIDIQUE and len(nom) < _NOM_COUPE and not _FORMES & {*mots}
    return Severite.A_VERIFIER if forme_tue or not en_capitales else None


def ide_008(bailleur: Bailleur) -> Severite | None:
    """An owner that another one absorbed."""
    absorption = bailleur.absorption
    trouve = est_juge(bailleur) and absorption is not None and absorption.jour <= DATE_DE_REFERENCE
    return Severite.A_VERIFIER if trouve else None


def ide_012(bailleur: Bailleur) -> Severite | None:
    """A head office without address."""
    return Severite.A_VERIFIER if est_juge(bailleur) and not bailleur.a_une_adresse else None


def est_juge(bailleur: Bailleur) -> bool:
    """Say whether the identity of an owner is looked at: not that of a person, nor the row that stands for ANAH."""
    return bailleur.secteur is not Secteur.PRIVE


def siren_lu(bailleur: Bailleur) -> str | None:
    """Return the SIREN that an owner is known by: that of its SIRET, else its own, else what was typed as a SIRET."""
    siren, siret = _siren(bailleur), _siret(bailleur)
    if siret is not None and _est_un_nombre(siret, _SIRET):
        return siret[:_SIREN]
    return next((lu for lu in (siren, siret) if lu is not None and _est_un_nombre(lu, _SIREN)), None)


def _siren(bailleur: Bailleur) -> str | None:
    return bailleur.siren if est_juge(bailleur) and bailleur.siren else None


def _siret(bailleur: Bailleur) -> str | None:
    """Return the SIRET that was typed; nothing for one made of the SIREN, which is right."""
    return bailleur.siret_saisi if est_juge(bailleur) and bailleur.siret_saisi else None


def _est_un_nombre(texte: str, *longueurs: int) -> bool:
    return texte.isdecimal() and len(texte) in longueurs


def _a_la_bonne_cle(numero: str) -> bool:
    """Say whether a number passes Luhn's test: from the right, every second digit counts double, tens and units added."""
    somme = sum(int(chiffre) for chiffre in numero[-1::-2]) + sum(sum(divmod(2 * int(chiffre), 10)) for chiffre in numero[-2::-2])
    return somme % 10 == 0


BAILLEUR = {
    "IDE-001": ide_001,
    "IDE-002": ide_002,
    "IDE-003": ide_003,
    "IDE-004": ide_004,
    "IDE-005": ide_005,
    "IDE-006": ide_006,
    "IDE-008": ide_008,
    "IDE-012": ide_012,
}
SANS_OBJET = ("IDE-007", "IDE-010", "IDE-011")
"""Rules that never fire on Ecoloweb: it does not hold what they look at."""
COUVERTES = {"IDE-005": ("IDE-001", "IDE-002")}
"""The rules that each of these makes needless on the same owner."""

"""The truth of the rules that APiLos feeds and that look beyond one agreement: what was lost, what was typed again, orphans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeAlias

from ingest.demo import officiel
from ingest.demo.apilos.faits import Acte, Statut
from ingest.demo.faits import Convention
from ingest.demo.oracle import Constat, Severite, voir

_ECART_MAX = 30
Ressemblance: TypeAlias = tuple[str, str, tuple[str, ...], int]
"""SIREN, commune, families of financing, dwellings."""
REGLES = ("DUP-002", "ORP-001", "ORP-004", "ORP-005")


class Absentes:
    """ORP-004: the agreements of Ecoloweb that are not in APiLos, where their département is."""

    def __init__(self) -> None:
        """Start with no agreement."""
        self.repris: set[str] = set()
        self._absentes: list[tuple[str, int]] = []

    def noter(self, convention: Convention, *, est_reprise: bool) -> None:
        """Note whether an agreement was taken over."""
        if est_reprise:
            self.repris.add(convention.departement.code)
        elif voir(convention).est_vivante:
            self._absentes.append((convention.departement.code, convention.id))

    def constats(self) -> Iterator[Constat]:
        """Yield the findings, once every agreement is known."""
        for departement, identifiant in self._absentes:
            if departement in self.repris:
                yield Constat("ORP-004", Severite.ANOMALIE, "convention", f"ecoloweb:{identifiant}")


class Ressaisies:
    """DUP-002: the native agreements that look like one of Ecoloweb signed within thirty days of them."""

    def __init__(self, depuis: date) -> None:
        """Remember the agreements of Ecoloweb signed since a day."""
        self._depuis = depuis
        self._signatures: dict[Ressemblance, list[date]] = {}

    def noter(self, convention: Convention) -> None:
        """Remember an agreement of Ecoloweb."""
        vue = voir(convention)
        if vue.est_vivante and vue.signature is not None and vue.signature >= self._depuis:
            cle = _ressemblance(convention)
            if cle is not None:
                self._signatures.setdefault(cle, []).append(vue.signature)

    def constats(self, acte: Acte) -> Iterator[Constat]:
        """Yield the finding on a native agreement."""
        cle = _ressemblance(acte.convention)
        if cle is None or acte.signature is None or acte.statut is Statut.ANNULEE:
            return
        if any(abs((acte.signature - signature).days) <= _ECART_MAX for signature in self._signatures.get(cle, ())):
            yield Constat("DUP-002", Severite.A_VERIFIER, "convention", acte.objet_id)


def orphelin(table: str, identifiant: int) -> Iterator[Constat]:
    """Yield the finding on a programme or a lot that no agreement has."""
    yield Constat("ORP-005", Severite.ANOMALIE, "ligne", f"apilos:{table}:{identifiant}")


def sans_mere(acte: Acte) -> Iterator[Constat]:
    """Yield the finding on the row of an amendment to an agreement that does not exist."""
    if acte.parent_absent is not None:
        yield Constat("ORP-001", Severite.ANOMALIE, "ligne", f"apilos:conventions_convention:{acte.id}")


def _ressemblance(convention: Convention) -> Ressemblance | None:
    proprietaires = {lot.proprietaire.id: lot.proprietaire for lot in convention.courante.contenu}
    principal = proprietaires.get(convention.bailleur_principal or 0)
    if principal is None or principal.siren is None or convention.code_commune is None:
        return None
    return principal.siren, convention.code_commune, tuple(convention.familles), convention.nb_logements


def communes_disparues(codes: Iterable[str]) -> Iterator[Constat]:
    """Yield the finding on each code, of those that APiLos writes, of a commune that is now part of another."""
    for code in sorted(codes):
        if code in officiel.anciennes() and code not in officiel.communes():
            yield Constat("GEO-002", Severite.INFORMATION, "commune", f"apilos:commune:{code}")

"""A publication that somebody forced in spite of blocking checks that failed: what every reader of it must be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data_contracts.extraits import formats
from data_contracts.publication import PublishedRun

CLE = "publication_forcee"
"""Its name in the manifest, where it is null for an ordinary publication."""
CLES_MONTREES = 5


@dataclass(frozen=True)
class Forcage:
    """Who forced a publication, when, why, and the controls that it breaks, as the manifest writes them."""

    par: str
    le: datetime
    motif: str | None
    infractions: tuple[Mapping[str, Any], ...]

    def phrase(self) -> str:
        """Say it in two sentences, with who forced it and why."""
        motif = f"Motif : {self.motif}" if self.motif else "Aucun motif n'a été donné."
        return f"{self._malgre()}, par {self.par}, le {formats.instant(self.le)}. {motif}"

    def phrase_anonyme(self) -> str:
        """Say it in one sentence, without what names a person."""
        return f"{self._malgre()}, le {formats.instant(self.le)}."

    def _malgre(self) -> str:
        rompus = formats.pluriel(len(self.infractions), "contrôle bloquant rompu", "contrôles bloquants rompus")
        return f"Publication forcée malgré {rompus}"

    def details(self) -> Iterator[str]:
        """Say each control that is broken, with its first keys."""
        for controle in self.infractions:
            cles = controle["cles"][:CLES_MONTREES]
            suite = ", …" if len(controle["cles"]) > CLES_MONTREES else ""
            citees = f" ; clés : {', '.join(cles)}{suite}" if cles else ""
            mesure = f"{formats.valeur(controle['observe'])} au lieu de {formats.valeur(controle['attendu'])}"
            yield f"{controle['objet']} : {controle['message'] or controle['nom']} ({mesure}{citees})"


def lire(run: PublishedRun) -> Forcage | None:
    """Return what forced a publication, None for an ordinary one."""
    ecrit = run.manifest.get(CLE)
    if not ecrit:
        return None
    le = datetime.fromisoformat(ecrit["le"])
    return Forcage(par=ecrit["par"], le=le, motif=ecrit["motif"], infractions=tuple(ecrit["infractions"]))

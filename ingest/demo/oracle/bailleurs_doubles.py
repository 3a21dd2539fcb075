"""The truth of the rule on owners that the source holds twice, which compares owners."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from ingest.demo.faits import Bailleur
from ingest.demo.oracle.ide import est_juge, siren_lu
from ingest.demo.oracle.vue import Constat, Severite, Vue


class BailleursDoubles:
    """Keeps the owners and managers of current programmes, by what may tell that two of them are one."""

    REGLES = ("IDE-009",)

    def __init__(self) -> None:
        """Start with no owner."""
        self._vus: dict[int, tuple[str, str | None]] = {}
        self._par_siren: dict[str, set[int]] = defaultdict(set)
        self._par_nom: dict[str, set[str]] = defaultdict(set)

    def noter(self, vue: Vue) -> None:
        """Keep the owners and managers of an agreement."""
        for lot in vue.lots:
            for bailleur in (lot.proprietaire, lot.gestionnaire):
                if bailleur is not None and bailleur.id not in self._vus and est_juge(bailleur):
                    self._garder(bailleur)

    def constats(self) -> Iterator[Constat]:
        """Yield a finding for each owner of the SIREN of another, or of another SIREN under the same name at the same place."""
        for identifiant, (siren, nom) in self._vus.items():
            if len(self._par_siren[siren]) > 1 or (nom and len(self._par_nom[nom]) > 1):
                yield Constat("IDE-009", Severite.ANOMALIE, "bailleur", f"ecoloweb:{identifiant}")

    def _garder(self, bailleur: Bailleur) -> None:
        siren = siren_lu(bailleur)
        if siren is None:
            return
        lieu = bailleur.commune.codes_postaux[0] if bailleur.a_une_adresse else None
        nom = f"{lieu} {' '.join(re.findall(r'[A-Z0-9]+', bailleur.raison_sociale.upper()))}" if lieu else None
        self._vus[bailleur.id] = siren, nom
        self._par_siren[siren].add(bailleur.id)
        if nom:
            self._par_nom[nom].add(siren)

"""The truth of the rule on a publication reference that several agreements bear, which compares agreements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ingest.demo.oracle.pub import Volume, volume
from ingest.demo.oracle.vue import Constat, Severite, Vue


class ReferencePartagee:
    """Keeps the agreements of each volume of a département; nothing else of them."""

    REGLES = ("PUB-005",)

    def __init__(self) -> None:
        """Start with no agreement."""
        self._publiees: defaultdict[tuple[str, Volume], list[int]] = defaultdict(list)

    def noter(self, vue: Vue) -> None:
        """Keep what may matter of an agreement."""
        lu = volume(vue.calendrier.reference)
        if vue.est_vivante and lu is not None:
            self._publiees[vue.departement.code, lu].append(vue.convention.id)

    def constats(self) -> Iterator[Constat]:
        """Yield a finding for each agreement whose volume is also another's."""
        for identifiants in self._publiees.values():
            if len(identifiants) > 1:
                for identifiant in identifiants:
                    yield Constat("PUB-005", Severite.ANOMALIE, "convention", f"ecoloweb:{identifiant}")

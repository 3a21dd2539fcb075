"""How long what is kept beside the deliveries lasts: one place, for what removes it and for the page that says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Kept:
    """Something kept for a while, said as people read it."""

    quoi: str
    ou: str
    duree: timedelta
    depuis: str


REFUSED = Kept("Livraison refusée, en clair", "`depot/refusees`", timedelta(days=30), "son refus")
SET_ASIDE = Kept("Livraison ou publication abîmée, mise de côté", "`ecarte`", timedelta(days=90), "sa mise de côté")
EXTRACTION = Kept("Réponses d'une extraction interrompue, en clair", "`extractions`", timedelta(days=30), "sa dernière réponse")
PUBLICATION = Kept("Publication qui n'est plus courante", "`published`", timedelta(days=365), "sa publication")
ACCESS_JOURNAL = Kept("Entrée du journal des accès", "`registre/acces.jsonl`", timedelta(days=365), "l'acte")
ALL = (REFUSED, EXTRACTION, SET_ASIDE, PUBLICATION, ACCESS_JOURNAL)
"""In the order of the page."""

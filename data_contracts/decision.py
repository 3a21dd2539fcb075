"""A decision: what an analyst says of a finding. Its statuses, its form, and the titles of the columns that carry it in workbooks.

Whoever writes a workbook that analysts fill, and whoever reads one back, takes the titles and the words from here.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property

from data_contracts.errors import BadInputError
from data_contracts.plain_text import plain


class Statut(StrEnum):
    """What an analyst decided of a finding, as it is stored."""

    A_TRAITER = "a_traiter"
    JUSTIFIE = "justifie"
    CORRIGE = "corrige"
    FAUX_POSITIF = "faux_positif"


STATUTS = {
    Statut.A_TRAITER: "à traiter",
    Statut.JUSTIFIE: "justifié",
    Statut.CORRIGE: "corrigé",
    Statut.FAUX_POSITIF: "faux positif",
}
"""The words of each status, as analysts read and type them."""


class Titre(StrEnum):
    """Title of each column that carries a decision in a workbook. Only the first two are needed to read one back."""

    CONSTAT = "Identifiant du constat"
    STATUT = "Décision"
    MOTIF = "Motif"
    AUTEUR = "Auteur"
    DATE = "Date de la décision"
    EMPREINTE = "Empreinte de la preuve"
    """The evidence that the analyst saw: a decision holds for that evidence and no other."""
    DECISION = "Identifiant de la décision"
    """Written by an export of the register only: it proves that the row was not changed since."""


NEEDED = (Titre.CONSTAT, Titre.STATUT)
HEADER_ROWS = 20
"""How far down a sheet its titles are looked for: a workbook may explain itself above them."""
MOTIF_MAX = 10_000
AUTEUR_MAX = 200
"""Characters."""
_UNWRITABLE = re.compile("[^\\t\\n\\x20-\\x7e\\xa0-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""What no workbook holds: control characters, halves of a pair."""


@dataclass(frozen=True)
class Decision:
    """One decision, never changed once recorded."""

    anomalie_id: str
    statut: Statut
    motif: str | None
    """Why; demanded unless the status is « à traiter »."""
    auteur: str
    date_decision: datetime
    """With its zone."""
    empreinte_preuve: str
    """Fingerprint of the evidence that was decided on."""

    @cached_property
    def decision_id(self) -> str:
        """Identifier made of the whole content: the same decision has the same one wherever it is recorded."""
        return hashlib.sha256(json.dumps(list(self.content().values()), ensure_ascii=False).encode()).hexdigest()[:24]

    def content(self) -> dict[str, str | None]:
        """Return the fields by name, the date as ISO text in UTC."""
        return {
            "anomalie_id": self.anomalie_id,
            "statut": self.statut.value,
            "motif": self.motif,
            "auteur": self.auteur,
            "date_decision": iso(self.date_decision),
            "empreinte_preuve": self.empreinte_preuve,
        }

    def record(self) -> dict[str, str | None]:
        """Return what the register keeps: the identifier, then the content."""
        return {"decision_id": self.decision_id, **self.content()}


def iso(moment: datetime) -> str:
    """Write a moment in UTC, always in the same form: 2026-11-01T08:30:12.345678+00:00."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def statut(text: str) -> Statut:
    """Read a status as people type it: with or without accents, capitals, hyphens or underscores. Raises BadInputError."""
    known = {plain(words): found for found, words in STATUTS.items()}
    try:
        return known[plain(text)]
    except KeyError:
        raise BadInputError(f"« {text} » n'est pas une décision : choisir {', '.join(STATUTS.values())}.") from None


def motif(text: str | None, decided: Statut) -> str | None:
    """Return the reason given, None when it is blank. Raises BadInputError when it is needed, too long, or can't be written."""
    given = writable(text or "", "Le motif", MOTIF_MAX)
    if given.strip():
        return given
    if decided is Statut.A_TRAITER:
        return None
    raise BadInputError(f"La décision « {STATUTS[decided]} » demande un motif.")


def auteur(text: str, remedy: str = "le donner par « --auteur » ou par PARC_AUTEUR") -> str:
    """Return the name of who decides, without blanks around. Raises BadInputError as `motif` does; `remedy` says how to sign."""
    given = writable(text.strip(), "L'auteur", AUTEUR_MAX)
    if not given:
        raise BadInputError(f"La décision demande un auteur : {remedy}.")
    return given


def writable(text: str, what: str, limit: int) -> str:
    """Return a text that any workbook holds, its lines ended the same way. Raises BadInputError for another, or one too long."""
    given = text.replace("\r\n", "\n").replace("\r", "\n")
    if _UNWRITABLE.search(given):
        raise BadInputError(f"{what} contient un caractère qui ne s'écrit pas dans un classeur : le retaper.")
    if len(given) > limit:
        raise BadInputError(f"{what} a {len(given)} caractères : {limit} au plus.")
    return given

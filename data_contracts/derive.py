"""The drift kept in `delivery.json`: how a delivery differs from its contract, and from the one it replaces."""

from __future__ import annotations

from enum import StrEnum

from data_contracts.strict import Strict


class Nature(StrEnum):
    """What kind of difference it is."""

    TABLE_INCONNUE = "table_inconnue"
    COLONNE_INCONNUE = "colonne_inconnue"
    TABLE_APPARUE = "table_apparue"
    TABLE_DISPARUE = "table_disparue"
    COLONNE_APPARUE = "colonne_apparue"
    COLONNE_DISPARUE = "colonne_disparue"
    TABLE_VIDE = "table_vide"
    """A required table without a row."""
    BAISSE_DE_VOLUME = "baisse_de_volume"
    CODE_NOUVEAU = "code_nouveau"
    LECTURE_DEGRADEE = "lecture_degradee"
    """The share of values that can't be read jumped: the type of the column moved."""


class Gravite(StrEnum):
    """How much it matters."""

    INFORMATION = "information"
    ALERTE = "alerte"
    BLOQUANTE = "bloquante"
    """The delivery is refused: no landed delivery holds such a difference."""


class Derive(Strict):
    """One difference."""

    nature: Nature
    table: str
    colonne: str = ""
    """Empty when the whole table is concerned."""
    gravite: Gravite
    observe: int | str | None = None
    attendu: int | str | None = None
    message: str
    """One French sentence, without a value of the data but codes."""

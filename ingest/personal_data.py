"""Treats personal data before anything is written.

A column is left out, emptied, masked, or replaced by a keyed pseudonym or by the mere fact that it is filled.

The treatment applies to the text, before typing: neither the landed column, nor `_illisible`, nor the quarantine sees the value.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data_contracts.clauses import literal, quote
from data_contracts.delivery import LINE_COLUMN
from data_contracts.errors import BadInputError
from data_contracts.source_contract import Column, Treatment
from ingest.masking import MASK, recognised_sql

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from data_contracts.layout import Home

KEY_VARIABLE = "PARC_CLE_PSEUDONYMES"
KEY_BYTES = 32
PREFIX = "p:"
LENGTH = 16
"""Hexadecimal digits of a pseudonym: 64 bits, one chance in thirty million that two of a million values share one."""
BLOCK_BYTES = 64
"""Block of SHA-256, which HMAC pads its key to."""
FINGERPRINTED = b"\0cle des pseudonymes"
FILLED = "renseigné"
"""What stands for a value of which only the presence is told."""
SUBQUERY = re.compile(r"\bselect\b", re.IGNORECASE)


@dataclass(frozen=True)
class PseudonymKey:
    """The secret key of the pseudonyms: the same value has the same pseudonym as long as the key lasts."""

    text: str
    is_new: bool
    """True when the key is neither in the environment nor on disk yet."""

    @property
    def fingerprint(self) -> str:
        """What tells this key from another without giving it: a pseudonym of a word that no source holds."""
        return hmac.new(self.text.encode(), FINGERPRINTED, hashlib.sha256).hexdigest()[:LENGTH]

    def keep(self, home: Home, scratch: Path) -> None:
        """Put a new key in the home, whole or not at all, readable by its owner only. It is written in `scratch` first."""
        if not self.is_new:
            return
        path = scratch / home.pseudonym_key.name
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(self.text)
            file.flush()
            os.fsync(file.fileno())
        path.rename(home.pseudonym_key)

    def install(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Give the key to the connection as variables, so that no query over the data holds it."""
        key = self.text.encode()
        padded = (hashlib.sha256(key).digest() if len(key) > BLOCK_BYTES else key).ljust(BLOCK_BYTES, b"\0")
        for name, mask in (("cle_interne", 0x36), ("cle_externe", 0x5C)):
            connection.execute(f"set variable {name} = unhex('{bytes(byte ^ mask for byte in padded).hex()}')")


def pseudonym_key(home: Home) -> PseudonymKey:
    """Return the key of the environment, else of the home, else a new one that `keep` writes."""
    if given := os.environ.get(KEY_VARIABLE, "").strip():
        return PseudonymKey(given, is_new=False)
    try:
        kept = home.pseudonym_key.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return PseudonymKey(secrets.token_hex(KEY_BYTES), is_new=True)
    if not kept:
        raise BadInputError(
            f"La clé des pseudonymes {home.pseudonym_key} est vide : remettre la clé d'origine, ou supprimer ce fichier."
        )
    return PseudonymKey(kept, is_new=False)


def pseudonym(text: str) -> str:
    """Return the SQL of a value's pseudonym, 'p:' and 16 digits of HMAC-SHA256; null and '' stay what they are."""
    inner = f"unhex(sha256(getvariable('cle_interne') || encode({text})))"
    digest = f"left(sha256(getvariable('cle_externe') || {inner}), {LENGTH})"
    return f"case when {text} = '' then '' else '{PREFIX}' || {digest} end"


def treated(columns: tuple[Column, ...], relation: str) -> str:
    """Return the query of `columns` as text and `_ligne`, personal data treated.

    `relation` has every column of the contract as text, and is named as the table, which the conditions may use.
    """
    conditions = {column.personnel.si: "" for column in columns if column.personnel and column.personnel.si}
    names = {condition: f"_si_{rank}" for rank, condition in enumerate(conditions)}
    tests = "".join(f", coalesce(({condition}), true) as {name}" for condition, name in names.items())
    values = ", ".join(f"{_treated(column, names)} as {quote(column.nom)}" for column in columns)
    return f"select {values}, {LINE_COLUMN} from (select *{tests} from {relation})"


def looks_elsewhere(columns: tuple[Column, ...]) -> bool:
    """Return whether a condition reads other rows: the order of the rows is then not kept by itself."""
    return any(column.personnel and column.personnel.si and SUBQUERY.search(column.personnel.si) for column in columns)


def _treated(column: Column, names: dict[str, str]) -> str:
    name = quote(column.nom)
    personal = column.personnel
    if personal is None:
        return name
    replacement = {
        Treatment.PSEUDONYMISER: pseudonym(name),
        Treatment.MASQUER: f"{MASK}({name})",
        Treatment.MASQUER_RECONNU: recognised_sql(name),
        Treatment.SUPPRIMER: "null::varchar",
        Treatment.CONSTATER: f"case when trim({name}) <> '' then {literal(FILLED)} end",
    }[personal.traitement]
    return f"case when {names[personal.si]} then {replacement} else {name} end" if personal.si else replacement

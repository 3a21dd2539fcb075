"""Masks what tells a person in a free text: e-mail addresses, telephone and identity numbers, bank accounts, and names.

- `masked` is closed by default: whatever looks like a number of nine digits or more, or touches an @, is masked, even when it is
  something else. It is for what people write to say what they think.
- `recognised` masks only what it is sure of, and is for the texts of the trade, whose dates, references of publication, numbers of
  agreements and names of streets are what they are read for.

A name is only known by what announces it (a civility, a signature, « je m'appelle »): a name written bare stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data_contracts import personal_content
from data_contracts.clauses import literal

if TYPE_CHECKING:
    import duckdb

MASK, MASK_RECOGNISED = "masquer", "masquer_reconnu"
"""The SQL functions."""
EMAIL_MASK = "[courriel masqué]"
NUMBER_MASK = "[numéro masqué]"
NAME_MASK = "[nom masqué]"

GAP = r"[\W_]{0,6}"
"""What people put between two digits of a number: spaces of any kind, points, dashes, brackets."""
PART = r"[^\s<>()\[\],;:\"«»]"
LOCAL = r"[^\s<>()\[\],;:\"«»@＠﹫]"
"""Characters of either side of an e-mail address; its left side has no @."""
EMAIL = re.compile(
    rf"(?:\"[^\"\n]{{0,80}}\"|(?<!{LOCAL}){LOCAL}++)?\s{{0,5}}"
    r"(?:[@＠﹫]|[(\[{]\s{0,5}(?:at|arobase)\s{0,5}[)\]}]|\barobase\b)\s{0,5}"
    rf"{PART}*+(?:\s{{1,5}}(?:point|dot)\s{{1,5}}{PART}++)*+",
    re.IGNORECASE,
)
"""Possessive and bounded throughout: a long text costs no more than its length."""
BREAK = r"[ \u00a0\u202f.-]?"
NUMBERS = (
    re.compile(
        rf"\b[A-Z]{{2}}\d{{2}}{BREAK}(?:[A-Z]{{4}}{BREAK})?(?:(?=[A-Z]{{0,3}}\d)[A-Z0-9]{{4}}{BREAK}){{2,7}}(?:(?=[A-Z]{{0,2}}\d)[A-Z0-9]{{1,3}})?\b",
        re.IGNORECASE,
    ),
    re.compile(rf"\d(?:{GAP}\d){{4}}{GAP}2{GAP}[AB](?:{GAP}\d){{6,8}}", re.IGNORECASE),
    re.compile(rf"[+(]*\d(?:{GAP}\d){{8,}}"),
)
"""A bank account, an identity number of Corsica, and any other number of nine digits or more: telephones and identity numbers."""

UPPER = "A-ZÀ-ÖØ-ÞŒŠŸŽ"
WORD = r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*\.?"
CAPITALISED = rf"(?:[dDlL]['’])?[{UPPER}](?:[^\W\d_]|['’-](?=[^\W\d_]))*\.?"
PARTICLE = r"(?:d[eu]s?|la|le|van|von|ben|el)"
NAME = rf"(?:{PARTICLE}\s+){{0,2}}{CAPITALISED}(?:\s+(?:{PARTICLE}\s+){{0,2}}{CAPITALISED}){{0,3}}"
COMMON = r"(?:l['’]\w+|le|la|les|un|une|et|ou|où|qui|que|est|a|à|n|ne|vous|nous|je|il|elle|on|sur|pour|par|dans|avec|en)"
"""Words that follow « M. » or « Mme » without being a name."""
ANNOUNCED = r"cordialement|respectueusement|sincèrement|salutations|bien à vous|je m['’]appelle|mon nom est|sign[ée]+|nom|prénom"
NAMES = (
    re.compile(rf"(?P<avant>\b(?:M\.|M(?=\s+[{UPPER}])|MM\b\.?|(?i:mr|mrs|mme|mmes|mlle|mlles)\b\.?)\s*)(?P<nom>{NAME})"),
    re.compile(rf"(?P<avant>\b(?:M\.|(?i:mr|mrs|mme|mlle)\b\.?)\s+)(?P<nom>(?!{COMMON}\b){WORD})"),
    re.compile(
        rf"(?P<avant>\b(?i:monsieur|madame|mademoiselle|messieurs|mesdames|ma[iî]tre|me|docteur|dr)\b\.?\s+)(?P<nom>{NAME})",
    ),
    re.compile(
        rf"(?P<avant>\b(?i:{ANNOUNCED})"
        rf"\b[\s,.;:!–—-]*)(?P<nom>{NAME})"
    ),
)
"""What announces a name, kept, and the name."""
CIVILITIES = NAMES[:3]
ANNOUNCES = (
    r"(?i)[@＠﹫]|arobase|[(\[{]\s*at\s*[)\]}]|ma[iî]tre"
    r"|\b(?:m|mm|mr|mrs|mmes?|mlles?|me|dr|docteur|monsieur|madame|mademoiselle|messieurs|mesdames)\b"
)
"""What every address and every civility holds, as the database looks for it."""
PLACE = re.compile(
    r"\b(?:rue|r|avenue|av|allées?|place|pl|square|impasse|imp|boulevard|bd|chemin|che|cours|quai|route|rte|passage|sente|voie|villa|"
    r"r[ée]sidence|res|foyer|clos|cit[ée]|hameau|domaine|pavillon|immeuble|b[âa]timent|lotissement|lot|zac|[ée]cole|lyc[ée]e|"
    r"h[ôo]pital|clinique|maison|espace|mail|parc)\s+(?:(?:d[eu]s?|la|le|les)\s+|[dl]['’]\s*)*$",
    re.IGNORECASE,
)
"""What stands before a name that is that of a place: « rue du docteur Roux »."""
SURE_NUMBERS = tuple(
    re.compile(pattern, re.IGNORECASE) for pattern in (personal_content.IBAN, personal_content.NIR, personal_content.PHONE)
)


def masked(text: str) -> str:
    """Return the text with what tells a person replaced by a word in brackets. Masking twice changes nothing more."""
    text = EMAIL.sub(EMAIL_MASK, text)
    for pattern in NUMBERS:
        text = pattern.sub(NUMBER_MASK, text)
    for pattern in NAMES:
        text = pattern.sub(_without_name, text)
    return text


def recognised(text: str) -> str:
    """Return the text with what is surely a person's address, number or announced name replaced by a word in brackets."""
    text = EMAIL.sub(EMAIL_MASK, text)
    for pattern in SURE_NUMBERS:
        text = pattern.sub(NUMBER_MASK, text)
    return "\n".join(map(_without_announced_names, text.split("\n")))


def recognised_sql(text: str) -> str:
    """Return the SQL of `recognised`, which is called for the few texts that may hold something of a person."""
    suspect = f"{personal_content.looks_personal(text)} or regexp_matches({text}, {literal(ANNOUNCES)})"
    return f"case when {suspect} then {MASK_RECOGNISED}({text}) else {text} end"


def install(connection: duckdb.DuckDBPyConnection) -> None:
    """Give the connection the SQL functions that mask a text."""
    connection.create_function(MASK, masked, ["VARCHAR"], "VARCHAR")
    connection.create_function(MASK_RECOGNISED, recognised, ["VARCHAR"], "VARCHAR")


def _without_name(found: re.Match[str]) -> str:
    return f"{found['avant']}{NAME_MASK}"


def _without_announced_names(line: str) -> str:
    """Mask the names of a line: in an address, the line that follows a name is not the rest of it."""
    for pattern in CIVILITIES:
        line = pattern.sub(_without_name_of_person, line)
    return line


def _without_name_of_person(found: re.Match[str]) -> str:
    return found[0] if PLACE.search(found.string, 0, found.start()) else _without_name(found)

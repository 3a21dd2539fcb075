"""Tells, in SQL, a text that seems to hold what designates a person: an e-mail address, a telephone, a NIR or an IBAN.

What has a check digit must satisfy it, so that a SIRET, a number of operation or a parcel is not taken for a person's number. The
cheap tests come first: most texts are too short for anything, and cost one comparison of lengths.
"""

from __future__ import annotations

SHORTEST_EMAIL, SHORTEST_PHONE, SHORTEST_NIR = 6, 10, 15
"""In bytes; an IBAN has fifteen characters or more too."""

SPACE = "[ \u00a0\u202f]"
EMAIL = r"[^\s@]@[^\s@]+\.[A-Za-z]{2}"
"""Letters of every alphabet are welcome without being named: naming them costs forty times more."""
PAIRS = rf"(?:(?:{SPACE}[0-9]{{2}}){{4}}|(?:\.[0-9]{{2}}){{4}}|(?:-[0-9]{{2}}){{4}}|[0-9]{{8}})"
"""The last eight digits of a telephone: pairs set apart in one way, or nothing between them."""
PHONE = rf"(?:\b0[1-9]|(?:\+|\b00)(?:33|262|590|594|596){SPACE}?(?:\(0\){SPACE}?)?[1-9]){PAIRS}\b"
NIR = (
    rf"\b[1-478]{SPACE}?[0-9]{{2}}{SPACE}?(?:0[1-9]|1[0-2]|[2-9][0-9]){SPACE}?(?:[0-9]{{2}}|2[AB]){SPACE}?"
    rf"[0-9]{{3}}{SPACE}?[0-9]{{3}}{SPACE}?[0-9]{{2}}\b"
)
"""Sex, year, month, département (2A and 2B too), commune, rank, key."""
SEPA = "AD|AT|BE|BG|CH|CY|CZ|DE|DK|EE|ES|FI|FR|GB|GI|GR|HR|HU|IE|IS|IT|LI|LT|LU|LV|MC|MT|NL|NO|PL|PT|RO|SE|SI|SK|SM|VA"
IBAN = rf"\b(?:(?:FR|MC)[0-9]{{2}}(?:{SPACE}[0-9A-Z]{{4}}){{5}}{SPACE}[0-9A-Z]{{3}}|(?:{SEPA})[0-9]{{2}}[0-9A-Z]{{11,30}})\b"
"""Of one piece, or in groups of four as banks print those of France and Monaco."""


def looks_personal(text: str) -> str:
    """Return the SQL condition, never null, under which a text expression seems to hold a person's address or number."""
    return (
        f"case when strlen({text}) < {SHORTEST_EMAIL} then false"
        f" when case when contains({text}, '@') then regexp_matches({text}, '{EMAIL}') end then true"
        f" when strlen({text}) < {SHORTEST_PHONE} then false"
        f" when regexp_matches({text}, '{PHONE}') then true"
        f" when strlen({text}) < {SHORTEST_NIR} then false"
        f" else coalesce({_any(text, NIR, NIR_KEY)} or {_any(text, IBAN, IBAN_KEY)}, false) end"
    )


NIR_KEY = "replace(replace(left(n, 13), '2A', '19'), '2B', '18')::bigint % 97 + right(n, 2)::bigint = 97"
IBAN_KEY = (
    "list_reduce(list_transform(string_split(substr(n, 5) || left(n, 4), ''), "
    "lambda c: strpos('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', c) - 1), "
    "lambda r, c: (r * case when c < 10 then 10 else 100 end + c) % 97) = 1"
)
"""A letter counts for two digits, from A = 10. The remainder is taken digit by digit: no integer is as long as an IBAN."""


def _any(text: str, pattern: str, key: str) -> str:
    """A condition: one at least of the numbers of this form in the text has the right key."""
    found = f"list_transform(regexp_extract_all(upper({text}), '{pattern}'), lambda n: regexp_replace(n, '{SPACE}', '', 'g'))"
    return f"len(list_filter({found}, lambda n: {key})) > 0"

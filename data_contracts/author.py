"""Who acts, when nobody is named."""

from __future__ import annotations

import getpass
import os

AUTHOR_VARIABLE = "PARC_AUTEUR"


def named_author() -> str:
    """Return `PARC_AUTEUR`, else nobody."""
    return os.environ.get(AUTHOR_VARIABLE, "").strip()


def default_author() -> str:
    """Return `PARC_AUTEUR`, else the user of the system, else nobody."""
    try:
        return named_author() or getpass.getuser()
    except (KeyError, OSError):
        return ""

"""Who acts, when nobody is named."""

from __future__ import annotations

import getpass
import os

AUTHOR_VARIABLE = "PARC_AUTEUR"


def default_author() -> str:
    """Return `PARC_AUTEUR`, else the user of the system, else nobody."""
    try:
        return os.environ.get(AUTHOR_VARIABLE, "").strip() or getpass.getuser()
    except (KeyError, OSError):
        return ""

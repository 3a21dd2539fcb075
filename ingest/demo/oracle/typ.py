"""The truth of the rules on convention types: one small function a rule, written from what the rule means."""

from __future__ import annotations

SANS_OBJET = ()
"""Rules that never fire on Ecoloweb: it does not hold what they look at."""

"""The token that SIAP expects with each call: who asks, under which clearance, signed with a shared secret (JWT, HS256)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass, field

from data_contracts.errors import BadInputError

KEY_VARIABLE = "PARC_SIAP_CLE"
USER_VARIABLE = "PARC_SIAP_UTILISATEUR"
CLEARANCE_VARIABLE = "PARC_SIAP_HABILITATION"
HEADER = "siap-Authorization"
LIFETIME = 300
"""Seconds that a token lasts."""


@dataclass(frozen=True)
class Caller:
    """Who asks. The secret shows in no message: `repr` leaves it out."""

    user: str
    clearance: int
    key: str = field(repr=False)

    @classmethod
    def from_environment(cls) -> Caller:
        """Return the caller that the environment names. Raises BadInputError naming the variables that are missing or wrong."""
        values = {name: os.environ.get(name, "").strip() for name in (KEY_VARIABLE, USER_VARIABLE, CLEARANCE_VARIABLE)}
        if missing := [name for name, value in values.items() if not value]:
            raise BadInputError(f"Pour interroger le SIAP, donner {', '.join(missing)} dans l'environnement.")
        if not values[CLEARANCE_VARIABLE].isdecimal():
            raise BadInputError(f"{CLEARANCE_VARIABLE} est le numéro d'une habilitation du SIAP, fait de chiffres.")
        return cls(values[USER_VARIABLE], int(values[CLEARANCE_VARIABLE]), values[KEY_VARIABLE])

    def header(self, now: float) -> dict[str, str]:
        """Return the header of one call, at `now` (seconds since 1970-01-01 UTC)."""
        return {HEADER: f"Bearer {self.token(int(now))}"}

    def token(self, issued: int) -> str:
        """Return a token of its own, valid from `issued` for five minutes."""
        claims = {
            "token_type": "access",
            "iat": issued,
            "exp": issued + LIFETIME,
            "jti": secrets.token_hex(16),
            "user-login": self.user,
            "habilitation-id": self.clearance,
        }
        signed = ".".join(_encoded(json.dumps(part).encode()) for part in ({"alg": "HS256", "typ": "JWT"}, claims))
        signature = hmac.new(self.key.encode(), signed.encode(), hashlib.sha256).digest()
        return f"{signed}.{_encoded(signature)}"


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()

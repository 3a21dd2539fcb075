"""The file of the provider of identities, `connexion.toml` in the home: the secrets that Streamlit signs readers in with.

[auth]
redirect_uri = "https://parc.example/oauth2callback"
cookie_secret = "…"
client_id = "…"
client_secret = "…"
server_metadata_url = "https://identites.example/.well-known/openid-configuration"
"""

from __future__ import annotations

import stat
import tomllib
from pathlib import Path

from data_contracts.errors import BadInputError

SECTION = "auth"
DEMANDES = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
SECRET_MIN = 32
"""Characters of the secret that signs the cookies: a shorter one is guessed."""


def verifier(path: Path) -> None:
    """Raise BadInputError at the first thing that keeps readers from signing in, or lets others read the secrets."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadInputError(f"{path} n'est pas un TOML lisible ({error}) : le corriger, puis recommencer.") from error
    given = content.get(SECTION, {})
    if missing := [name for name in DEMANDES if not given.get(name)]:
        raise BadInputError(f"{path}, section [{SECTION}] : il manque {', '.join(missing)} ; les écrire, puis recommencer.")
    if len(given["cookie_secret"]) < SECRET_MIN:
        raise BadInputError(f"{path} : cookie_secret a moins de {SECRET_MIN} caractères ; en tirer un au hasard, plus long.")
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise BadInputError(f"{path} tient des secrets que d'autres peuvent lire : « chmod 600 {path} », puis recommencer.")

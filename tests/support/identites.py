"""A provider of identities on a loopback port, which speaks OpenID Connect, and the files that make the application ask it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import oidc_provider_mock
import yaml
from oidc_provider_mock import User

from data_contracts.layout import Home

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

SANS_DROIT = "sacha.inconnu@ailleurs.example"
"""Someone whom the provider knows and the rights file does not name."""


@contextmanager
def provider(names: Sequence[str]) -> Iterator[str]:
    """Serve a provider that knows these addresses while the block runs, and give its own."""
    users = [User(sub=name, claims={"email": name, "email_verified": True}) for name in (*names, SANS_DROIT)]
    with oidc_provider_mock.run_server_in_thread(user_claims=users) as server:
        yield f"http://127.0.0.1:{server.server_port}"


def configure(home: Home, issuer: str, rights: Mapping[str, Mapping[str, object]]) -> None:
    """Write in a home the provider that its readers sign in with, and their rights."""
    home.sign_in.write_text(
        f"""[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "{secrets.token_hex(32)}"
client_id = "parc"
client_secret = "{secrets.token_hex(16)}"
server_metadata_url = "{issuer}/.well-known/openid-configuration"
""",
        encoding="utf-8",
    )
    home.sign_in.chmod(0o600)
    readers = [{"lecteur": name, **right} for name, right in rights.items()]
    home.access_rights.write_text(yaml.safe_dump({"lecteurs": readers}, allow_unicode=True), encoding="utf-8")


def answer_as(page: Page, name: str) -> None:
    """Answer the provider's form at once, as this person, whenever the page goes to sign in.

    The form asks a server elsewhere for its looks, so that the browser never shows it.
    """

    def answer(route: Route) -> None:
        asked = page.request.get(route.request.url, max_redirects=0).headers["location"]
        answered = page.request.post(asked, form={"sub": name}, max_redirects=0).headers["location"]
        route.fulfill(status=302, headers={"location": answered})

    page.route("**/auth/login**", answer)


def sign_in(page: Page, address: str, name: str) -> None:
    """Open the application and sign in as this person."""
    answer_as(page, name)
    page.goto(address)
    page.get_by_role("button", name="Se connecter").click()
    page.get_by_role("button", name="Se déconnecter").wait_for()

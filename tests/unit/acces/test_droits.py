"""The rights file and the file of the provider of identities: what they give, and what is refused with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data_contracts.acces import connexion, droits
from data_contracts.acces.perimetre import TOUT, Perimetre
from data_contracts.errors import BadInputError

if TYPE_CHECKING:
    from pathlib import Path

RIGHTS = """
lecteurs:
  - lecteur: Camille.Exemple@ddt.example
    departements: ["56", "2A", "56"]
  - lecteur: dominique.exemple@dhup.example
    departements: tous
    donnees_personnelles: true
"""
SIGN_IN = """[auth]
redirect_uri = "https://parc.example/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef"
client_id = "parc"
client_secret = "secret"
server_metadata_url = "https://identites.example/.well-known/openid-configuration"
"""


@pytest.fixture
def rights(tmp_path: Path) -> Path:
    return tmp_path / "acces.yml"


@pytest.fixture
def sign_in(tmp_path: Path) -> Path:
    path = tmp_path / "connexion.toml"
    path.write_text(SIGN_IN, encoding="utf-8")
    path.chmod(0o600)
    return path


def test_each_reader_sees_what_the_file_gives_them_whatever_the_case_of_their_address(rights: Path) -> None:
    rights.write_text(RIGHTS, encoding="utf-8")
    known = droits.lire(rights)
    assert known.de("camille.exemple@DDT.example") == Perimetre(("2A", "56"), donnees_personnelles=False)
    assert known.de("dominique.exemple@dhup.example") == TOUT


def test_who_the_file_does_not_name_sees_nothing(rights: Path) -> None:
    rights.write_text(RIGHTS, encoding="utf-8")
    assert droits.lire(rights).de("exemple@ddt.example") is None


@pytest.mark.parametrize(
    ("written", "line", "fault"),
    [
        ("lecteurs:\n  - lecteur: a@b.example\n    departements: [35]\n", 3, "« 35 » n'est pas un code de département"),
        ('lecteurs:\n  - lecteur: a@b.example\n    departements: ["99"]\n', 3, "« 99 » n'est pas un code de département"),
        ("lecteurs:\n  - lecteur: a@b.example\n    departements: []\n", 3, "écrire « tous »"),
        ("lecteurs:\n  - lecteur: a@b.example\n    departements: France\n", 3, "écrire « tous »"),
        ("lecteurs:\n  - lecteur: a@b.example\n", 2, "clé absente"),
        ("lecteurs:\n  - lecteur: a@b.example\n    departement: tous\n", 2, r"« lecteurs\.departements » : clé absente"),
        (RIGHTS + "  - lecteur: camille.exemple@ddt.example\n    departements: tous\n", 2, "est nommé deux fois"),
    ],
)
def test_a_fault_is_told_with_its_line(rights: Path, written: str, line: int, fault: str) -> None:
    rights.write_text(written, encoding="utf-8")
    with pytest.raises(BadInputError, match=rf"acces\.yml, ligne {line} : .*{fault}"):
        droits.lire(rights)


def test_a_whole_file_of_the_provider_is_taken(sign_in: Path) -> None:
    connexion.verifier(sign_in)


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ('client_secret = "secret"\n', "", "il manque client_secret"),
        ("[auth]", "[autre]", "il manque redirect_uri, cookie_secret"),
        ("0123456789abcdef0123456789abcdef", "court", "moins de 32 caractères"),
        ("[auth]", "[auth", "n'est pas un TOML lisible"),
    ],
)
def test_what_would_keep_readers_from_signing_in_is_told(sign_in: Path, before: str, after: str, fault: str) -> None:
    sign_in.write_text(SIGN_IN.replace(before, after), encoding="utf-8")
    with pytest.raises(BadInputError, match=fault):
        connexion.verifier(sign_in)


def test_secrets_that_others_may_read_are_refused(sign_in: Path) -> None:
    sign_in.chmod(0o640)
    with pytest.raises(BadInputError, match=r"« chmod 600 .*connexion\.toml »"):
        connexion.verifier(sign_in)

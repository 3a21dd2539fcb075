"""Made answers of SIAP, and a server on this machine that gives them as SIAP does, or misbehaves as a test asks. Names are made."""

from __future__ import annotations

import base64
import copy
import hashlib
import hmac
import json
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from ingest.siap.client import CLEARANCES, MERGERS, OPERATIONS

Answer = dict[str, Any]

KEY = "secret-de-test"
USER = "agent.invente"
CLEARANCE = 12
OPERATION: Answer = {
    "donneesMo": {
        "nom": "HABITAT INVENTE",
        "siren": "732829320",
        "email": None,
        "codeFamilleMO": "HLM",
        "adresseLigne4": "1 rue du Parc",
        "commune": {"code": "13055", "id": 1, "libelle": "Marseille", "regionId": 93},
    },
    "donneesLocalisation": {
        "region": {"codeInsee": "93", "libelle": None},
        "departement": {"codeInsee": "13", "libelle": None},
        "commune": {"codeInsee": "13210", "libelle": "Marseille - 10e arrondissement"},
        "adresse": "10 Rue inventée 13010 MARSEILLE",
        "adresseComplete": {"adresse": "10 Rue inventée", "codePostal": "13010", "commune": "Marseille"},
        "zonage123": "02",
        "zonageABC": "A",
    },
    "donneesOperation": {
        "numeroOperation": "20221200002",
        "nomOperation": "LES TILLEULS",
        "aides": [{"code": "PLUS", "libelle": "PLUS"}, {"code": "PLAI", "libelle": "PLAI"}],
        "sousNatureOperation": "CNE",
        "typeConstruction": "TC_I",
        "natureLogement": "LOO",
        "sansTravaux": False,
        "statutOperation": "ENGAGEE",
    },
    "detailsOperation": [
        {
            "aide": {"code": "PLUS", "libelle": "PLUS"},
            "logement": {"nbLogementsIndividuels": 10, "nbLogementsCollectifs": None},
            "detailsTypeLogement": [{"typeLogement": "T3", "nbLogements": 10, "surfaceHabitable": 650.5, "surfaceAnnexe": None}],
            "garages": [{"type": "Enterrés / Sous-sol", "nbGaragesIndividuels": 3, "nbGaragesCollectifs": None}],
            "loyers": [
                {
                    "type": "Individuel",
                    "loyerZone": 0.0,
                    "loyerBase": 6.55,
                    "loyerPratique": None,
                    "loyerGarages": [{"type": "Enterrés / Sous-sol", "loyer": 30}],
                }
            ],
        },
        {"aide": {"code": "PLAI", "libelle": "PLAI"}, "logement": {"nbLogementsIndividuels": 5, "nbLogementsCollectifs": None}},
    ],
    "plansFinancement": [
        {
            "codeAide": "PLUS",
            "fondsPropres": 100000,
            "prets": [{"type": "Prêt foncier", "montant": 250000.5}],
            "subventions": [{"type": "PLAI", "montant": 100}, {"type": "PLUS", "montant": 200}],
        }
    ],
    "gestionnaire": {
        "id": 7,
        "code": "13055",
        "libelle": "13055 - Métropole inventée",
        "email": "service@exemple.test",
        "utilisateurs": [{"email": "agent@exemple.test", "login": "agent"}],
    },
    "gestionnaireSecondaire": None,
}
"""An operation with two aids, as the interface describes it."""
CLEARANCE_ANSWER: Answer = {
    "habilitations": [
        {
            "id": CLEARANCE,
            "statut": "VALIDEE",
            "valide": True,
            "territComp": "DD013 - DDTM inventée",
            "groupe": {"id": 1, "codeRole": "INSTR", "profil": {"code": "SER_DEP", "libelle": "Service départemental"}},
            "utilisateur": {"nom": "DUPIN", "prenom": "Anatole", "email": "anatole.dupin@exemple.test"},
            "titre": "Anatole Dupin, directeur",
        },
        {"id": 99, "territComp": "France entière"},
    ]
}
MERGER: Answer = {"sirenAbsorbe": "552081317", "sirenAbsorbant": "732829320", "dateFinValidite": "2021-12-31"}


def operation(number: str = "20221200002", change: Callable[[Answer], None] = lambda _: None) -> Answer:
    """Return an operation of its own, changed by a function."""
    made = copy.deepcopy(OPERATION)
    made["donneesOperation"]["numeroOperation"] = number
    change(made)
    return made


def announced(made: Answer) -> Answer:
    """Return an operation as the list gives it."""
    data = made["donneesOperation"]
    return {
        "numeroOperation": data["numeroOperation"],
        "nomOperation": data["nomOperation"],
        "adresseComplete": made["donneesLocalisation"]["adresseComplete"],
        "aides": [aide["code"] for aide in data["aides"] or ()],
    }


def write_folder(folder: Path, **answers: Any) -> Path:  # noqa: ANN401 - whatever JSON holds
    """Write answers, one file each, named as the arguments."""
    folder.mkdir()
    for name, answer in answers.items():
        (folder / f"{name}.json").write_text(json.dumps(answer, ensure_ascii=False), encoding="utf-8")
    return folder


Fault = Callable[["Handler"], None]
"""Answers a request in place of what it asks for."""


class Server:
    """A SIAP that holds operations, and the faults that a test plants on some of its paths."""

    def __init__(self, operations: list[Answer], mergers: Any = ()) -> None:  # noqa: ANN401 - whatever JSON holds
        self.operations = {one["donneesOperation"]["numeroOperation"]: one for one in operations}
        self.mergers = mergers if mergers is None else list(mergers)
        self.announced: Any = [announced(one) for one in operations]
        self.faults: dict[str, deque[Fault]] = {}
        self.always: dict[str, Fault] = {}
        self.calls: Counter[str] = Counter()
        self.tokens: list[str] = []
        self.at_once = self.most_at_once = 0
        self.lock = threading.Lock()
        self.checks: Callable[[str, Any], None] = lambda _path, _answer: None
        self.address = ""

    def fails(self, path: str, *faults: Fault) -> None:
        """Make the next calls of a path fail, each in its way."""
        self.faults.setdefault(path, deque()).extend(faults)

    def answer(self, path: str) -> Any:  # noqa: ANN401 - whatever JSON holds
        """Return what a path gives, KeyError when it gives nothing."""
        fixed = {CLEARANCES: CLEARANCE_ANSWER, MERGERS: self.mergers, OPERATIONS: self.announced}
        return fixed[path] if path in fixed else self.operations[path.removeprefix(f"{OPERATIONS}/")]

    @contextmanager
    def running(self) -> Iterator[Server]:
        """Listen on a port of this machine while the block runs."""
        served = self

        class Bound(Handler):
            siap = served

        with ThreadingHTTPServer(("127.0.0.1", 0), Bound) as listener:
            listener.daemon_threads = True
            self.address = f"http://127.0.0.1:{listener.server_address[1]}"
            thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.01})
            thread.start()
            try:
                yield self
            finally:
                listener.shutdown()
                thread.join()


class Handler(BaseHTTPRequestHandler):
    """Answers one connection."""

    siap: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer, and count the calls under way."""
        with self.siap.lock:
            self.siap.at_once += 1
            self.siap.most_at_once = max(self.siap.most_at_once, self.siap.at_once)
        try:
            self.answer()
        finally:
            with self.siap.lock:
                self.siap.at_once -= 1

    def answer(self) -> None:
        """Check the token, then answer, or fail as planted."""
        self.siap.calls[self.path] += 1
        token = self.headers.get("siap-Authorization", "").removeprefix("Bearer ")
        self.siap.tokens.append(token)
        planted = self.siap.faults.get(self.path)
        if fault := (planted.popleft() if planted else self.siap.always.get(self.path)):
            fault(self)
        elif not is_signed(token, KEY):
            self.send(401, {"message": "Unauthorized"})
        else:
            try:
                answer = self.siap.answer(self.path)
            except KeyError:
                self.send(404, {"message": "Not Found"})
            else:
                self.siap.checks(self.path, answer)
                self.send(200, answer)

    def send(self, status: int, answer: Any, headers: Mapping[str, str] | None = None) -> None:  # noqa: ANN401 - JSON
        """Send an answer."""
        self.send_text(status, json.dumps(answer, ensure_ascii=False).encode(), headers)

    def send_text(self, status: int, content: bytes, headers: Mapping[str, str] | None = None) -> None:
        """Send an answer that may not be JSON."""
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(content)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing: a test reads what the client says."""


def status(code: int, **headers: str) -> Fault:
    """Answer with a status of error."""
    return lambda handler: handler.send(code, {"message": "made"}, headers)


def text(content: bytes) -> Fault:
    """Answer with a text of its own."""
    return lambda handler: handler.send_text(200, content)


def cut(handler: Handler) -> None:
    """Announce more than is sent, and close the connection."""
    handler.send_text(200, b'{"donneesOperation": ', {"Content-Length": "5000"})
    handler.close_connection = True


def endless(handler: Handler) -> None:
    """Send spaces for as long as somebody reads them."""
    handler.send_response(200)
    handler.end_headers()
    handler.close_connection = True
    with suppress(OSError):
        while True:
            handler.wfile.write(b" ")


def silent(release: threading.Event) -> Fault:
    """Wait until the test is over, or releases it."""
    return lambda _handler: release.wait(30) and None


def is_signed(token: str, key: str) -> bool:
    """Return whether a JWT is signed HS256 with a key: the reference."""
    content, _, signature = token.rpartition(".")
    expected = hmac.new(key.encode(), content.encode(), hashlib.sha256).digest()
    return bool(content) and base64.urlsafe_b64encode(expected).rstrip(b"=").decode() == signature


def claims(token: str) -> tuple[Answer, Answer]:
    """Return the header and the claims of a JWT."""
    parts = [json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))) for part in token.split(".")[:2]]
    return parts[0], parts[1]

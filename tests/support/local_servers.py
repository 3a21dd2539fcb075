"""Real servers on ports of 127.0.0.1, which keep what they receive: one takes posts, one takes mail."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SMTP_OK = {"EHLO": b"250 essai", "MAIL": b"250 ok", "RCPT": b"250 ok", "RSET": b"250 ok", "QUIT": b"221 bye"}


@dataclass
class Posts:
    """A server of webhooks. It answers `statuses` in turn, then the last of them for ever."""

    statuses: list[int]
    port: int = 0
    received: list[dict[str, Any]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/crochet/jeton-secret"


@dataclass
class Mails:
    """A server of mail, without encryption nor password."""

    port: int = 0
    received: list[EmailMessage] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"


@contextmanager
def posts(*statuses: int, silent: threading.Event | None = None) -> Iterator[Posts]:
    """Serve webhooks; `silent` keeps every caller waiting until it is set."""
    kept = Posts(list(statuses) or [204])

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if silent:
                silent.wait()
                return
            kept.received.append(json.loads(body))
            self.send_response(kept.statuses[min(len(kept.received), len(kept.statuses)) - 1])
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server, _served(server):
        kept.port = server.server_address[1]
        yield kept
        if silent:
            silent.set()


@contextmanager
def mails() -> Iterator[Mails]:
    """Serve mail, with as much of SMTP as a message needs."""
    kept = Mails()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 essai\r\n")
            for line in self.rfile:
                verb = line[:4].decode().upper()
                if verb == "DATA":
                    self.wfile.write(b"354 go\r\n")
                    text = b"".join(iter(self.rfile.readline, b".\r\n"))
                    kept.received.append(message_from_bytes(text, policy=policy.default))
                self.wfile.write(SMTP_OK.get(verb, b"250 ok" if verb == "DATA" else b"502 unknown") + b"\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server, _served(server):
        kept.port = server.server_address[1]
        yield kept


@contextmanager
def _served(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()

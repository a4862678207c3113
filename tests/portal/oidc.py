"""A small OpenID provider on this machine: real tokens, signed with a real key, over real HTTP."""

from __future__ import annotations

import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET = "portal", "kept between the two"


class Provider:
    """Says who the person before it is; ``person`` is what it knows of him."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.person: dict[str, Any] = {}
        self.refuses = False
        self.asked: list[dict[str, str]] = []
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider.answer(self, urlsplit(self.path))

            def do_POST(self) -> None:
                size = int(self.headers["Content-Length"])
                provider.answer(self, urlsplit(self.path), self.rfile.read(size).decode())

            def log_message(self, *arguments: Any) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def answer(self, handler: BaseHTTPRequestHandler, asked: Any, body: str = "") -> None:
        """One of its five addresses."""
        if asked.path == "/authorize":
            handler.send_response(302)
            handler.send_header("Location", self.way_back(dict(_single(asked.query))))
            handler.end_headers()
            return
        says = {
            "/.well-known/openid-configuration": self.describe,
            "/keys": self.keys,
            "/token": lambda: self.tokens(dict(_single(body))),
            "/userinfo": lambda: self.person,
        }
        data = json.dumps(says[asked.path]()).encode()
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    def describe(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> dict[str, Any]:
        public = RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [{**public, "kid": "one", "use": "sig", "alg": "RS256"}]}

    def way_back(self, asked: dict[str, str]) -> str:
        """The person's browser is sent back with a code, or with the news that he refused."""
        self.asked.append(asked)
        answer = {"error": "access_denied"} if self.refuses else {"code": "one-time"}
        return f"{asked['redirect_uri']}?{urlencode({**answer, 'state': asked['state']})}"

    def tokens(self, asked: dict[str, str]) -> dict[str, Any]:
        self.asked.append(asked)
        now = int(time.time())
        claims = {**self.person, "iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 60}
        return {
            "access_token": "for userinfo",
            "token_type": "Bearer",
            "id_token": jwt.encode(claims, self.key, "RS256", headers={"kid": "one"}),
        }


def _single(query: str) -> list[tuple[str, str]]:
    return [(name, values[0]) for name, values in parse_qs(query).items()]

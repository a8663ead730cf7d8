"""An OpenID Connect provider on a loopback port: real HTTP, keys and signatures; it can be told to misbehave."""

import base64
import hashlib
import json
import secrets
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from jobsphere.users.rules import credential_now

CLIENT_ID = "jobsphere-at-the-provider"
CLIENT_SECRET = "kept between the two"


@dataclass
class Visitor:
    """Who signs in at the provider."""

    sub: str = "1077"
    email: str = "casey@example.com"
    email_verified: Any = True
    name: str = "Casey Customer"


@dataclass
class Provider:
    """The provider: `consent()` is the person who signs in there and says yes."""

    visitor: Visitor = field(default_factory=Visitor)
    #: Changes of the next id tokens; None removes a claim.
    lies: dict[str, Any] = field(default_factory=dict)
    sign_with: Any = None
    algorithm: str = "RS256"
    key_name: str = "key-1"
    asked: list[str] = field(default_factory=list)
    down: bool = False

    def __post_init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.codes: dict[str, dict[str, str]] = {}
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer(*provider.get(self.path))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                form = {name: values[0] for name, values in parse_qs(body).items()}
                self._answer(*provider.exchange(form))

            def _answer(self, status: int, body: Any) -> None:
                content = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stop listening."""
        self.server.shutdown()
        self.server.server_close()

    def get(self, path: str) -> tuple[int, Any]:
        """Answer with the provider's addresses or keys."""
        self.asked.append(path)
        if self.down:
            return 503, {}
        if path == "/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
            return 200, {"keys": [{**public, "kid": self.key_name, "use": "sig", "alg": "RS256"}]}
        return 200, {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }

    def consent(self, authorization_url: str) -> dict[str, str]:
        """Say yes; returns what the provider appends to the redirect address."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(authorization_url).query).items()}
        assert query["client_id"] == CLIENT_ID
        assert (query["response_type"], query["code_challenge_method"]) == ("code", "S256")
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        return {"state": query["state"], "code": code}

    def exchange(self, form: dict[str, str]) -> tuple[int, Any]:
        """Answer a code with an id token, once, for whoever has the secret, the verifier and the same address."""
        query = self.codes.pop(form.get("code", ""), None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=")
        fits = (
            query is not None
            and form["client_secret"] == CLIENT_SECRET
            and challenge.decode() == query["code_challenge"]
            and form["redirect_uri"] == query["redirect_uri"]
        )
        if not fits or query is None:
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "unused", "id_token": self.id_token(query["nonce"])}

    def id_token(self, nonce: str) -> str:
        """Return the signed statement about the visitor, with the lies that were asked for."""
        now = int(credential_now().timestamp())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 300,
            "nonce": nonce,
            **vars(self.visitor),
            **self.lies,
        }
        present = {name: value for name, value in claims.items() if value is not None}
        key = self.sign_with if self.sign_with is not None else self.key
        return jwt.encode(present, key, algorithm=self.algorithm, headers={"kid": self.key_name})

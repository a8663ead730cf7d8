"""A person at the keyboard: signs up, signs in, and sends requests. Knows nothing of the server but its API."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx


class StoryError(RuntimeError):
    """The server answered something that the story does not expect."""


@dataclass
class Person:
    """One of the story's people with their own session."""

    name: str
    base_url: str
    token: str = ""
    id: str = ""
    http: httpx.Client = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.http = httpx.Client(base_url=self.base_url, timeout=30, follow_redirects=False)

    def register(self, email: str, password: str, role: str) -> None:
        """Make a login with one role and sign in."""
        self.post("/api/auth/register/", {"name": self.name, "email": email, "password": password, "role": role})
        self.sign_in(email, password)

    def sign_in(self, email: str, password: str) -> None:
        """Get an access token."""
        answer = self.post("/api/auth/login/", {"email": email, "password": password})
        self.token = answer["access_token"]
        self.id = self.get("/api/auth/me/")["id"]

    def get(self, path: str) -> Any:
        """Read."""
        return self.send("GET", path)

    def post(self, path: str, body: dict[str, Any] | None = None, *, expect: int | None = None) -> Any:
        """Do something; every request carries a key of its own, so a repeated one would be harmless."""
        return self.send("POST", path, body or {}, expect=expect)

    def put(self, path: str, body: dict[str, Any]) -> Any:
        """Replace something."""
        return self.send("PUT", path, body)

    def send(self, method: str, path: str, body: Any = None, *, expect: int | None = None) -> Any:
        """Send a request and return its JSON; raises StoryError with the server's own words otherwise."""
        headers = {"Idempotency-Key": str(uuid4())} if method == "POST" else {}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        answer = self.http.request(method, path, json=body, headers=headers)
        fine = answer.status_code == expect if expect else answer.is_success
        if not fine:
            raise StoryError(f"{self.name}: {method} {path} answered {answer.status_code}: {answer.text[:800]}")
        return answer.json() if answer.content else None

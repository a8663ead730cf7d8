"""The bearer access token on a request."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from jobsphere.users import selectors
from jobsphere.users.types import SignedIn
from jobsphere.watch.context import person


class BearerAuthentication(BaseAuthentication):
    """`Authorization: Bearer <access token>`, checked against the living session in one query."""

    def authenticate(self, request: Request) -> tuple[SignedIn, SignedIn] | None:
        """Return who signed in; None without a bearer token; raises TokenInvalid (401) for a dead one."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        identity = selectors.signed_in(token.strip())
        person(identity.actor.id)
        return identity, identity

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class BearerScheme(OpenApiAuthenticationExtension):
    """Describes the bearer token in the OpenAPI document."""

    target_class = BearerAuthentication
    name = "bearer"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}

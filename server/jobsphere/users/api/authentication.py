"""The bearer access token on a request."""

from typing import Any

from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request


class BearerAuthentication(BaseAuthentication):
    """Placeholder until the token services stand: nobody is signed in."""

    def authenticate(self, request: Request) -> Any:
        return None

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"

"""OpenID Connect, the authorization code flow with PKCE: what we ask a provider, and what we believe of its answer.

State, nonce and the PKCE verifier follow from the ticket that the asker holds and a key of ours, so they are bound to
the browser that began and rest nowhere. Never called inside a transaction: providers may be slow.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import httpx
import jwt
from django.conf import settings
from django.core.cache import cache

from jobsphere.db.transactions import refuse_transaction
from jobsphere.kit.errors import NotFound, Unavailable
from jobsphere.users.errors import SocialRefused
from jobsphere.users.tokens import derived_secret
from jobsphere.users.types import SocialIdentity

#: Signatures that we take; never "none", and never one with a shared secret.
ALGORITHMS = ["RS256", "ES256"]
#: Seconds that the provider's clock may be off.
LEEWAY = 30
TIMEOUT = 10
#: A provider's addresses and keys are asked for again after so many seconds, and when a key is unknown.
KEPT = 3600


@dataclass(frozen=True, slots=True)
class Provider:
    """Somebody who can vouch for people."""

    name: str
    title: str
    client_id: str
    client_secret: str
    issuer: str
    token_endpoint: str = ""


def providers() -> list[Provider]:
    """Return those that the operator has set up."""
    return [Provider(name, **options) for name, options in settings.SOCIAL_PROVIDERS.items() if options["client_id"]]


def provider_named(name: str) -> Provider:
    """Return a provider; raises NotFound for one that is not set up."""
    for each in providers():
        if each.name == name:
            return each
    raise NotFound("There is no such way to sign in here.")


def authorization_url(provider: Provider, *, ticket: str, redirect_uri: str) -> str:
    """Return where to send the browser; raises Unavailable when the provider does not answer."""
    query = {
        "client_id": provider.client_id,
        "redirect_uri": redirect_uri,
        "response_type": "code",
        "scope": "openid email profile" if provider.name != "facebook" else "openid email public_profile",
        "state": _state(ticket),
        "nonce": _nonce(ticket),
        "code_challenge": _challenge(ticket),
        "code_challenge_method": "S256",
    }
    return f"{_configuration(provider)['authorization_endpoint']}?{urlencode(query)}"


def is_our_state(ticket: str, state: str) -> bool:
    """Say whether the browser that came back is the one that was sent."""
    return hmac.compare_digest(_state(ticket).encode(), state.encode())


def identity(provider: Provider, *, ticket: str, code: str, redirect_uri: str) -> SocialIdentity:
    """Exchange the code and return who came; raises SocialRefused, or Unavailable when the provider does not answer."""
    refuse_transaction()
    configuration = _configuration(provider)
    claims = _claims(provider, configuration, _id_token(provider, configuration, ticket, code, redirect_uri), ticket)
    return SocialIdentity(
        provider=provider.name,
        subject=str(claims["sub"])[:255],
        email=str(claims.get("email") or "").strip().lower()[:254],
        email_verified=claims.get("email_verified") in (True, "true"),
        name=str(claims.get("name") or "")[:120],
    )


def _id_token(provider: Provider, configuration: dict[str, Any], ticket: str, code: str, redirect_uri: str) -> str:
    body = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_uri,
        "client_id": provider.client_id,
        "client_secret": provider.client_secret,
        "code_verifier": _verifier(ticket),
    }
    answer = _send("POST", provider.token_endpoint or configuration["token_endpoint"], data=body)
    if answer.status_code >= 500:
        raise Unavailable(f"{provider.title} does not answer. Please try again.")
    token = _json(answer).get("id_token") if answer.status_code == 200 else None
    if not isinstance(token, str):
        raise SocialRefused(f"{provider.title} did not confirm this sign-in. Begin again.")
    return token


def _claims(provider: Provider, configuration: dict[str, Any], token: str, ticket: str) -> dict[str, Any]:
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            _key(provider, configuration, token),
            algorithms=ALGORITHMS,
            audience=provider.client_id,
            issuer=configuration["issuer"],
            leeway=LEEWAY,
            options={"require": ["sub", "aud", "iss", "exp", "iat", "nonce"]},
        )
    except jwt.PyJWTError as error:
        raise SocialRefused(f"What {provider.title} sent does not hold. Begin again.") from error
    if not hmac.compare_digest(str(claims["nonce"]).encode(), _nonce(ticket).encode()):
        raise SocialRefused("This answer belongs to another sign-in. Begin again.")
    if claims.get("azp", provider.client_id) != provider.client_id:
        raise SocialRefused("This answer was made for somebody else. Begin again.")
    return claims


def _key(provider: Provider, configuration: dict[str, Any], token: str) -> jwt.PyJWK:
    """Return the key that the token names, asking for the provider's keys again when it is new to us."""
    name = jwt.get_unverified_header(token).get("kid")
    for fresh in (False, True):
        keys = _kept(provider, configuration["jwks_uri"], fresh=fresh)
        for each in keys.get("keys", []):
            if each.get("kid") == name and each.get("kty") in ("RSA", "EC"):
                return jwt.PyJWK(each)
    raise jwt.InvalidKeyError("the token names a key that the provider does not have")


def _configuration(provider: Provider) -> dict[str, Any]:
    found = _kept(provider, f"{provider.issuer}/.well-known/openid-configuration")
    if str(found.get("issuer", "")).rstrip("/") != provider.issuer.rstrip("/"):
        raise Unavailable(f"{provider.title} is not set up as we know it. Tell the operator.")
    return found


def _kept(provider: Provider, address: str, *, fresh: bool = False) -> dict[str, Any]:
    key = f"oidc:{hashlib.sha256(address.encode()).hexdigest()}"
    found: dict[str, Any] | None = None if fresh else cache.get(key)
    if found is None:
        answer = _send("GET", address)
        if answer.status_code != 200:
            raise Unavailable(f"{provider.title} does not answer. Please try again.")
        found = _json(answer)
        cache.set(key, found, KEPT)
    return found


def _send(method: str, address: str, **body: Any) -> httpx.Response:
    refuse_transaction()
    try:
        return httpx.request(method, address, timeout=TIMEOUT, headers={"Accept": "application/json"}, **body)
    except httpx.HTTPError as error:
        raise Unavailable("The other site does not answer. Please try again.") from error


def _json(answer: httpx.Response) -> dict[str, Any]:
    try:
        found = answer.json()
    except ValueError as error:
        raise Unavailable("The other site answered nonsense. Please try again.") from error
    return found if isinstance(found, dict) else {}


def _state(ticket: str) -> str:
    return derived_secret(ticket, "oidc-state")


def _nonce(ticket: str) -> str:
    return derived_secret(ticket, "oidc-nonce")


def _verifier(ticket: str) -> str:
    return derived_secret(ticket, "oidc-verifier")


def _challenge(ticket: str) -> str:
    digest = hashlib.sha256(_verifier(ticket).encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

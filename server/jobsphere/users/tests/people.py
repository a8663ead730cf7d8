"""What the tests of sign-in share: clients with the manners of a browser or a phone, an authenticator, passkeys."""

import hashlib
import json
from datetime import timedelta
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.core import mail
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)
from rest_framework.test import APIClient

from jobsphere.users import totp
from jobsphere.users.models import AttemptCounter, Authenticator, OneTimeCode, Session, SignInStep
from jobsphere.users.rules import credential_now
from tests.cast import PASSWORD

CASEY = {"email": "casey@example.com", "password": PASSWORD}


def phone(address: str = "127.0.0.1", **extra: Any) -> APIClient:
    """A client that keeps its tokens itself."""
    return APIClient(REMOTE_ADDR=address, HTTP_USER_AGENT="Phone", **extra)


def browser(address: str = "127.0.0.1") -> APIClient:
    """A client that behaves as a browser does on a page of ours."""
    return APIClient(
        REMOTE_ADDR=address,
        HTTP_USER_AGENT="Firefox on a laptop",
        HTTP_ORIGIN=settings.PUBLIC_URL,
        HTTP_SEC_FETCH_SITE="same-origin",
        HTTP_X_CLIENT="web",
    )


def post(client: APIClient, path: str, body: Any = None, **extra: Any) -> Any:
    """Send JSON to a path below /api/auth/."""
    return client.post(f"/api/auth/{path}/", body or {}, format="json", **extra)


def signs_in(client: APIClient, **changes: str) -> dict[str, Any]:
    """Sign in and keep the access token on the client; returns the answer."""
    answer = post(client, "login", {**CASEY, **changes})
    assert answer.status_code == 200, answer.json()
    body: dict[str, Any] = answer.json()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {body['access_token']}")
    if "device_token" in body:
        client.defaults["HTTP_X_DEVICE_TOKEN"] = body["device_token"]
    return body


def later(**by: int) -> None:
    """Let time pass: credentials obey the machine's clock, so what they are measured by is aged instead."""
    columns = {
        OneTimeCode: ("created_at", "expires_at"),
        SignInStep: ("expires_at",),
        AttemptCounter: ("began_at",),
        Session: ("rotated_at", "authenticated_at"),
    }
    for table, names in columns.items():
        for row in table.objects.all():  # type: ignore[attr-defined]
            aged = {name: getattr(row, name) and getattr(row, name) - timedelta(**by) for name in names}
            table.objects.filter(pk=row.pk).update(**aged)  # type: ignore[attr-defined]


def code_in_last_letter() -> str:
    """Return the six digits of the newest letter."""
    return next(word for word in str(mail.outbox[-1].body).split() if word.isdigit() and len(word) == 6)


def token_in_last_letter() -> str:
    """Return what stands behind the # of the newest letter's link."""
    return str(mail.outbox[-1].body).split("#token=")[1].split()[0]


def wrong(code: str) -> str:
    """Return other digits."""
    return f"{(int(code) + 1) % 1_000_000:06}"


def digits(secret: str, *, shift: int = 0) -> str:
    """Return what the app shows, so many half minutes from now."""
    return totp.code_at(secret, totp.step_at(credential_now()) + shift)


def sets_up_totp(client: APIClient) -> tuple[str, list[str]]:
    """Set an authenticator app up; returns its secret and the recovery codes. Its present digits can be used again."""
    secret = post(client, "mfa/totp").json()["secret"]
    confirmed = post(client, "mfa/totp/confirm", {"code": digits(secret)})
    assert confirmed.status_code == 200, confirmed.json()
    Authenticator.objects.update(last_step=0)
    return secret, confirmed.json()["recovery_codes"]


class SoftwareKey:
    """An authenticator in software: makes real credentials and real signatures, and can be told to misbehave."""

    def __init__(self, *, origin: str = "", user_verified: bool = True) -> None:
        self.origin = origin or settings.PUBLIC_URL
        self.user_verified = user_verified
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential_id = hashlib.sha256(str(id(self.key)).encode()).digest()
        self.counter = 0

    def makes(self, options: dict[str, Any]) -> dict[str, Any]:
        """Answer `navigator.credentials.create`."""
        credential = AttestedCredentialData.create(
            Aaguid.NONE, self.credential_id, ES256.from_cryptography_key(self.key.public_key())
        )
        attestation = AttestationObject.create("none", self._data(options["rp"]["id"], credential), {})
        return self._answer(
            self._client_data(CollectedClientData.TYPE.CREATE, options["challenge"]),
            attestationObject=websafe_encode(bytes(attestation)),
        )

    def signs(self, options: dict[str, Any], *, challenge: str = "") -> dict[str, Any]:
        """Answer `navigator.credentials.get`."""
        self.counter += 1
        client_data = self._client_data(CollectedClientData.TYPE.GET, challenge or options["challenge"])
        data = self._data(options["rpId"])
        signature = self.key.sign(bytes(data) + hashlib.sha256(client_data).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            client_data, authenticatorData=websafe_encode(bytes(data)), signature=websafe_encode(signature)
        )

    def _data(self, rp_id: str, credential: AttestedCredentialData | None = None) -> AuthenticatorData:
        flags = AuthenticatorData.FLAG.UP
        if self.user_verified:
            flags |= AuthenticatorData.FLAG.UV
        if credential:
            flags |= AuthenticatorData.FLAG.AT
        rp_hash = hashlib.sha256(rp_id.encode()).digest()
        return AuthenticatorData.create(rp_hash, flags, self.counter, credential or b"")

    def _client_data(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": str(kind), "challenge": challenge, "origin": self.origin}).encode()

    def _answer(self, client_data: bytes, **response: str) -> dict[str, Any]:
        name = websafe_encode(self.credential_id)
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "response": {"clientDataJSON": websafe_encode(client_data), **response},
            "clientExtensionResults": {},
        }


def adds_passkey(client: APIClient, key: SoftwareKey, name: str = "Laptop") -> Any:
    """Register a key; returns the answer."""
    begun = post(client, "mfa/passkeys/options").json()
    body = {"ticket": begun["ticket"], "name": name, "credential": key.makes(begun["options"])}
    return post(client, "mfa/passkeys", body)

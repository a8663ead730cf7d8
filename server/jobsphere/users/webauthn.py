"""Passkeys: what we say to an authenticator, and what we believe of the answer (python-fido2 does the checks)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)


class PasskeyRefused(Exception):
    """The answer of the authenticator does not hold."""


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """What is kept of a credential that was made for us."""

    credential_id: str
    credential: str
    sign_count: int
    synced: bool


@dataclass(frozen=True, slots=True)
class Signature:
    """What a valid answer says beside "it is I"."""

    sign_count: int
    #: The person unlocked the authenticator (finger, face, PIN), so it counts as two factors.
    user_verified: bool


def begin_registration(
    *, user_id: UUID, email: str, name: str, existing: Sequence[str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what the browser needs to make a credential, and what we must remember for the answer."""
    person = PublicKeyCredentialUserEntity(id=user_id.bytes, name=email, display_name=name)
    options, state = _server().register_begin(
        person,
        [_attested(each) for each in existing],
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return _plain(options), dict(state)


def finish_registration(state: dict[str, Any], response: dict[str, Any]) -> NewPasskey:
    """Return the credential that was made; raises PasskeyRefused for another challenge, origin or a broken answer."""
    try:
        data = _server().register_complete(state, response)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise PasskeyRefused(str(error)) from error
    if data.credential_data is None:
        raise PasskeyRefused("no credential came with the answer")
    return NewPasskey(
        credential_id=websafe_encode(data.credential_data.credential_id),
        credential=websafe_encode(data.credential_data),
        sign_count=data.counter,
        synced=bool(data.flags & AuthenticatorData.FLAG.BE),
    )


def begin_authentication(
    existing: Sequence[str] | None, *, user_verified: bool
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what the browser needs to find and use a credential; None lets the person choose one of theirs."""
    wish = UserVerificationRequirement.REQUIRED if user_verified else UserVerificationRequirement.PREFERRED
    credentials = None if existing is None else [_attested(each) for each in existing]
    options, state = _server().authenticate_begin(credentials, user_verification=wish)
    return _plain(options), dict(state)


def credential_id_of(response: dict[str, Any]) -> str:
    """Return which credential an answer is from; raises PasskeyRefused when it is none."""
    try:
        return websafe_encode(AuthenticationResponse.from_dict(response).raw_id)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise PasskeyRefused(str(error)) from error


def check_authentication(state: dict[str, Any], credential: str, response: dict[str, Any]) -> Signature:
    """Check the answer's challenge, origin and signature; raises PasskeyRefused."""
    try:
        _server().authenticate_complete(state, [_attested(credential)], response)
        data = AuthenticationResponse.from_dict(response).response.authenticator_data
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise PasskeyRefused(str(error)) from error
    return Signature(sign_count=data.counter, user_verified=data.is_user_verified())


def _server() -> Fido2Server:
    parts = urlsplit(settings.PUBLIC_URL)
    origins = {f"{parts.scheme}://{parts.netloc}", *settings.WEBAUTHN_ORIGINS}
    party = PublicKeyCredentialRpEntity(id=parts.hostname or "", name="JobSphere")
    return Fido2Server(party, verify_origin=lambda origin: origin in origins)


def _attested(credential: str) -> AttestedCredentialData:
    return AttestedCredentialData(websafe_decode(credential))


def _plain(options: Any) -> dict[str, Any]:
    return {name: value for name, value in dict(options.public_key).items() if value is not None}
